"""A planned review moves by the programme's hard rules, and its clock with it."""

import datetime as dt

import pytest

from tests.factories import ProgrammeSlotFactory, ReviewFactory, person
from tests.reviews.programme.trusts import TODAY, SmallTrust
from trigpoint.people.roles import Role
from trigpoint.records.refusals import Refused
from trigpoint.reviews.planned import operations

pytestmark = pytest.mark.django_db
WEEK = dt.date(2026, 1, 12)


@pytest.fixture(name="small")
def _small():
    small = SmallTrust()
    small.review = ReviewFactory.create(
        academy=small.academies[0],
        policy_version=small.version,
        lead=small.reviewers[0],
        fieldwork_starts_on=dt.date(2026, 1, 7),
        fieldwork_ends_on=dt.date(2026, 1, 8),
    )
    return small


def move(small, week=WEEK, by=None):
    return operations.move(review=small.review, week=week, by=by or small.lead, on=TODAY)


def test_move_takes_the_first_days_of_the_week_and_sets_the_clock_again(small):
    moved = move(small)

    assert (moved.fieldwork_starts_on, moved.fieldwork_ends_on) == (WEEK, dt.date(2026, 1, 13))
    assert moved.deadlines.get(step="NOTICE").due_on == dt.date(2025, 12, 15)


def test_move_goes_round_days_on_which_its_lead_is_proposed_elsewhere(small):
    ProgrammeSlotFactory.create(
        academy=small.academies[1], lead=small.reviewers[0], starts_on=WEEK, ends_on=WEEK
    )

    assert move(small).fieldwork_starts_on == dt.date(2026, 1, 13)


def test_move_is_refused_into_a_week_for_which_something_is_proposed(small):
    ProgrammeSlotFactory.create(academy=small.academies[0], starts_on=WEEK, ends_on=WEEK)

    with pytest.raises(Refused, match="2 reviews in the week of 12 January 2026"):
        move(small)


@pytest.mark.parametrize(
    ("week", "words"),
    [(dt.date(2025, 11, 17), "less than its notice"), (dt.date(2026, 4, 6), "Choose another week")],
    ids=["too soon", "a holiday"],
)
def test_move_is_refused_where_the_academy_cannot(small, week, words):
    with pytest.raises(Refused, match=words):
        move(small, week)


def test_move_is_refused_once_fieldwork_began_and_to_others(small):
    with pytest.raises(Refused, match="Only the lead"):
        move(small, by=person(Role.REVIEWER, at=small.trust))
    small.review.status = "FIELDWORK"
    small.review.save()
    with pytest.raises(Refused, match="Fieldwork has started"):
        move(small)


def test_move_is_refused_at_an_academy_that_is_gone(small):
    small.academies[0].closed_on = TODAY
    small.academies[0].save()

    with pytest.raises(Refused, match="closed or left the trust"):
        move(small)


def test_move_needs_a_policy(small):
    small.version.status = "DRAFT"
    small.version.save()

    with pytest.raises(Refused, match="No policy is in force"):
        move(small)
