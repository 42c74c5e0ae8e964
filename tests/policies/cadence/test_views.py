import pytest
from django.urls import reverse

from tests.factories import AreaFactory, CadenceRuleFactory, PolicyVersionFactory, person
from tests.policies.writing import a_draft
from trigpoint.people.roles import Role
from trigpoint.policies.models import CadenceRule, PolicyVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(client):
    lead, version, _ = a_draft()
    client.force_login(lead)
    return version


def url(verb, row):
    return reverse(f"policies:cadence-{verb}", args=[row.pk])


def test_index_says_how_often_and_invites_when_empty(client, version):
    assert "Nothing is promised yet" in client.get(url("index", version)).content.decode()
    CadenceRuleFactory.create(version=version, months=6, tier=3)

    page = client.get(url("index", version)).content.decode()

    assert "Every 6 months" in page
    assert "tier 3" in page


def test_index_costs_the_same_however_many(client, version, assert_flat):
    assert_flat(
        url("index", version),
        add_row=lambda: CadenceRuleFactory.create(
            version=version, area=AreaFactory.create(version=version)
        ),
        at_most=7,
    )


def test_promise_takes_the_place_of_what_was_promised(client, version):
    area = version.areas.get()
    said = {"review_kind": "DEEP_DIVE", "area": area.pk, "tier": "3", "every": "MONTHS"}

    client.post(url("promise", version), said | {"months": "6"})
    client.post(url("promise", version), said | {"every": "TERM", "months": "6"})

    rule = CadenceRule.objects.get()
    assert (rule.area, rule.tier, rule.every, rule.months) == (area, 3, "TERM", None)


def test_promise_asks_for_months_and_for_an_area_of_its_own(client, version):
    said = {"review_kind": "TRUST", "every": "MONTHS"}
    foreign = AreaFactory.create()

    for wrong in ({}, {"months": "0"}, {"months": "6", "area": foreign.pk}):
        assert client.post(url("promise", version), said | wrong).status_code == 422


def test_retract_takes_a_promise_out_of_a_draft_alone(client, version):
    rule, other = CadenceRuleFactory.create_batch(2, version=version)

    client.post(url("retract", rule))
    PolicyVersion.objects.filter(pk=version.pk).update(
        status="CONSULTATION", consult_until="2026-10-16"
    )

    assert client.post(url("retract", other)).status_code == 409
    assert list(CadenceRule.objects.all()) == [other]


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
