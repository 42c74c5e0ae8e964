"""One budget, held by planning and by capture alike."""

import datetime as dt
from uuid import uuid4

import pytest

from tests.factories import ActivityFactory, EvidenceRecordFactory, PersonFactory, ReviewFactory
from trigpoint.records.refusals import Refused
from trigpoint.reviews.visits import operations
from trigpoint.reviews.visits.rules import Stay

pytestmark = pytest.mark.django_db
NINE = dt.datetime(2025, 11, 12, 9, tzinfo=dt.UTC)


@pytest.fixture
def teacher():
    return PersonFactory.create(name="Ada Fell")


@pytest.fixture
def review(teacher):
    return ReviewFactory.create(academy__trust=teacher.trust)


def spend(teacher, *, reason="", source_id=None, activity_id=None, day=0):
    """Visit her for half an hour, so many days from the first."""
    starts_at = NINE + dt.timedelta(days=day)
    return operations.spend(
        person=teacher,
        trust=teacher.trust,
        stay=Stay(
            source_id=source_id or uuid4(),
            activity_id=activity_id,
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(minutes=30),
        ),
        reason=reason,
    )


def recorded(review, teacher, times, **facts):
    """Have somebody hand in so many records about her, a day apart."""
    return [
        EvidenceRecordFactory.create(
            review=review,
            observed=teacher,
            observed_at=NINE + dt.timedelta(days=n),
            minutes=30,
            submitted=True,
            **facts,
        )
        for n in range(times)
    ]


def test_spend_counts_records_nobody_planned(review, teacher):
    recorded(review, teacher, 3)

    with pytest.raises(Refused, match="Ada Fell has 3 visits of 3 this year, 90 of 180 minutes"):
        spend(teacher, day=9)
    assert spend(teacher, day=9, reason="She asked for it.") == "She asked for it."


def test_spend_keeps_no_reason_that_was_not_needed(review, teacher):
    recorded(review, teacher, 2)

    assert spend(teacher, day=9, reason="Just in case") == ""


def test_spend_goes_by_the_trusts_own_number(review, teacher):
    teacher.trust.visit_budget_count = 4
    recorded(review, teacher, 3)

    assert spend(teacher, day=9) == ""


def test_spend_takes_what_was_planned_and_what_was_written_of_it_for_one(review, teacher):
    plans = [
        ActivityFactory.create(
            review=review,
            observed=teacher,
            starts_at=NINE + dt.timedelta(days=n),
            ends_at=NINE + dt.timedelta(days=n, minutes=30),
        )
        for n in range(3)
    ]
    for plan in plans[:2]:
        for _ in range(2):
            EvidenceRecordFactory.create(
                review=review,
                activity=plan,
                observed=teacher,
                observed_at=plan.starts_at,
                minutes=30,
                submitted=True,
            )

    assert spend(teacher, activity_id=plans[2].pk, day=2) == ""
    with pytest.raises(Refused, match="3 visits of 3 this year, 90 of 180"):
        spend(teacher, day=9)


def test_spend_puts_the_new_version_in_place_of_the_old(review, teacher):
    *_, last = recorded(review, teacher, 3)

    assert spend(teacher, source_id=last.pk, day=30) == ""


def test_spend_leaves_drafts_out(review, teacher):
    EvidenceRecordFactory.create_batch(3, review=review, observed=teacher)

    assert spend(teacher) == ""
