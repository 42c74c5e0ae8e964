import pytest

from tests.factories import AcademyFactory, TeamFactory, person
from trigpoint.insight.teams import queries, rules
from trigpoint.people.roles import Role


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("place", ["trust", "academy", "team"])
def test_mine_agrees_with_may_view(role, place):
    team = TeamFactory.create()
    sibling = TeamFactory.create(academy=AcademyFactory.create(trust=team.trust))
    teams = [team, sibling, TeamFactory.create(), TeamFactory.create(academy=team.academy)]
    user = person(role, at={"trust": team.trust, "academy": team.academy, "team": team}[place])

    assert set(queries.mine(viewer=user)) == {team for team in teams if rules.may_view(user, team)}
