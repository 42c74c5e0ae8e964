import pytest

from tests.factories import AcademyFactory, StandingFactory, person
from trigpoint.insight.standings import queries
from trigpoint.people.roles import Role


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "seen"), [(Role.HEADTEACHER, True), (Role.TRUSTEE, True), (Role.STAFF, False)]
)
def test_grid_keeps_to_academies_whose_judgements_one_may_view(role, seen):
    academy = AcademyFactory.create()
    own = StandingFactory.create(academy=academy)
    StandingFactory.create(academy=AcademyFactory.create(trust=academy.trust))
    StandingFactory.create()

    found = list(queries.grid(viewer=person(role, at=academy)))

    assert found == ([own] if seen else [])
