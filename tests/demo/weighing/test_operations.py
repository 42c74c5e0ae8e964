import pytest

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


def test_findings_are_of_every_kind_and_scope(told):
    kinds = set(Finding.objects.values_list("kind", flat=True))
    assert {"STRENGTH", "GOOD_PRACTICE", "DEVELOPMENT"} <= kinds
    assert {"ACADEMY", "TEAM", "INDIVIDUAL"} <= set(Finding.objects.values_list("scope", flat=True))
    assert Finding.objects.filter(theme=None).count() == 0
