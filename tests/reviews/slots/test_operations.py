"""A proposed review is moved, agreed, dropped and taken up again."""

import datetime as dt

import pytest

from tests.factories import (
    ConflictOfInterestFactory,
    PersonFactory,
    ReviewerProfileFactory,
    ReviewFactory,
    person,
)
from tests.reviews.programme.test_operations import propose
from tests.reviews.programme.trusts import TODAY, SmallTrust
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused
from trigpoint.reviews.models import Review
from trigpoint.reviews.slots import operations
from trigpoint.reviews.slots.rules import Move

pytestmark = pytest.mark.django_db
WEEK = dt.date(2026, 1, 12)


@pytest.fixture(name="small")
def _small():
    small = SmallTrust()
    small.programme = propose(small)
    small.slots = list(small.programme.slots.order_by("academy__name"))
    return small


def move(small, slot, **to):
    return operations.move(slot=slot, to=Move(**to), by=small.lead, on=TODAY)


def test_move_goes_to_the_first_day_of_the_week_that_breaks_nothing(small):
    moved = move(small, small.slots[0], week=WEEK)

    assert (moved.starts_on, moved.ends_on, moved.is_moved) == (WEEK, WEEK, True)
    told = HistoryEntry.objects.get(subject_id=moved.pk)
    assert (told.verb, told.detail["now"]) == ("moved", "2026-01-12")


def test_move_goes_round_the_days_on_which_its_people_are_elsewhere(small):
    ReviewFactory.create(
        academy=small.academies[1],
        policy_version=small.version,
        lead=small.slots[0].lead,
        fieldwork_starts_on=WEEK,
        fieldwork_ends_on=dt.date(2026, 1, 13),
    )

    assert move(small, small.slots[0], week=WEEK).starts_on == dt.date(2026, 1, 14)


def test_move_is_refused_with_every_broken_rule_in_words(small):
    with pytest.raises(Refused) as refused:
        move(small, small.slots[0], starts_on=dt.date(2025, 11, 15))

    assert refused.value.reason == (
        "Dunlow Vale does not work with pupils on 15 November 2025. 15 November 2025 leaves Dunlow "
        "Vale less than its notice: the first day that keeps it is 26 November 2025."
    )
    small.slots[0].refresh_from_db()
    assert not small.slots[0].is_moved


def test_move_is_refused_where_the_academy_has_no_open_days(small):
    with pytest.raises(Refused, match="does not have an open day in the week of 6 April"):
        move(small, small.slots[0], week=dt.date(2026, 4, 6))


def test_move_is_refused_in_a_week_with_another_review(small):
    ReviewFactory.create(
        academy=small.academies[0],
        policy_version=small.version,
        fieldwork_starts_on=WEEK,
        fieldwork_ends_on=WEEK,
    )

    with pytest.raises(Refused, match="2 reviews in the week of 12 January 2026"):
        move(small, small.slots[0], week=WEEK)


def test_move_gives_it_other_people_and_refuses_one_with_a_conflict(small):
    slot = small.slots[0]
    other = next(it for it in small.reviewers if it not in {slot.lead, *slot.team.all()})

    moved = move(small, slot, starts_on=slot.starts_on, people=(other.pk, slot.lead_id))

    assert (moved.lead_id, [it.pk for it in moved.team.all()]) == (other.pk, [slot.lead_id])
    ConflictOfInterestFactory.create(person=other, academy=slot.academy)
    with pytest.raises(
        Refused, match="cannot review Dunlow Vale on 12 January 2026: is related to somebody there"
    ):
        move(small, slot, week=WEEK)


def test_move_finds_people_again_when_asked_to(small):
    slot = small.slots[0]
    ConflictOfInterestFactory.create(person=slot.lead, academy=slot.academy)

    moved = move(small, slot, week=WEEK, finds_people=True)

    assert slot.lead_id not in {moved.lead_id, *(it.pk for it in moved.team.all())}


def test_move_takes_none_but_the_trust_s_reviewers(small):
    strangers = [ReviewerProfileFactory.create().person, PersonFactory.create(trust=small.trust)]

    for stranger in strangers:
        with pytest.raises(Refused, match="not one of the trust's reviewers"):
            move(small, small.slots[0], week=WEEK, people=(stranger.pk, small.slots[0].lead_id))


def test_nothing_goes_on_at_an_academy_that_is_gone(small):
    slot = small.slots[0]
    slot.academy.closed_on = TODAY
    slot.academy.save()

    for verb in (
        lambda: move(small, slot, week=WEEK),
        lambda: operations.agree(slot=slot, by=small.lead, on=TODAY),
    ):
        with pytest.raises(Refused, match="closed or left the trust"):
            verb()
    operations.drop(slot=slot, because="It has closed.", by=small.lead, on=TODAY)
    with pytest.raises(Refused, match="closed or left the trust"):
        operations.restore(slot=slot, by=small.lead, on=TODAY)


def test_agree_is_refused_for_an_area_the_policy_no_longer_has(small):
    small.version.areas.update(lineage="teaching")

    with pytest.raises(Refused, match="no such area any more"):
        operations.agree(slot=small.slots[0], by=small.lead, on=TODAY)
    assert not Review.objects.exists()


def test_agree_plans_the_review_with_its_team_areas_and_clock(small):
    slot = small.slots[0]

    review = operations.agree(slot=slot, by=small.lead, on=TODAY)

    slot.refresh_from_db()
    assert (slot.status, slot.review) == ("AGREED", review)
    assert (review.title, review.kind, review.lead, review.staff_hours_budget) == (
        "Curriculum deep dive",
        "DEEP_DIVE",
        slot.lead,
        4,
    )
    assert [it.person for it in review.members.all()] == list(slot.team.all())
    assert [it.lineage for it in review.areas.all()] == ["curriculum"]
    assert review.deadlines.exists()
    with pytest.raises(Refused):
        operations.agree(slot=slot, by=small.lead, on=TODAY)


def test_agree_is_refused_when_a_rule_is_broken_by_now(small):
    slot = small.slots[0]
    ConflictOfInterestFactory.create(person=slot.lead, academy=slot.academy)

    with pytest.raises(Refused, match="is related to somebody there"):
        operations.agree(slot=slot, by=small.lead, on=TODAY)


def test_agree_is_refused_once_somebody_of_the_team_is_not_available(small):
    slot = small.slots[0]
    slot.lead.reviewer_profile.is_available = False
    slot.lead.reviewer_profile.save()

    with pytest.raises(Refused, match="no longer available as a reviewer"):
        operations.agree(slot=slot, by=small.lead, on=TODAY)


def test_agree_all_plans_what_it_can_and_says_what_it_cannot(small):
    ConflictOfInterestFactory.create(person=small.slots[0].lead, academy=small.academies[0])

    agreed, refused = operations.agree_all(programme=small.programme, by=small.lead, on=TODAY)

    assert agreed == Review.objects.count() == 1
    assert refused[0].startswith("Dunlow Vale, deep dive: ")
    small.programme.refresh_from_db()
    assert small.programme.status == "DRAFT"


def test_agree_all_is_of_the_academies_one_sees_and_tells_of_no_other(small):
    ConflictOfInterestFactory.create(person=small.slots[0].lead, academy=small.academies[0])
    nearby = person(Role.QA_LEAD, at=small.academies[1])

    agreed = operations.agree_all(programme=small.programme, by=nearby, on=TODAY)

    assert agreed == (1, [])
    assert Review.objects.get().academy == small.academies[1]
    small.programme.refresh_from_db()
    assert small.programme.status == "DRAFT"


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.HEADTEACHER])
def test_agree_all_is_refused_to_whoever_plans_nothing(small, role):
    with pytest.raises(Refused, match="Only the trust's QA lead plans the year"):
        operations.agree_all(
            programme=small.programme, by=person(role, at=small.academies[0]), on=TODAY
        )


def test_what_a_new_proposal_replaced_is_refused_in_words(small):
    propose(small)

    for verb in (operations.agree, operations.restore):
        with pytest.raises(Refused, match="a new proposal has taken its place"):
            verb(slot=small.slots[0], by=small.lead, on=TODAY)
    with pytest.raises(Refused, match="a new proposal has taken its place"):
        move(small, small.slots[0], week=WEEK)


def test_agree_all_settles_the_programme_when_nothing_is_left(small):
    assert operations.agree_all(programme=small.programme, by=small.lead, on=TODAY) == (2, [])

    small.programme.refresh_from_db()
    assert small.programme.status == "AGREED"


def test_drop_says_why_and_restore_takes_it_up_where_it_was(small):
    slot = small.slots[0]

    operations.drop(slot=slot, because="Not this year.", by=small.lead, on=TODAY)
    slot.refresh_from_db()
    assert (slot.status, slot.dropped_because) == ("DROPPED", "Not this year.")

    operations.restore(slot=slot, by=small.lead, on=TODAY)
    slot.refresh_from_db()
    assert (slot.status, slot.dropped_because) == ("PROPOSED", "")


def test_restore_is_refused_where_its_week_is_taken_by_now(small):
    slot = small.slots[0]
    operations.drop(slot=slot, because="Not this year.", by=small.lead, on=TODAY)
    ReviewFactory.create(
        academy=slot.academy,
        policy_version=small.version,
        fieldwork_starts_on=slot.starts_on,
        fieldwork_ends_on=slot.starts_on,
    )

    with pytest.raises(Refused, match="One a week is the most"):
        operations.restore(slot=slot, by=small.lead, on=TODAY)
