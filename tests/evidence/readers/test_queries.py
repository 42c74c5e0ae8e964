"""Who can read a record is said of exactly those who can."""

import datetime as dt

import pytest

from tests.factories import (
    AcademyFactory,
    ClusterFactory,
    EvidenceRecordFactory,
    GrantFactory,
    PersonFactory,
    ReviewFactory,
    TeamFactory,
    grant,
    person,
)
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.evidence.readers import queries
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db

TODAY = dt.date(2025, 11, 12)
STATES = {
    "draft": {},
    "submitted": {"submitted": True},
    "shared": {"shared": True},
    "private": {"shared": True, "is_private": True},
    "locked unshared": {"submitted": True, "status": "LOCKED"},
}


@pytest.fixture
def everybody():
    """A record's review, and a person of every role in every place there is to hold one."""
    cluster = ClusterFactory.create()
    academy = AcademyFactory.create(trust=cluster.trust, cluster=cluster)
    review, other = (ReviewFactory.create(academy=academy) for _ in range(2))
    team = TeamFactory.create(academy=academy)
    places = [
        *(academy.trust, cluster, academy, team, review, other),
        *(AcademyFactory.create(trust=academy.trust), TeamFactory.create(academy=academy)),
    ]
    users = [person(role, at=place) for role in Role for place in places]
    for user in users[::7]:  # some hold a second role as a guest
        grant(user, Role.REVIEWER, at=review)
    switched_off = person(Role.QA_LEAD, at=academy.trust)
    switched_off.is_switched_on = False
    switched_off.save()
    GrantFactory.create(person=PersonFactory.create(trust=academy.trust), role=Role.QA_LEAD)
    return review, team, users


@pytest.mark.parametrize("state", STATES)
def test_system_readers_are_exactly_those_who_can_read_it(state, everybody):
    review, team, users = everybody
    author, observed = users[0], person(Role.QA_LEAD, at=review.trust)
    record = EvidenceRecordFactory.create(
        review=review, team=team, author=author.person, observed=observed.person, **STATES[state]
    )
    besides = {author.person_id}
    if record.shared_at:
        besides.add(observed.person_id)

    listed = queries.system_readers(record, on=TODAY)

    can = {
        user.person.name
        for user in (*users, observed)
        if EvidenceRecord.objects.visible_to(user).filter(pk=record.pk).exists()
        and user.person_id not in besides
    }
    assert {reader.name for reader in listed} == can
    assert len(listed) == len(can)


def test_system_readers_says_who_is_a_guest_and_keeps_a_wider_role():
    record = EvidenceRecordFactory.create(submitted=True)
    guest = person(Role.REVIEWER, at=record.review)
    lead = person(Role.QA_LEAD, at=record.trust)
    grant(lead, Role.REVIEWER, at=record.review)

    listed = {it.name: it.role for it in queries.system_readers(record, on=TODAY)}

    assert listed == {
        guest.person.name: "Reviewer, a guest of this review",
        lead.person.name: "Trust QA lead",
    }
