import pytest

from tests.factories import AcademyFactory, BodyFactory, ClusterFactory, TeamFactory, person
from trigpoint.people.roles import Role
from trigpoint.trusts.models import Academy, Body, Team
from trigpoint.trusts.structure import rules


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("where", ["trust", "cluster", "academy", "team"])
def test_visible_to_agrees_with_may_view(role, where):
    cluster = ClusterFactory.create()
    home = AcademyFactory.create(trust=cluster.trust, cluster=cluster)
    places = {
        "trust": home.trust,
        "cluster": cluster,
        "academy": home,
        "team": TeamFactory.create(academy=home),
    }
    academies = [home, AcademyFactory.create(trust=home.trust), AcademyFactory.create()]
    user = person(role, at=places[where])

    assert set(Academy.objects.visible_to(user)) == {
        academy for academy in academies if rules.may_view(user, academy)
    }


@pytest.mark.django_db
def test_may_set_tier_asks_for_a_body_that_oversees_the_academy():
    academy = AcademyFactory.create()
    sibling = AcademyFactory.create(trust=academy.trust)
    user = person(Role.ADMINISTRATOR, at=academy.trust)
    own = BodyFactory.create(trust=academy.trust, kind=Body.Kind.LOCAL, academy=academy)
    other = BodyFactory.create(trust=academy.trust, kind=Body.Kind.LOCAL, academy=sibling)

    assert rules.may_set_tier(user, academy, None)
    assert rules.may_set_tier(user, academy, own)
    assert "does not oversee" in rules.may_set_tier(user, academy, other).reason
    assert "does not oversee" in rules.may_set_tier(user, academy, BodyFactory.create()).reason
    assert not rules.may_set_tier(person(Role.HEADTEACHER, at=academy), academy, own)


@pytest.mark.django_db
def test_may_form_team_stays_within_reach():
    academy = AcademyFactory.create()
    sibling = AcademyFactory.create(trust=academy.trust)
    whole = person(Role.ADMINISTRATOR, at=academy.trust)
    local = person(Role.ADMINISTRATOR, at=academy)

    assert rules.may_form_team(whole, academy.trust, sibling)
    assert rules.may_form_team(whole, academy.trust, None)
    assert rules.may_form_team(local, academy.trust, academy)
    assert not rules.may_form_team(local, academy.trust, sibling)
    assert not rules.may_form_team(local, academy.trust, None)
    assert not rules.may_form_body(whole, academy.trust, AcademyFactory.create())


def test_fits_team_wants_an_academy_unless_it_is_a_network():
    academy = AcademyFactory.build()

    assert rules.fits_team(Team.Kind.NETWORK, None, "Maths", taken=False)
    assert rules.fits_team(Team.Kind.DEPARTMENT, academy, "Maths", taken=False)
    assert not rules.fits_team(Team.Kind.NETWORK, academy, "Maths", taken=False)
    assert not rules.fits_team(Team.Kind.DEPARTMENT, None, "Maths", taken=False)
    assert academy.name in rules.fits_team("KEY_STAGE", academy, "Maths", taken=True).reason


def test_fits_body_wants_an_academy_only_for_a_local_body():
    academy = AcademyFactory.build()

    assert rules.fits_body(Body.Kind.LOCAL, academy, "Ash governors", taken=False)
    assert not rules.fits_body(Body.Kind.LOCAL, None, "Ash governors", taken=False)
    assert not rules.fits_body(Body.Kind.BOARD, academy, "Board", taken=False)
    assert "already" in rules.fits_body(Body.Kind.BOARD, None, "Board", taken=True).reason
