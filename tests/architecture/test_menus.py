"""Every page a person may open is in one of their menus, and every line of a menu opens."""

import pytest
from django.test import Client, RequestFactory

from tests.factories import (
    AcademyFactory,
    ClusterFactory,
    PolicyVersionFactory,
    PostFactory,
    ReviewFactory,
    TeamFactory,
    person,
)
from trigpoint.people.apps import surround
from trigpoint.people.grants.rules import PLACES
from trigpoint.people.roles import Role
from trigpoint.web import navigation
from trigpoint.web.navigation import Group, Scope, Takes

pytestmark = pytest.mark.django_db
USUAL = [(role, kind) for role, kinds in PLACES.items() for kind in sorted(kinds)]


@pytest.fixture
def places():
    """A trust of two academies in one cluster, with a policy, a team and a review."""
    cluster = ClusterFactory.create()
    academy = AcademyFactory.create(trust=cluster.trust, cluster=cluster)
    AcademyFactory.create(trust=cluster.trust, cluster=cluster)
    version = PolicyVersionFactory.create(trust=cluster.trust, in_force=True)
    return {
        "trust": cluster.trust,
        "cluster": cluster,
        "academy": academy,
        "team": TeamFactory.create(academy=academy),
        "review": ReviewFactory.create(academy=academy, policy_version=version),
    }


def menus_of(user):
    request = RequestFactory().get("/")
    request.user = user
    academies = surround(request).academies
    return navigation.menus(user.access, places=len(academies)), academies


@pytest.mark.parametrize(("role", "kind"), USUAL)
def test_menus_hold_all_that_opens_and_nothing_else(places, role, kind):
    user = person(role, at=places[kind])
    PostFactory.create(person=user.person, academy=places["academy"])
    client = Client()
    client.force_login(user)
    menus, academies = menus_of(user)
    academy = academies[0].id if academies else None
    shown = {
        entry.url_name: entry.address(scope=scope, academy=academy)
        for scope, menu in menus.items()
        for entry in menu.entries
    }
    registered = [
        entry
        for entry in navigation._entries  # noqa: SLF001 -- all that the areas registered
        if entry.group is not Group.ACCOUNT and entry.takes is not Takes.PATH
    ]

    opens = {
        entry.url_name
        for entry in registered
        if client.get(entry.address(scope=Scope.TRUST, academy=None)).status_code == 200
    }
    answers = {name: client.get(url, follow=True).status_code for name, url in shown.items()}

    assert set(answers.values()) == {200}, answers
    assert opens - {"insight:overviews-academies"} <= set(shown)
    assert ("insight:overviews-academies" in shown) == (
        "insight:overviews-academies" in opens and len(academies) > 1
    )


def test_training_needs_lead_in_and_stand_in_the_training_leads_menu(places):
    menus, _ = menus_of(person(Role.TRAINING_LEAD, at=places["trust"]))

    assert menus[Scope.TRUST].home.label == "Training needs"
    assert {"Staff", "Good practice", "Policy"} < {it.label for it in menus[Scope.TRUST].entries}


def test_a_guests_only_menu_holds_their_review(places):
    menus, _ = menus_of(person(Role.REVIEWER, at=places["review"]))

    (menu,) = menus.values()
    assert {"Reviews", "Evidence", "Capture"} < {it.label for it in menu.entries}


def test_a_central_reviewer_has_the_trusts_view_and_each_academys(places):
    menus, _ = menus_of(person(Role.REVIEWER, at=places["trust"]))

    assert list(menus) == [Scope.TRUST, Scope.ACADEMY, Scope.ME]
    assert menus[Scope.TRUST].home.label == "Academies"
