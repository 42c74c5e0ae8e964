"""Declaring a conflict of interest and ending it."""

import datetime as dt

import pytest

from tests.factories import AcademyFactory, ConflictOfInterestFactory, person
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused
from trigpoint.reviews.conflicts import operations
from trigpoint.reviews.conflicts.rules import Declared, Kind

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 11, 12)


def test_declare_keeps_it_and_writes_it_down():
    academy = AcademyFactory.create()
    user = person(Role.REVIEWER, at=academy.trust)

    declared = Declared(academy=academy, kind=Kind.RELATED, words="My sister teaches there.")
    made = operations.declare(person=user.person, declared=declared, by=user, on=DAY)

    assert (made.person, made.academy, made.words) == (
        user.person,
        academy,
        "My sister teaches there.",
    )
    assert HistoryEntry.objects.get(subject_id=made.pk).verb == "declared"


def test_declare_refuses_an_academy_of_another_trust():
    user = person(Role.REVIEWER, at=AcademyFactory.create().trust)
    declared = Declared(academy=AcademyFactory.create(), kind=Kind.RELATED)

    with pytest.raises(ValueError, match="own trust"):
        operations.declare(person=user.person, declared=declared, by=user, on=DAY)


def test_end_says_why_and_only_once():
    row = ConflictOfInterestFactory.create()
    lead = person(Role.QA_LEAD, at=row.trust)

    ended = operations.end(conflict=row, because="She moved away.", by=lead, on=DAY)

    assert (ended.ended_on, ended.ended_because) == (DAY, "She moved away.")
    with pytest.raises(Refused, match="has not counted since"):
        operations.end(conflict=row, because="Again", by=lead, on=DAY)


def test_end_is_not_for_somebody_else():
    row = ConflictOfInterestFactory.create()
    other = person(Role.REVIEWER, at=row.trust)

    with pytest.raises(Refused, match="Only they themselves"):
        operations.end(conflict=row, because="I say so", by=other, on=DAY)
