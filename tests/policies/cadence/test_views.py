import pytest
from django.urls import reverse

from tests.factories import CadenceRuleFactory, PolicyVersionFactory, person
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


def test_check_says_where_rules_contradict_each_other(client):
    version = PolicyVersionFactory.create(in_force=True)
    for months in (6, 12):
        CadenceRuleFactory.create(version=version, months=months)
    client.force_login(person(Role.STAFF, at=version.trust))

    shown = client.get(reverse("policies:cadence-check", args=[version.pk]))
    piece = client.get(shown.request["PATH_INFO"], headers={"HX-Request": "true"})

    assert "contradict each other" in shown.content.decode()
    assert piece.content.decode().lstrip().startswith("<p")


def test_check_says_so_when_all_is_well(client):
    version = PolicyVersionFactory.create(in_force=True)
    client.force_login(person(Role.STAFF, at=version.trust))

    shown = client.get(reverse("policies:cadence-check", args=[version.pk]))

    assert "No two of these rules contradict each other" in shown.content.decode()


def test_check_keeps_to_ones_own_trust(client):
    version = PolicyVersionFactory.create(in_force=True)
    client.force_login(person(Role.QA_LEAD, at=PolicyVersionFactory.create().trust))

    assert client.get(reverse("policies:cadence-check", args=[version.pk])).status_code == 404


def test_the_policy_asks_beside_how_often(client):
    version = PolicyVersionFactory.create(in_force=True)
    CadenceRuleFactory.create(version=version)
    client.force_login(person(Role.STAFF, at=version.trust))

    shown = client.get(reverse("policies:versions-show"))

    assert reverse("policies:cadence-check", args=[version.pk]) in shown.content.decode()
