import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    ClusterFactory,
    GrantFactory,
    PersonFactory,
    PostFactory,
    TeamFactory,
    TrustFactory,
    UserFactory,
    grant,
    person,
)
from trigpoint.people.accounts import queries
from trigpoint.people.models import User
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
SHOW, SIGN_IN, RESET = "/people/account/", "/people/sign-in/", "/people/password/reset/"
PASSWORD = "three contour lines"


@pytest.fixture
def administrator(client):
    user = person(Role.ADMINISTRATOR, at=TrustFactory.create())
    client.force_login(user)
    return user


def somebody(role, at, name):
    user = person(role, at=at)
    user.person.name = name
    user.person.save()
    return user


def test_show_says_who_can_see_what_about_me(client):
    cluster = ClusterFactory.create()
    academy = AcademyFactory.create(trust=cluster.trust, cluster=cluster, name="Ash Primary")
    team = TeamFactory.create(academy=academy, name="Maths")
    me = person(Role.STAFF, at=academy)
    PostFactory.create(person=me.person, academy=academy, team=team)
    for role, place, name in (
        (Role.HEADTEACHER, academy, "Hetty Head"),
        (Role.TEAM_LEADER, team, "Tom Team"),
        (Role.QA_LEAD, academy.trust, "Quin Lead"),
        (Role.TRAINING_LEAD, cluster, "Clara Cluster"),
        (Role.TRUSTEE, academy.trust, "Terry Trustee"),
        (Role.STAFF, academy, "Colin Colleague"),
        (Role.HEADTEACHER, AcademyFactory.create(trust=academy.trust), "Sid Sibling"),
        (Role.QA_LEAD, TrustFactory.create(), "Fay Foreign"),
    ):
        somebody(role, place, name)
    client.force_login(me)

    text = client.get(SHOW).content.decode()

    seen = ("Hetty Head", "Tom Team", "Quin Lead", "Clara Cluster")
    unseen = ("Terry Trustee", "Colin Colleague", "Sid Sibling", "Fay Foreign")
    assert [name for name in seen if name not in text] == []
    assert [name for name in unseen if name in text] == []
    assert "Headteacher or academy QA lead, Ash Primary" in text
    assert "Trustees and governors never see a named member of staff" in text
    assert "8 hours without a click" in text


def test_show_counts_the_rest_when_many_hold_a_role(client):
    academy = AcademyFactory.create()
    for _ in range(queries.NAMED + 2):
        person(Role.REVIEWER, at=academy.trust)
    client.force_login(person(Role.STAFF, at=academy))

    assert "and 2 more" in client.get(SHOW).content.decode()


def test_show_opens_for_somebody_without_a_role(client):
    client.force_login(UserFactory.create())

    text = client.get(SHOW).content.decode()

    assert "You hold no role yet" in text
    assert "Nobody holds a role that shows anything about you" in text


def test_show_shows_when_a_role_ends(client):
    user = UserFactory.create()
    GrantFactory.create(person=user.person, role=Role.TRUSTEE, ends_on=dt.date(2099, 1, 2))
    client.force_login(user)

    assert "2 Jan 2099" in client.get(SHOW).content.decode()


def at(verb, someone):
    return reverse(f"people:accounts-{verb}", args=[someone.pk])


def test_of_person_shows_the_state_of_a_sign_in(client, administrator):
    trust = administrator.person.trust
    without = PersonFactory.create(trust=trust)
    off = UserFactory.create(
        person__trust=trust, is_switched_on=False, last_login="2026-03-02T10:00Z"
    )

    assert "Open a sign-in" in client.get(at("of_person", without)).content.decode()
    assert "2 Mar 2026" in client.get(at("of_person", off.person)).content.decode()
    own = client.get(at("of_person", administrator.person)).content.decode()
    assert "last administrator who can sign in" in own


def test_open_account_sends_a_link_that_chooses_the_password(client, administrator):
    someone = PostFactory.create(academy__trust=administrator.person.trust).person

    wrong = client.post(at("open_account", someone), {"email": "nonsense"})
    answer = client.post(at("open_account", someone), {"email": "ann@ash.example"})
    link = re.search(r"http\S+", mail.outbox[0].body).group()
    fresh = type(client)()
    page = fresh.get(link, follow=True)
    typed = {"password1": PASSWORD, "password2": PASSWORD}
    fresh.post(page.redirect_chain[-1][0], typed)
    signed_in = fresh.post(SIGN_IN, {"login": "ann@ash.example", "password": PASSWORD})

    assert (wrong.status_code, answer.status_code, signed_in.status_code) == (422, 302, 302)
    assert mail.outbox[0].to == ["ann@ash.example"]
    assert PASSWORD not in mail.outbox[0].body


def test_switch_off_ends_open_sessions_on_the_very_next_request(client, administrator):
    academy = AcademyFactory.create(trust=administrator.person.trust)
    head = person(Role.HEADTEACHER, at=academy)
    browser = type(client)()
    browser.force_login(head)

    before = browser.get(SHOW).status_code
    client.post(at("switch_off", head.person))
    after = browser.get(SHOW)

    assert (before, after.status_code) == (200, 302)
    assert after.url.startswith(SIGN_IN)


def test_switch_on_lets_somebody_in_again(client, administrator):
    account = UserFactory.create(person__trust=administrator.person.trust, is_switched_on=False)

    assert client.post(at("switch_on", account.person)).status_code == 302
    account.refresh_from_db()
    assert account.is_switched_on


@pytest.mark.parametrize("verb", ["of_person", "open_account", "switch_off", "switch_on"])
def test_of_person_and_the_rest_are_not_found_in_another_trust(client, administrator, verb):
    url = at(verb, UserFactory.create().person)

    assert client.get(url).status_code in {404, 405}
    assert client.post(url, {"email": "a@ash.example"}).status_code in {404, 405}


def test_switch_off_is_not_found_for_somebody_without_a_sign_in(client, administrator):
    someone = PersonFactory.create(trust=administrator.person.trust)

    assert client.post(at("switch_off", someone)).status_code == 404


def test_signing_in_says_the_same_for_a_wrong_password_and_an_unknown_address(client):
    account = person(Role.STAFF, at=TrustFactory.create())
    account.set_password(PASSWORD)
    account.save()

    def refused(email):
        text = client.post(SIGN_IN, {"login": email, "password": "wrong"}).content.decode()
        return re.sub(r'value="[^"]*"', "", text).replace(email, "")

    assert refused(account.email) == refused("nobody@ash.example")
    assert client.post(SIGN_IN, {"login": account.email, "password": PASSWORD}).status_code == 302


def test_resetting_a_password_says_the_same_for_anybody_and_writes_only_to_accounts(client):
    account = grant(UserFactory.create(), Role.STAFF, at=AcademyFactory.create()).person.user

    answers = [client.post(RESET, {"email": email}) for email in (account.email, "no@ash.example")]

    assert [(answer.status_code, answer.url) for answer in answers] == [
        (302, f"{RESET}sent/"),
        (302, f"{RESET}sent/"),
    ]
    assert [message.to for message in mail.outbox] == [[account.email]]


@pytest.mark.parametrize("path", ["sign-up/", "signup/", "email/"])
def test_nobody_signs_up_by_themselves(client, path):
    assert client.get(f"/people/{path}").status_code == 404


def test_the_password_is_checked_by_length_and_never_stored_as_typed():
    account = User.objects.create_user("ann@ash.example", PASSWORD, person=PersonFactory.create())

    assert PASSWORD not in account.password
    assert account.check_password(PASSWORD)
    assert str(account) == "ann@ash.example"
