import datetime as dt

import pytest

from tests.factories import (
    CitationFactory,
    ClaimFactory,
    JudgementFactory,
    ReviewFactory,
    StandardFactory,
    person,
)
from trigpoint.judgements.levels.operations import JudgementsStand
from trigpoint.judgements.self_reviews import operations
from trigpoint.people.roles import Role
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 12, 3)


@pytest.fixture(name="review")
def _review():
    """A self-review that runs, with one level that does not stand yet."""
    review = ReviewFactory.create(kind="SELF", status="FIELDWORK")
    JudgementFactory.create(
        review=review,
        area__version=review.policy_version,
        level__scale__version=review.policy_version,
        perspective="SELF",
        provisional=True,
    )
    return review


@pytest.fixture(name="head")
def _head(review):
    return person(Role.HEADTEACHER, at=review.academy)


def test_finish_lets_its_levels_and_claims_stand(review, head, hear):
    said = hear(JudgementsStand)
    standard = StandardFactory.create(area__version=review.policy_version)
    claim = ClaimFactory.create(review=review, standard=standard, agreed=True)

    operations.finish(review=review, by=head, on=DAY)

    claim.refresh_from_db()
    assert (review.judgements.get().stands_from, claim.stands_from) == (DAY, DAY)
    assert [it.review_id for it in said] == [review.pk]


def test_finish_is_refused_while_a_contradiction_is_open(review, head):
    claim = ClaimFactory.create(review=review, number=3)
    CitationFactory.create(claim=claim, stance="CONTRADICTS")

    with pytest.raises(Refused, match="Claim 3 has a contradiction that nobody answered"):
        operations.finish(review=review, by=head, on=DAY)

    review.refresh_from_db()
    assert (review.status, review.judgements.get().stands_from) == ("FIELDWORK", None)


def test_finish_waits_for_no_claim_that_was_withdrawn(review, head):
    claim = ClaimFactory.create(review=review, status="WITHDRAWN")
    CitationFactory.create(claim=claim, stance="CONTRADICTS")
    ClaimFactory.create(review=review)

    assert operations.finish(review=review, by=head, on=DAY).status == "CLOSED"


def test_finish_is_refused_with_nothing_judged(review, head):
    review.judgements.all().delete()

    with pytest.raises(Refused, match="Nothing is judged in it yet"):
        operations.finish(review=review, by=head, on=DAY)
