"""Which academies and teams are somebody's to record in."""

import datetime as dt

import pytest

from tests.factories import AcademyFactory, TeamFactory, grant, person
from trigpoint.evidence.places import queries
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return TeamFactory.create(academy__name="Thornmere", name="Reading")


def test_own_teams_are_a_team_leaders(team):
    leader = person(Role.TEAM_LEADER, at=team)
    TeamFactory.create(academy=team.academy)
    second = TeamFactory.create(academy__name="Ashdale", academy__trust=team.trust)
    grant(leader, Role.TEAM_LEADER, at=second)

    assert list(queries.own_teams(viewer=leader)) == [second, team]
    assert list(queries.places(viewer=leader)) == [second.academy, team.academy]


def test_own_teams_are_none_of_whoever_records_for_the_whole_academy(team):
    head = person(Role.HEADTEACHER, at=team.academy)
    grant(head, Role.TEAM_LEADER, at=team)

    assert not queries.own_teams(viewer=head)
    assert not queries.own_teams(viewer=person(Role.REVIEWER, at=team.trust))


def test_own_teams_are_of_open_academies(team):
    team.academy.closed_on = dt.date(2025, 8, 31)
    team.academy.save()

    assert not queries.own_teams(viewer=person(Role.TEAM_LEADER, at=team))


def test_places_are_of_the_trust_for_a_reviewer_of_it(team):
    other = AcademyFactory.create(trust=team.trust, name="Ashdale")
    AcademyFactory.create()

    found = queries.places(viewer=person(Role.REVIEWER, at=team.trust))

    assert list(found) == [other, team.academy]
