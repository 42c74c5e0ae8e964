"""A team changes after its review was planned: through the public door."""

import datetime as dt

import pytest

from tests.factories import (
    ActivityFactory,
    EvidenceRecordFactory,
    GrantFactory,
    PersonFactory,
    ReviewFactory,
    ReviewTeamMemberFactory,
    person,
)
from trigpoint.people import access
from trigpoint.people.roles import Capability, Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused
from trigpoint.reviews.members import operations
from trigpoint.reviews.models import Activity, ReviewTeamMember
from trigpoint.reviews.reviews.operations import Member

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 11, 10)


@pytest.fixture
def review():
    return ReviewFactory.create()


@pytest.fixture
def runs(review):
    return person(Role.QA_LEAD, at=review.trust)


def test_join_puts_somebody_on_the_team_and_in_the_history(review, runs):
    newcomer = PersonFactory.create(trust=review.trust, name="Nuala Brisco")
    member = Member(person=newcomer, expertise="Reading", conflict="Taught there until 2020")

    made = operations.join(review=review, member=member, by=runs, on=TODAY)

    assert ReviewTeamMember.objects.get() == made
    assert (made.review, made.person) == (review, newcomer)
    assert (made.expertise, made.conflict) == ("Reading", "Taught there until 2020")
    entry = HistoryEntry.objects.get(subject_id=review.pk)
    assert (entry.verb, entry.actor, entry.detail["name"]) == ("joined", runs, "Nuala Brisco")


def test_join_is_refused_twice_and_to_those_who_do_not_run_it(review, runs):
    newcomer = PersonFactory.create(trust=review.trust)
    other = person(Role.REVIEWER, at=review.trust)
    operations.join(review=review, member=Member(person=newcomer), by=runs, on=TODAY)

    with pytest.raises(Refused, match="is on this review's team already"):
        operations.join(review=review, member=Member(person=newcomer), by=runs, on=TODAY)
    with pytest.raises(Refused, match="Only the lead"):
        operations.join(review=review, member=Member(person=other.person), by=other, on=TODAY)
    assert ReviewTeamMember.objects.get().person == newcomer


def test_join_takes_nobody_of_another_trust(review, runs):
    with pytest.raises(ValueError, match="own trust"):
        operations.join(
            review=review, member=Member(person=PersonFactory.create()), by=runs, on=TODAY
        )


def test_leave_keeps_what_they_wrote_and_who_they_were(review, runs):
    member = ReviewTeamMemberFactory.create(
        review=review, person__name="Nuala", expertise="Reading"
    )
    done = ActivityFactory.create(review=review, status=Activity.Status.DONE)
    done.reviewers.add(member.person)
    record = EvidenceRecordFactory.create(
        review=review, activity=done, author=member.person, submitted=True
    )

    operations.leave(member=member, because="On leave", by=runs, on=TODAY)

    assert not review.members.exists()
    record.refresh_from_db()
    assert (record.author, record.review) == (member.person, review)
    assert done.reviewers.get() == member.person
    entry = HistoryEntry.objects.get(subject_id=review.pk)
    assert (entry.verb, entry.detail) == (
        "left",
        {
            "on": "2025-11-10",
            "because": "On leave",
            "person": str(member.person_id),
            "name": "Nuala",
            "expertise": "Reading",
            "conflict": "",
        },
    )


def test_leave_is_refused_while_something_of_this_review_is_planned_for_them(review, runs):
    member = ReviewTeamMemberFactory.create(review=review)
    for title, facts in (
        ("Year 4 lesson", {}),
        ("Off", {"status": Activity.Status.OFF, "missed_because": "Ill"}),
        ("Elsewhere", {"review": ReviewFactory.create(academy=review.academy)}),
    ):
        activity = ActivityFactory.create(**{"review": review, "title": title, **facts})
        activity.reviewers.add(member.person)

    with pytest.raises(Refused, match="still planned for “Year 4 lesson” on 12 November 2025. On"):
        operations.leave(member=member, because="On leave", by=runs, on=TODAY)
    assert review.members.get() == member

    Activity.objects.get(title="Year 4 lesson").reviewers.set([review.lead])
    operations.leave(member=member, because="On leave", by=runs, on=TODAY)
    assert not review.members.exists()


def test_leave_ends_the_role_they_held_for_this_review_alone(review, runs):
    guest, stays = (person(Role.REVIEWER, at=review) for _ in range(2))
    elsewhere = ReviewFactory.create(academy=review.academy)
    GrantFactory.create(
        person=guest.person, role=Role.REVIEWER, review_id=elsewhere.pk, ends_on=dt.date(2099, 1, 1)
    )
    member = ReviewTeamMemberFactory.create(review=review, person=guest.person)

    operations.leave(member=member, because="On leave", by=runs, on=TODAY)

    def reached(someone):
        return access.of(someone.person, on=TODAY).reviews(Capability.REVIEW_VIEW)

    assert reached(guest) == {elsewhere.pk}
    assert reached(stays) == {review.pk}
    ended = HistoryEntry.objects.get(verb="ended")
    assert ended.detail["because"] == "they left the review's team"


def test_leave_says_that_somebody_else_was_first(review, runs):
    member = ReviewTeamMemberFactory.create(review=review)
    operations.leave(member=member, because="On leave", by=runs, on=TODAY)

    with pytest.raises(Refused, match="taken them off the team meanwhile"):
        operations.leave(member=member, because="On leave", by=runs, on=TODAY)
