import pytest
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    BodyFactory,
    ClusterFactory,
    TeamFactory,
    TierChangeFactory,
    TrustFactory,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.trusts.models import Academy, Body, Cluster, Team

pytestmark = pytest.mark.django_db
INDEX = "/trusts/"


@pytest.fixture
def administrator(client):
    user = person(Role.ADMINISTRATOR, at=TrustFactory.create())
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("role", "status"),
    [
        pytest.param(Role.ADMINISTRATOR, 200, id="administrator"),
        pytest.param(Role.QA_LEAD, 200, id="QA lead"),
        pytest.param(Role.HEADTEACHER, 403, id="head: not their page"),
        pytest.param(Role.TRUSTEE, 403, id="trustee: not their page"),
    ],
)
def test_index_opens_for_those_who_set_the_trust_up(client, role, status):
    client.force_login(person(role, at=TrustFactory.create()))

    assert client.get(INDEX).status_code == status


@pytest.mark.parametrize(
    ("show", "words"),
    [
        ("academies", ["Ash Primary", "Outcomes held.", "Closed School"]),
        ("teams", ["Year Five team", "Maths network"]),
        ("bodies", ["Ash governors"]),
        ("clusters", ["North cluster"]),
        ("nonsense", ["Ash Primary"]),
    ],
)
def test_index_shows_each_part_and_nobody_elses(client, administrator, show, words):
    trust = administrator.person.trust
    academy = AcademyFactory.create(trust=trust, name="Ash Primary", tier_reason="Outcomes held.")
    TierChangeFactory.create(academy=academy)
    AcademyFactory.create(trust=trust, name="Closed School", closed_on="2024-08-31", urn=None)
    TeamFactory.create(academy=academy, name="Year Five team")
    TeamFactory.create(trust=trust, academy=None, kind=Team.Kind.NETWORK, name="Maths network")
    BodyFactory.create(trust=trust, kind=Body.Kind.LOCAL, academy=academy, name="Ash governors")
    ClusterFactory.create(trust=trust, name="North cluster")
    foreign = TeamFactory.create(name="Foreign team", academy__name="Foreign academy")
    BodyFactory.create(trust=foreign.trust, name="Foreign body")

    text = client.get(INDEX, {"show": show}).content.decode()

    assert all(word in text for word in words)
    assert "Foreign" not in text


@pytest.mark.parametrize("show", ["academies", "teams", "bodies", "clusters"])
def test_index_says_what_to_do_when_there_is_nothing(client, administrator, show):
    assert "tp-empty" in client.get(INDEX, {"show": show}).content.decode()


def test_index_says_whom_to_ask_when_there_is_nothing_to_import(client):
    client.force_login(person(Role.QA_LEAD, at=TrustFactory.create()))

    assert "Ask your trust's administrator" in client.get(INDEX).content.decode()


@pytest.mark.parametrize(
    ("show", "add"),
    [
        ("academies", lambda trust: TierChangeFactory.create(academy__trust=trust)),
        ("teams", lambda trust: TeamFactory.create(academy__trust=trust)),
        ("bodies", lambda trust: BodyFactory.create(trust=trust)),
        ("clusters", lambda trust: ClusterFactory.create(trust=trust)),
    ],
)
def test_index_costs_the_same_for_any_number_of_rows(administrator, assert_flat, show, add):
    assert_flat(f"{INDEX}?show={show}", add_row=lambda: add(administrator.person.trust), at_most=10)


def test_set_tier_records_what_the_body_decided(client, administrator):
    academy = AcademyFactory.create(trust=administrator.person.trust)
    body = BodyFactory.create(trust=administrator.person.trust)
    TierChangeFactory.create(academy=academy, reason="Earlier reason.")
    url = reverse("trusts:structure-set_tier", args=[academy.pk])
    answers = {"tier": 3, "body": body.pk, "on": "2026-03-02", "reason": "Outcomes fell."}

    shown, answer = client.get(url), client.post(url, answers)

    assert "Earlier reason." in shown.content.decode()
    assert answer.status_code == 302
    academy.refresh_from_db()
    assert academy.tier == Academy.Tier.ATTENTION


def test_set_tier_asks_again_for_a_body_of_another_trust(client, administrator):
    academy = AcademyFactory.create(trust=administrator.person.trust)
    url = reverse("trusts:structure-set_tier", args=[academy.pk])
    answers = {"tier": 3, "body": BodyFactory.create().pk, "on": "2026-03-02", "reason": "x"}

    answer = client.post(url, answers)

    assert answer.status_code == 422
    academy.refresh_from_db()
    assert academy.tier == Academy.Tier.SECURE


def test_set_tier_takes_no_decision_that_is_to_come(client, administrator):
    academy = AcademyFactory.create(trust=administrator.person.trust)
    body = BodyFactory.create(trust=academy.trust)
    url = reverse("trusts:structure-set_tier", args=[academy.pk])
    answers = {"tier": 3, "body": body.pk, "on": "2098-03-02", "reason": "Outcomes fell."}

    answer = client.post(url, answers)

    assert answer.status_code == 422
    assert "once the body has decided it" in answer.content.decode()


def test_set_tier_is_not_found_for_another_trusts_academy(client, administrator):
    url = reverse("trusts:structure-set_tier", args=[AcademyFactory.create().pk])

    assert client.get(url).status_code == 404


def test_open_academy_adds_one_without_a_urn(client, administrator):
    url = reverse("trusts:structure-open_academy")

    wrong = client.post(url, {"name": "", "phase": "PRIMARY"})
    answer = client.post(url, {"name": "New School", "phase": "PRIMARY", "age_from": 3})

    assert (wrong.status_code, answer.status_code) == (422, 302)
    assert Academy.objects.get().name == "New School"


def test_open_academy_is_blocked_for_an_administrator_of_one_academy(client):
    client.force_login(person(Role.ADMINISTRATOR, at=AcademyFactory.create()))
    url = reverse("trusts:structure-open_academy")

    assert "Your role does not change" in client.get(url).content.decode()
    assert client.post(url, {"name": "New School", "phase": "PRIMARY"}).status_code == 409


def test_form_team_adds_one_and_refuses_another_trusts_academy(client, administrator):
    academy = AcademyFactory.create(trust=administrator.person.trust)
    url = reverse("trusts:structure-form_team")
    answers = {"name": "Maths", "kind": "DEPARTMENT"}

    foreign = client.post(url, answers | {"academy": AcademyFactory.create().pk})
    answer = client.post(url, answers | {"academy": academy.pk})
    nowhere = client.post(url, answers)

    assert (foreign.status_code, answer.status_code, nowhere.status_code) == (422, 302, 409)
    assert Team.objects.get().academy == academy


def test_form_body_adds_one(client, administrator):
    url = reverse("trusts:structure-form_body")

    wrong = client.post(url, {"kind": "BOARD"})
    answer = client.post(url, {"name": "Trust board", "kind": "BOARD"})

    assert (wrong.status_code, answer.status_code) == (422, 302)
    assert Body.objects.get().trust == administrator.person.trust


def test_form_cluster_groups_academies(client, administrator):
    academy = AcademyFactory.create(trust=administrator.person.trust)
    url = reverse("trusts:structure-form_cluster")

    foreign = client.post(url, {"name": "North", "academies": [AcademyFactory.create().pk]})
    answer = client.post(url, {"name": "North", "academies": [academy.pk]})

    assert (foreign.status_code, answer.status_code) == (422, 302)
    academy.refresh_from_db()
    assert academy.cluster == Cluster.objects.get()


def test_reshape_cluster_asks_with_what_is_there_and_moves_academies(client, administrator):
    trust = administrator.person.trust
    cluster = ClusterFactory.create(trust=trust, name="North")
    stays, joins, leaves = AcademyFactory.create_batch(3, trust=trust)
    for academy in (stays, leaves):
        academy.cluster = cluster
        academy.save()
    url = reverse("trusts:structure-reshape_cluster", args=[cluster.pk])

    asked = client.get(url)
    assert {*asked.context["form"].initial["academies"]} == {stays, leaves}
    assert client.get(f"{INDEX}?show=clusters").content.decode().count(url) == 1

    assert client.post(url, {"academies": []}).status_code == 422
    assert client.post(url, {"academies": [stays.pk, joins.pk]}).status_code == 302
    assert {*cluster.academy_set.all()} == {stays, joins}
