import datetime as dt
from uuid import uuid4

import pytest
from django.db import connection

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
from trigpoint.evidence.entries import queries
from trigpoint.evidence.models import (
    EarlierVersion,
    EvidenceRecord,
    LookForMark,
    Note,
    Reply,
)
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("where", ["in a review", "outside"])
def test_system_settings_are_those_of_the_review_else_those_in_force(where):
    record = EvidenceRecordFactory.create()
    version = record.review.policy_version
    version.settings = {"capture": {"feedback_days": 3}}
    version.save()
    record.review = record.review if where == "in a review" else None

    assert queries.system_settings(record) == {"capture": {"feedback_days": 3}}


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


# What the database will do, in SQLite's words: it decides alike for ten records and for a million.
planned = pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plans")


@planned
@pytest.mark.parametrize("part", [Note, LookForMark, Reply, EarlierVersion])
def test_parts_of_one_record_are_read_without_reading_the_trusts(part):
    lead = person(Role.QA_LEAD, at=AcademyFactory.create().trust)

    plan = part.objects.visible_to(lead).filter(record=uuid4()).explain()

    assert "evidence_by_" not in plan


@planned
def test_register_of_a_trust_stops_where_the_page_does():
    lead = person(Role.QA_LEAD, at=AcademyFactory.create().trust)

    plan = queries.register(queries.Wanted(), viewer=lead)[:25].explain()

    assert "USING INDEX evidence_by_trust" in plan
    assert "TEMP B-TREE" not in plan


@planned
@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.HEADTEACHER, AcademyFactory),
        (Role.TEAM_LEADER, TeamFactory),
        (Role.REVIEWER, ReviewFactory),
    ],
)
def test_register_of_a_place_reads_no_more_than_the_place(role, place):
    at = place.create()
    reader = person(role, at=at)

    plan = queries.register(queries.Wanted(), viewer=reader).explain()

    assert f"(trust_id=? AND {at._meta.model_name}_id=?)" in plan
    assert "evidence_by_trust" not in plan
