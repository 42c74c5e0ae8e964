"""Two changes at once that each keep the rules alone: the second is judged after the first."""

import datetime as dt

import pytest

from tests.parallel import HANDS, all_at_once, said
from tests.reviews.programme.test_operations import propose
from tests.reviews.programme.trusts import TODAY, SmallTrust
from trigpoint.people.models import User
from trigpoint.reviews.models import ProgrammeSlot, Review
from trigpoint.reviews.planned import operations as planned
from trigpoint.reviews.programme import operations as programmes
from trigpoint.reviews.reviews import operations as reviews
from trigpoint.reviews.reviews.operations import ReviewPlan
from trigpoint.reviews.slots import operations
from trigpoint.reviews.slots.rules import Move

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
DAY = dt.date(2026, 1, 14)


@pytest.fixture(name="small")
def _small():
    small = SmallTrust(reviewers=2)  # who hold both reviews, so never on one day
    small.programme = propose(small)
    small.slots = list(small.programme.slots.order_by("academy__name"))
    return small


def at_once(small, *verbs):
    return all_at_once([lambda verb=verb: said(verb, small.lead) for verb in verbs])


def on_one_day():
    return ProgrammeSlot.objects.filter(starts_on=DAY).count()


def moves(slot):
    return lambda by: operations.move(slot=slot, to=Move(starts_on=DAY), by=by, on=TODAY)


def test_two_moved_to_one_day_at_once_do_not_share_their_people(small):
    told = at_once(small, *(moves(slot) for slot in small.slots))

    assert sorted(map(bool, told)) == [False, True]
    assert on_one_day() == 1


def test_two_agreed_at_once_do_not_share_their_people(small):
    ProgrammeSlot.objects.update(starts_on=DAY, ends_on=DAY)

    told = at_once(
        small,
        *(
            lambda by, slot=slot: operations.agree(slot=slot, by=by, on=TODAY)
            for slot in small.slots
        ),
    )

    assert sorted(map(bool, told)) == [False, True]
    assert Review.objects.count() == 1


def test_one_taken_up_again_while_another_comes_to_its_day_is_refused(small):
    first, second = small.slots
    ProgrammeSlot.objects.filter(pk=first.pk).update(
        starts_on=DAY, ends_on=DAY, status="DROPPED", dropped_because="Not now"
    )

    told = at_once(small, moves(second), lambda by: operations.restore(slot=first, by=by, on=TODAY))

    assert sorted(map(bool, told)) == [False, True]


def test_a_planned_one_moved_while_a_proposed_one_comes_to_its_week_is_refused(small):
    first, second = small.slots
    review = operations.agree(slot=first, by=small.lead, on=TODAY)
    week = dt.date(2026, 3, 23)  # its days are the reviewers' all five: only one review fits
    Review.objects.filter(pk=review.pk).update(
        fieldwork_starts_on=dt.date(2026, 2, 2), fieldwork_ends_on=dt.date(2026, 2, 6)
    )

    told = at_once(
        small,
        lambda by: planned.move(review=review, week=week, by=by, on=TODAY),
        lambda by: operations.move(slot=second, to=Move(week=week), by=by, on=TODAY),
    )

    assert sorted(map(bool, told)) == [False, True]


def test_agreeing_all_twice_at_once_plans_each_once(small):
    verb = lambda by: operations.agree_all(programme=small.programme, by=by, on=TODAY)  # noqa: E731

    assert at_once(small, *[verb] * HANDS) == [""] * HANDS
    assert Review.objects.count() == 2


def test_a_new_proposal_keeps_what_is_moved_meanwhile(small):
    slot = small.slots[0]

    def propose_again(by):
        programmes.propose(
            programme=small.programme,
            by=User.objects.get(pk=by.pk),
            on=TODAY,
            at=dt.datetime(2025, 11, 12, 10, tzinfo=dt.UTC),
        )

    told = at_once(small, propose_again, moves(slot))

    is_there = ProgrammeSlot.objects.filter(pk=slot.pk, is_moved=True).exists()
    assert told[0] == ""
    assert is_there is (told[1] == "")


def test_one_agreed_while_another_is_planned_by_hand_sees_it(small):
    first, _ = small.slots
    plan = ReviewPlan(
        academy=first.academy,
        kind=Review.Kind.PEER,
        title="A colleague's visit",
        lead=small.lead.person,
        fieldwork_starts_on=first.starts_on,
        fieldwork_ends_on=first.starts_on,
    )

    by_hand, agreed = at_once(
        small,
        lambda by: reviews.plan(plan=plan, by=by, on=TODAY),
        lambda by: operations.agree(slot=first, by=by, on=TODAY),
    )

    # By hand one may plan against the rules; a proposal is then not agreed, unless it was first.
    assert not by_hand
    reviewed = Review.objects.filter(academy=first.academy).order_by("created_at")
    assert [it.kind for it in reviewed] == (["PEER"] if agreed else ["DEEP_DIVE", "PEER"])
