"""Who may have a year proposed, and the states of its programme."""

import datetime as dt

import pytest

from tests.factories import AcademicYearFactory, AcademyFactory, person
from trigpoint.people.roles import Role
from trigpoint.reviews.models import Programme
from trigpoint.reviews.programme import rules

P = Programme.Status
LEGAL = {(P.DRAFT, "propose"), (P.AGREED, "propose"), (P.DRAFT, "settle")}
AT = dt.datetime(2025, 11, 12, 9, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("state", P)
@pytest.mark.parametrize("verb", ["propose", "settle"])
def test_lifecycle_allows_exactly_the_legal_moves(state, verb):
    assert bool(rules.LIFECYCLE.may(verb, state)) is ((state, verb) in LEGAL)


@pytest.mark.django_db
def test_may_propose_is_for_whoever_plans_the_whole_trust():
    academy = AcademyFactory.create()
    lead, local = person(Role.QA_LEAD, at=academy.trust), person(Role.QA_LEAD, at=academy)

    year = AcademicYearFactory.create(trust=academy.trust)

    assert rules.may_propose(lead, year, asked_at=None, at=AT)
    assert rules.may_propose(local, year, asked_at=None, at=AT).reason == (rules.ONLY_THE_LEAD)
    assert not rules.may_propose(lead, AcademicYearFactory.create(), asked_at=None, at=AT)


@pytest.mark.django_db
def test_may_propose_one_at_a_time_unless_the_last_was_lost():
    year = AcademicYearFactory.create()
    lead = person(Role.QA_LEAD, at=year.trust)
    lately, long_ago = AT - dt.timedelta(minutes=2), AT - dt.timedelta(minutes=11)

    assert "Wait until it is there" in rules.may_propose(lead, year, asked_at=lately, at=AT).reason
    assert rules.may_propose(lead, year, asked_at=long_ago, at=AT)


@pytest.mark.django_db
def test_may_propose_nothing_for_a_year_that_is_over():
    year = AcademicYearFactory.create()
    lead = person(Role.QA_LEAD, at=year.trust)
    day_after = AT.replace(year=year.ends_on.year + 1)

    may = rules.may_propose(lead, year, asked_at=None, at=day_after)

    assert "is over" in may.reason


def test_is_being_proposed_until_it_is_there_or_lost():
    asked = Programme(asked_at=AT - dt.timedelta(minutes=2))
    lost = Programme(asked_at=AT - dt.timedelta(minutes=11))

    assert [rules.is_being_proposed(it, at=AT) for it in (asked, lost, Programme(), None)] == [
        True,
        False,
        False,
        False,
    ]
