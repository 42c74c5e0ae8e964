import pytest

from trigpoint.insight.models import Standing
from trigpoint.judgements.models import Citation, Claim, Finding, Judgement

pytestmark = pytest.mark.django_db


def test_claims_are_agreed_and_open_with_answers_given_and_missing(told):
    assert {"OPEN", "AGREED"} <= set(Claim.objects.values_list("status", flat=True))
    against = Citation.objects.filter(stance=Citation.Stance.CONTRADICTS)
    assert against.exclude(answer="").exists()
    assert against.filter(answer="").exists()


def test_judgements_move_and_are_of_every_perspective(told):
    assert set(Judgement.objects.values_list("perspective", flat=True)) == {
        *Judgement.Perspective.values
    }
    place = told.cast.places[1]
    ranks = Judgement.objects.filter(academy=place.academy, standard=None, perspective="TRUST")
    assert len(set(ranks.values_list("level__rank", flat=True))) > 1
    assert len(set(Judgement.objects.values_list("strength", flat=True))) > 1


def test_levels_stand_where_the_review_is_over_and_wait_where_it_is_not(told):
    standing = Judgement.objects.standing()
    waiting = Judgement.objects.filter(stands_from__isnull=True)

    assert set(standing.values_list("review__status", flat=True)) == {"CLOSED"}
    assert set(waiting.values_list("review__status", flat=True)) == {"CORROBORATING", "REPORTING"}
    assert standing.filter(review__kind="SELF").exists()
    assert not standing.filter(stands_from__gt=told.today).exists()
    cells = Standing.objects.filter(trust=told.cast.trust)
    assert cells.filter(latest__isnull=False, previous__isnull=False).exists()
    assert not cells.filter(latest__stands_from__isnull=True, latest__isnull=False).exists()


def test_findings_are_of_every_kind_and_scope(told):
    kinds = set(Finding.objects.values_list("kind", flat=True))
    assert {"STRENGTH", "GOOD_PRACTICE", "DEVELOPMENT"} <= kinds
    assert {"ACADEMY", "TEAM", "INDIVIDUAL"} <= set(Finding.objects.values_list("scope", flat=True))
    assert Finding.objects.filter(theme=None).count() == 0
