import re

import pytest
import time_machine
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    AcknowledgementFactory,
    PolicyVersionFactory,
    PostFactory,
    TrustFactory,
    UserFactory,
    grant,
    person,
)
from trigpoint.people.models import Notice
from trigpoint.people.roles import Role
from trigpoint.policies.models import Acknowledgement

pytestmark = pytest.mark.django_db
INDEX, NUDGE_ALL, ASK = "/policies/readers/", "/policies/readers/nudge/", "/policies/to-read/"
NAMES = re.compile(r'<th scope="row">\s*(\w[\w ]*?)\s*<')


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-03-02 09:00Z", tick=False):
        yield


@pytest.fixture
def version():
    return PolicyVersionFactory.create(in_force=True, number=3)


@pytest.fixture
def academy(version):
    return AcademyFactory.create(trust=version.trust, name="Ash Lane Primary")


@pytest.fixture
def lead(client, version):
    user = person(Role.QA_LEAD, at=version.trust)
    client.force_login(user)
    return user


def teacher(academy, name):
    user = UserFactory.create(person__trust=academy.trust, person__name=name)
    PostFactory.create(academy=academy, person=user.person)
    return user


def shown(client, **query):
    text = client.get(INDEX, query).content.decode()
    return [name for name in NAMES.findall(text) if not name.startswith("Academy")]


def panel(client, version):
    return client.get(
        reverse("policies:acknowledgements-show", args=[version.pk]), headers={"HX-Request": "true"}
    ).content.decode()


def test_show_asks_staff_thanks_them_and_leaves_others_alone(client, version, academy):
    staff, trustee = teacher(academy, "Ann Ash"), person(Role.TRUSTEE, at=version.trust)
    grant(staff, Role.STAFF, at=academy)

    client.force_login(trustee)
    assert panel(client, version).strip() == ""
    client.force_login(staff)
    assert "I have read this version" in panel(client, version)
    AcknowledgementFactory.create(version=version, person=staff.person)
    assert "You confirmed it on 8 Sep 2025." in panel(client, version)


def test_show_counts_for_those_who_may_see_the_list(client, version, academy, lead):
    AcknowledgementFactory.create(version=version, person=teacher(academy, "Ann Ash").person)
    teacher(academy, "Ben Birch")

    assert "1 of 2 staff have confirmed it; 1 have not" in panel(client, version)


def test_show_is_on_the_policys_page_and_on_ones_own(client, version, academy):
    staff = teacher(academy, "Ann Ash")
    grant(staff, Role.STAFF, at=academy)
    client.force_login(staff)

    policy = client.get("/policies/").content.decode()
    mine = client.get("/insight/me/").content.decode()

    assert reverse("policies:acknowledgements-show", args=[version.pk]) in policy
    assert f'hx-get="{ASK}"' in mine


def test_ask_is_for_whoever_has_not_read_the_version_in_force(client, version, academy):
    staff = teacher(academy, "Ann Ash")
    grant(staff, Role.STAFF, at=academy)
    client.force_login(staff)

    def piece():
        return client.get(ASK, headers={"HX-Request": "true"}).content.decode().strip()

    assert "Please read version 3 of the policy" in piece()
    AcknowledgementFactory.create(version=version, person=staff.person)
    assert piece() == ""
    assert "There is none" in client.get(ASK).content.decode()
    client.force_login(person(Role.TRUSTEE, at=version.trust))
    assert piece() == ""


def test_acknowledge_keeps_it(client, version, academy):
    staff = teacher(academy, "Ann Ash")
    grant(staff, Role.STAFF, at=academy)
    client.force_login(staff)

    url = reverse("policies:acknowledgements-acknowledge", args=[version.pk])
    answer = client.post(url, follow=True)

    assert "Your confirmation is kept." in answer.content.decode()
    assert Acknowledgement.objects.get().person == staff.person


def test_acknowledge_of_another_trusts_is_not_found(client, lead):
    other = PolicyVersionFactory.create(in_force=True)

    url = reverse("policies:acknowledgements-acknowledge", args=[other.pk])
    assert client.post(url).status_code == 404


def test_index_lists_heads_first_and_narrows(client, version, academy, lead):
    read, waiting = teacher(academy, "Ann Ash"), teacher(academy, "Ben Birch")
    head = teacher(academy, "Zoe Zelkova")
    grant(head, Role.HEADTEACHER, at=academy)
    other = AcademyFactory.create(trust=version.trust, name="Birch Primary")
    teacher(other, "Cy Cedar")
    PostFactory.create(person=waiting.person, academy=other)  # works at both
    central = UserFactory.create(person__trust=version.trust, person__name="Di Dogwood")
    PostFactory.create(person=central.person, academy=None, trust=version.trust)
    teacher(AcademyFactory.create(), "Foreign Fir")
    AcknowledgementFactory.create(version=version, person=read.person)

    assert shown(client) == ["Di Dogwood", "Zoe Zelkova", "Ann Ash", "Ben Birch", "Cy Cedar"]
    assert shown(client, academy=other.pk) == ["Ben Birch", "Cy Cedar"]
    assert shown(client, academy=other.pk, show="read") == []
    assert shown(client, academy=academy.pk, show="read") == ["Ann Ash"]
    assert shown(client, academy=academy.pk, show="waiting") == ["Zoe Zelkova", "Ben Birch"]
    assert shown(client, academy="central") == ["Di Dogwood"]
    assert shown(client, academy="nonsense") == shown(client)


def test_index_counts_lead_to_their_lists(client, version, academy, lead):
    other = AcademyFactory.create(trust=version.trust)
    for place, names in ((academy, ("Ann Ash", "Ben Birch", "Cy Cedar")), (other, ("Di Dogwood",))):
        people = [teacher(place, name).person for name in names]
        AcknowledgementFactory.create(version=version, person=people[0])
    PostFactory.create(person=people[0], academy=other)  # two posts, one person

    text = client.get(INDEX).content.decode()

    assert "2 of 4 staff have confirmed it" in text
    for show, count in (("waiting", 2), ("read", 1)):
        link = f'<a href="?academy={academy.pk}&amp;show={show}">{count}</a>'
        assert link in text
        assert len(shown(client, academy=academy.pk, show=show)) == count
    assert f'<a href="?academy={other.pk}&amp;show=waiting">0</a>' in text


def test_index_of_a_head_is_their_own_academy(client, version, academy):
    teacher(academy, "Ann Ash")
    teacher(AcademyFactory.create(trust=version.trust, name="Birch Primary"), "Cy Cedar")
    client.force_login(person(Role.HEADTEACHER, at=academy))

    assert shown(client) == ["Ann Ash"]
    assert "Birch Primary" not in client.get(INDEX).content.decode()


def test_index_says_what_to_do_when_there_is_nothing(client):
    trust = TrustFactory.create()
    client.force_login(person(Role.QA_LEAD, at=trust))
    assert "No policy is in force" in client.get(INDEX).content.decode()

    PolicyVersionFactory.create(policy__trust=trust, in_force=True)
    assert "Bring in the staff list" in client.get(INDEX).content.decode()
    assert "Everybody has read it" in client.get(INDEX, {"show": "waiting"}).content.decode()


@pytest.mark.parametrize("role", [Role.STAFF, Role.TRUSTEE, Role.TEAM_LEADER, Role.DPO])
def test_index_is_for_those_who_look_after_people(client, version, role):
    client.force_login(person(role, at=version.trust))

    assert client.get(INDEX).status_code == 403


def test_index_costs_the_same_however_long_it_is(client, version, academy, lead, assert_flat):
    def add_row():
        teacher(AcademyFactory.create(trust=version.trust), "Ann Ash")

    assert_flat(INDEX, add_row=add_row, at_most=10)


def test_nudge_reminds_one_and_says_when_again(client, version, academy, lead):
    staff = teacher(academy, "Ann Ash")
    url = reverse("policies:acknowledgements-nudge", args=[staff.person_id])

    answer = client.post(f"{url}?academy={academy.pk}", follow=True)

    assert answer.redirect_chain == [(f"{INDEX}?academy={academy.pk}&show=waiting", 302)]
    assert "Ann Ash has been reminded." in answer.content.decode()
    assert "Reminded on 2 Mar 2026" in answer.content.decode()
    assert client.post(url).status_code == 409
    assert Notice.objects.get().person == staff.person


def test_nudge_of_somebody_out_of_reach_is_not_found(client, version, academy):
    elsewhere = teacher(AcademyFactory.create(trust=version.trust), "Cy Cedar")
    client.force_login(person(Role.HEADTEACHER, at=academy))

    url = reverse("policies:acknowledgements-nudge", args=[elsewhere.person_id])
    assert client.post(url).status_code == 404


def test_nudge_all_reminds_those_of_one_academy(client, version, academy, lead):
    for name in ("Ann Ash", "Ben Birch"):
        teacher(academy, name)
    teacher(AcademyFactory.create(trust=version.trust), "Cy Cedar")

    asked = client.get(f"{NUDGE_ALL}?academy={academy.pk}")
    assert "Remind 2 people?" in asked.content.decode()
    assert not Notice.objects.exists()
    answer = client.post(f"{NUDGE_ALL}?academy={academy.pk}", follow=True)

    assert "2 people have been reminded." in answer.content.decode()
    assert Notice.objects.count() == 2


def test_nudge_without_a_policy_is_not_found(client):
    client.force_login(person(Role.QA_LEAD, at=TrustFactory.create()))

    assert client.post(NUDGE_ALL).status_code == 404
