import datetime as dt
import json

import pytest
from django.urls import reverse

from tests.factories import PolicyVersionFactory, TrustFactory, person
from trigpoint.people.roles import Role
from trigpoint.policies.drafts import operations as drafts
from trigpoint.policies.frameworks import rules

pytestmark = pytest.mark.django_db
INDEX = reverse("policies:frameworks-index")


@pytest.fixture
def trust(client):
    trust = TrustFactory.create(name="Wetherlow", group_uid="1234")
    client.force_login(person(Role.QA_LEAD, at=trust))
    return trust


def test_index_shows_what_is_shipped_and_that_nothing_is_in_force(client, trust):
    page = client.get(INDEX).content.decode()

    assert "Trigpoint default framework" in page
    assert "Nothing yet." in page


def test_index_shows_the_version_in_force(client, trust):
    PolicyVersionFactory.create(
        policy__trust=trust, policy__name="Our policy", in_force=True, number=4
    )

    assert "Our policy, version 4" in client.get(INDEX).content.decode()


def test_index_costs_the_same_with_more_versions(client, trust, assert_flat):
    current = PolicyVersionFactory.create(policy__trust=trust, in_force=True, number=900)
    numbers = iter(range(1, 20))

    def superseded():
        PolicyVersionFactory.create(
            policy=current.policy,
            in_force=True,
            status="SUPERSEDED",
            number=next(numbers),
            superseded_on=dt.date(2025, 9, 1),
        )

    assert_flat(INDEX, add_row=superseded, at_most=6)


@pytest.mark.parametrize("role", [Role.HEADTEACHER, Role.TRUSTEE, Role.DPO])
def test_index_is_closed_to_those_who_do_not_look_after_the_policy(client, role):
    client.force_login(person(role, at=TrustFactory.create()))

    assert client.get(INDEX).status_code == 403


def test_export_reads_back_as_the_same(client, trust):
    lead = person(Role.QA_LEAD, at=trust)
    version = drafts.begin_from(trust=trust, framework=rules.shipped(), by=lead)

    answer = client.get(reverse("policies:frameworks-export", args=[version.pk]))

    read = rules.check(answer.content).framework
    shipped = rules.shipped()
    assert answer["Content-Disposition"] == 'attachment; filename="policy-version-1.yaml"'
    assert read["areas"] == shipped["areas"]
    assert read["settings"] == shipped["settings"]
    assert read["cadence"] == shipped["cadence"]


def test_export_of_a_draft_is_for_its_writers(client, trust):
    draft = PolicyVersionFactory.create(policy__trust=trust)
    foreign = PolicyVersionFactory.create(in_force=True)
    client.force_login(person(Role.STAFF, at=trust))

    for version in (draft, foreign):
        there = reverse("policies:frameworks-export", args=[version.pk])
        assert client.get(there).status_code == 404


def test_schema_is_the_published_one(client, trust):
    answer = client.get(reverse("policies:frameworks-schema"))

    assert json.loads(answer.content)["title"] == "Trigpoint policy framework"
