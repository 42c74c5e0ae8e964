import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests.factories import (
    AreaFactory,
    CitationFactory,
    ClaimFactory,
    EarlierVersionFactory,
    JudgementFactory,
    LevelFactory,
    ReviewFactory,
    ScaleFactory,
    StandardFactory,
    person,
)
from trigpoint.judgements.levels import operations
from trigpoint.judgements.levels.operations import JudgementsStand
from trigpoint.judgements.models import Judgement
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 11, 13)


@pytest.fixture
def review():
    return ReviewFactory.create(status=Review.Status.CORROBORATING)


@pytest.fixture
def lead(review):
    return person(Role.QA_LEAD, at=review.trust)


@pytest.fixture
def standard(review):
    return StandardFactory.create(area__version=review.policy_version)


@pytest.fixture
def level(review):
    return LevelFactory.create(scale__version=review.policy_version)


def judge(review, standard, level, by, *, area=None, whole_area=False):
    return operations.judge(
        review=review,
        area=area or standard.area,
        standard=None if whole_area else standard,
        level=level,
        rationale="Most catch up.",
        by=by,
        on=TODAY,
    )


def test_judge_weighs_the_agreed_claims_only(review, lead, standard, level):
    claims = [
        ClaimFactory.create(review=review, standard=standard, agreed=agreed)
        for agreed in (True, True, False)
    ]
    shared = CitationFactory.create(claim=claims[0])
    CitationFactory.create(claim=claims[1], record=shared.record)
    CitationFactory.create(claim=claims[2])

    made = judge(review, standard, level, lead)

    assert made.strength == "THIN"
    assert (made.strength_facts["records"], made.strength_facts["claims"]) == (1, 2)
    assert (made.perspective, made.made_by, made.made_on) == ("TRUST", lead.person, TODAY)
    assert made.valid_until == dt.date(2026, 11, 13)
    assert made.stands_from is None


def test_judge_an_area_rests_on_the_claims_of_all_its_standards(review, lead, standard, level):
    other = StandardFactory.create(area=standard.area)
    for one in (standard, other):
        claim = ClaimFactory.create(review=review, standard=one, agreed=True)
        CitationFactory.create(claim=claim)

    made = judge(review, standard, level, lead, whole_area=True)

    assert made.standard is None
    assert made.strength_facts["records"] == 2


def test_judge_again_in_the_same_review_replaces_the_level(review, lead, standard, level):
    ClaimFactory.create(review=review, standard=standard, agreed=True)
    better = LevelFactory.create(scale=level.scale, rank=2)

    first = judge(review, standard, level, lead)
    second = judge(review, standard, better, lead)

    assert (second.pk, second.level) == (first.pk, better)
    assert second.stands_from is None
    entry = HistoryEntry.objects.get(subject_id=first.pk, verb="judged again")
    assert entry.detail["before"] == level.label


def test_stand_for_lets_what_waits_stand_and_leaves_the_rest(review, lead, hear):
    heard = hear(JudgementsStand)
    waiting = JudgementFactory.create(review=review, made_on=TODAY, provisional=True)
    stood = JudgementFactory.create(review=review, level=waiting.level, made_on=TODAY)
    elsewhere = JudgementFactory.create(provisional=True)
    later = TODAY + dt.timedelta(days=20)

    operations.stand_for(review=review, by=lead, on=later)

    for judgement in (waiting, stood, elsewhere):
        judgement.refresh_from_db()
    assert (waiting.stands_from, stood.stands_from, elsewhere.stands_from) == (later, TODAY, None)
    assert heard == [JudgementsStand(review.pk)]
    assert list(HistoryEntry.objects.filter(verb="stands").values_list("subject_id", "actor")) == [
        (waiting.pk, lead.pk)
    ]


def test_nothing_stands_before_it_is_made(review):
    JudgementFactory.create(review=review, made_on=TODAY, provisional=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        operations.stand_for(review=review, on=TODAY - dt.timedelta(days=1))


def test_judge_refuses_a_level_with_nothing_behind_it(review, lead, standard, level):
    ClaimFactory.create(review=review, standard=standard)

    with pytest.raises(Refused, match="nothing behind it"):
        judge(review, standard, level, lead)


def test_judge_and_stand_for_refuse_claims_whose_evidence_changed(review, lead, standard, level):
    claim = ClaimFactory.create(review=review, standard=standard, agreed=True)
    cited = CitationFactory.create(claim=claim, revision=2)
    EarlierVersionFactory.create(record=cited.record, revision=1)
    judge(review, standard, level, lead)
    EarlierVersionFactory.create(record=cited.record, revision=2)
    sentence = f"{cited.record.reference}, cited for claim {claim.reference}. Reopen the claim"

    with pytest.raises(Refused, match=sentence):
        judge(review, standard, level, lead)
    with pytest.raises(Refused, match=sentence):
        operations.stand_for(review=review, by=lead, on=TODAY)


@pytest.mark.parametrize(
    ("kind", "perspective"),
    [("SELF", "SELF"), ("EXTERNAL", "EXTERNAL"), ("PEER", "TRUST"), ("DEEP_DIVE", "TRUST")],
)
def test_judge_takes_its_perspective_from_the_review(
    lead, review, standard, level, kind, perspective
):
    Review.objects.filter(pk=review.pk).update(kind=kind)
    ClaimFactory.create(review=review, standard=standard, agreed=True)

    assert judge(review, standard, level, lead).perspective == perspective


def test_judge_is_for_the_team_and_the_lead(review, standard, level):
    ClaimFactory.create(review=review, standard=standard, agreed=True)
    head = person(Role.HEADTEACHER, at=review.academy)

    with pytest.raises(Refused, match="Only the review's team judges"):
        judge(review, standard, level, head)

    Review.objects.filter(pk=review.pk).update(lead=head.person, kind=Review.Kind.SELF)
    assert judge(review, standard, level, head).perspective == Judgement.Perspective.SELF


@pytest.mark.parametrize(("status", "words"), [("NOTIFIED", "not started"), ("CLOSED", "is over")])
def test_judge_only_while_the_review_runs(review, lead, standard, level, status, words):
    closed_on = TODAY if status == "CLOSED" else None
    Review.objects.filter(pk=review.pk).update(status=status, closed_on=closed_on)

    with pytest.raises(Refused, match=words):
        judge(review, standard, level, lead)


def test_judge_never_mixes_policy_versions(review, lead, standard, level):
    with pytest.raises(ValueError, match="policy version"):
        judge(review, standard, level, lead, area=AreaFactory.create())
    with pytest.raises(ValueError, match="the scale that the area is judged on"):
        judge(review, standard, LevelFactory.create(), lead)
    with pytest.raises(ValueError, match="the scale that the area is judged on"):
        judge(review, standard, None, lead)
    with pytest.raises(ValueError, match="area's own"):
        judge(
            review,
            standard,
            level,
            lead,
            area=AreaFactory.create(version=review.policy_version),
        )


def test_judge_in_words_gives_no_level(review, lead, level):
    words = ScaleFactory.create(version=review.policy_version, in_words=True)
    standard = StandardFactory.create(area__version=review.policy_version, area__scale=words)
    ClaimFactory.create(review=review, standard=standard, agreed=True)

    made = judge(review, standard, None, lead)

    assert (made.level.tone, made.rationale) == ("words", "Most catch up.")
    with pytest.raises(ValueError, match="the scale that the area is judged on"):
        judge(review, standard, level, lead)
