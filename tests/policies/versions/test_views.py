import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from tests.factories import (
    AreaFactory,
    BodyFactory,
    CrosswalkFactory,
    PolicyVersionFactory,
    ResponsibilityFactory,
    SectionFactory,
    StandardFactory,
    TrustFactory,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.policies.drafts import operations
from trigpoint.policies.frameworks import rules
from trigpoint.policies.versions import queries
from trigpoint.policies.versions.rules import Approval

pytestmark = pytest.mark.django_db
SHOW = reverse("policies:versions-show")


@pytest.fixture
def version():
    """The shipped framework in force, due for review at the end of June 2027."""
    trust = TrustFactory.create()
    body = BodyFactory.create(trust=trust, name="Standards committee")
    days = dt.date(2026, 7, 9), dt.date(2026, 9, 1), dt.date(2027, 6, 30)
    return operations.adopt(
        trust=trust, framework=rules.shipped(), approval=Approval(body, *days), by=None
    )


def text(client, url=SHOW):
    page = client.get(url)
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.parametrize("role", [Role.STAFF, Role.QA_LEAD, Role.TRUSTEE, Role.DPO])
def test_show_tells_everybody_the_whole_policy(client, version, role):
    client.force_login(person(role, at=version.trust))

    page = text(client)

    for words in (
        "Version 1, in force",
        "Approved by Standards committee, 9 Jul 2026",
        "Next review: 30 Jun 2027",
        "T2 Checking understanding",
        "How self-review is carried out",
        "Every half term",
        "10 working days before fieldwork",
        "Trust safeguarding and inclusion lead",
    ):
        assert words in page
    assert ("Draft the next version" in page) == (role == Role.QA_LEAD)


@pytest.mark.parametrize("role", [Role.STAFF, Role.QA_LEAD])
def test_show_offers_the_version_in_consultation(client, version, role):
    PolicyVersionFactory.create(policy=version.policy, in_consultation=True, number=2)
    client.force_login(person(role, at=version.trust))

    page = text(client)
    coming = text(client, f"{SHOW}?version=2")

    assert "Version 2 is in consultation" in page
    assert "This version is in consultation" in coming
    assert "Version 1, in force" in page


def test_show_says_that_nobody_was_asked(client, version):
    client.force_login(person(Role.STAFF, at=version.trust))
    assert "Not consulted on here" in text(client)

    version.consult_until = dt.date(2026, 7, 1)
    version.save(update_fields=["consult_until"])
    assert "Not consulted on here" not in text(client)


def test_show_keeps_a_draft_to_its_writers(client, version):
    draft = PolicyVersionFactory.create(policy=version.policy, number=2)
    client.force_login(person(Role.STAFF, at=version.trust))

    assert client.get(f"{SHOW}?version={draft.pk}").status_code == 404
    assert "Version 2" not in text(client)
    client.force_login(person(Role.ADMINISTRATOR, at=version.trust))
    assert "Only those who write the policy see it" in text(client, f"{SHOW}?version=2")


def test_take_effect_puts_an_approved_version_in_force_on_its_day(client, version):
    coming = PolicyVersionFactory.create(
        policy=version.policy,
        in_force=True,
        status="APPROVED",
        effective_on=dt.date(2026, 11, 1),
        review_due_on=dt.date(2027, 11, 1),
        number=2,
    )
    there = reverse("policies:versions-take_effect", args=[coming.pk])
    with time_machine.travel(dt.datetime(2026, 10, 31, 9, tzinfo=dt.UTC), tick=False):
        client.force_login(person(Role.QA_LEAD, at=version.trust))
        assert client.post(there).status_code == 409
    with time_machine.travel(dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC), tick=False):
        client.force_login(person(Role.QA_LEAD, at=version.trust))
        assert client.post(there).status_code == 302

    coming.refresh_from_db()
    assert coming.status == "IN_FORCE"


def test_show_costs_the_same_with_more_standards_and_versions(client, version, assert_flat):
    client.force_login(person(Role.QA_LEAD, at=version.trust))
    places = iter(range(50, 90))

    def more():
        StandardFactory.create(area=AreaFactory.create(version=version))
        ResponsibilityFactory.create(version=version)
        SectionFactory.create(version=version, position=next(places))
        PolicyVersionFactory.create(
            policy=version.policy,
            in_force=True,
            status="SUPERSEDED",
            number=next(places),
            superseded_on=dt.date(2026, 1, 1),
        )

    assert_flat(SHOW, add_row=more, at_most=10)


def test_show_opens_an_older_version_by_number_or_id(client, version):
    older = PolicyVersionFactory.create(
        policy=version.policy,
        in_force=True,
        status="SUPERSEDED",
        superseded_on=dt.date(2026, 9, 1),
        number=77,
    )
    client.force_login(person(Role.STAFF, at=version.trust))

    for name in (77, older.pk):
        page = text(client, f"{SHOW}?version={name}")
        assert "Version 77, superseded on 1 Sep 2026" in page
        assert "This is an earlier version" in page


def test_show_finds_no_version_that_is_not_there(client, version):
    foreign = PolicyVersionFactory.create(in_force=True)
    client.force_login(person(Role.STAFF, at=version.trust))

    for name in (99, foreign.pk, "x"):
        assert client.get(f"{SHOW}?version={name}").status_code == 404


def test_show_opens_with_the_standard_asked_for(client, version):
    client.force_login(person(Role.STAFF, at=version.trust))
    wanted = version.standards.get(code="B3")

    page = text(client, f"{SHOW}?standard={wanted.pk}")

    assert wanted.statement in page.replace("&#x27;", "'")
    assert text(client, f"{SHOW}?standard=nonsense")


def test_show_says_when_the_policy_itself_is_overdue(client, version):
    client.force_login(person(Role.STAFF, at=version.trust))

    with time_machine.travel(dt.datetime(2027, 7, 1, 9, tzinfo=dt.UTC), tick=False):
        client.force_login(person(Role.STAFF, at=version.trust))
        page = text(client)

    assert "The policy itself is due for review" in page
    assert "by 30 Jun 2027" in page


def test_show_names_the_gaps_in_responsibility(client, version):
    version.responsibilities.filter(area__code="A", part="MONITORS").delete()
    client.force_login(person(Role.TRUSTEE, at=version.trust))

    page = " ".join(text(client).split())

    assert "Nobody monitors Assessment." in page


def test_show_of_a_bare_version_still_opens(client):
    bare = PolicyVersionFactory.create(in_force=True, settings={})
    client.force_login(person(Role.STAFF, at=bare.trust))

    page = text(client)

    assert "No standards" in page
    assert "does not say how often" in page
    assert 'id="strength"' in page


@pytest.mark.parametrize(
    ("role", "words"),
    [(Role.STAFF, "Ask your trust QA lead"), (Role.QA_LEAD, "Choose a framework")],
)
def test_show_without_a_policy_says_what_to_do(client, role, words):
    PolicyVersionFactory.create(in_force=True)
    client.force_login(person(role, at=TrustFactory.create()))

    assert words in text(client)


def test_crosswalk_shows_the_areas_beside_other_frameworks(client, version):
    client.force_login(person(Role.STAFF, at=version.trust))
    url = reverse("policies:versions-crosswalk", args=[version.pk])

    page = text(client, url)
    piece = client.get(url, headers={"HX-Request": "true"}).content.decode()

    assert "Ofsted (November 2025)" in page
    assert "<h1>Crosswalk</h1>" in page
    assert "Ofsted (November 2025)" in piece
    assert "<h1>" not in piece


def test_crosswalk_without_any_says_so_and_strangers_find_none(client):
    bare = PolicyVersionFactory.create(in_force=True)
    foreign = CrosswalkFactory.create().version
    client.force_login(person(Role.STAFF, at=bare.trust))

    assert "not mapped" in text(client, reverse("policies:versions-crosswalk", args=[bare.pk]))
    there = reverse("policies:versions-crosswalk", args=[foreign.pk])
    assert client.get(there).status_code == 404


def test_system_version_in_force_is_the_trust_s_own(version):
    PolicyVersionFactory.create(in_force=True)

    assert queries.system_version_in_force(version.trust_id) == version
    assert queries.system_version_in_force(TrustFactory.create().pk) is None
