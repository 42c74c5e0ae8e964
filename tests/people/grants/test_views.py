import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

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
from trigpoint.people.grants import queries
from trigpoint.people.grants.models import Grant
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
INDEX, GIVE, MATRIX = "/people/grants/", "/people/grants/give/", "/people/roles/"


@pytest.fixture
def administrator(client):
    user = person(Role.ADMINISTRATOR, at=TrustFactory.create())
    client.force_login(user)
    return user


def named(trust, name, **place):
    return GrantFactory.create(person=PersonFactory.create(trust=trust, name=name), **place)


def test_index_lists_roles_of_the_trust_and_narrows_them(client, administrator):
    trust = administrator.person.trust
    academy = AcademyFactory.create(trust=trust, name="Ash Primary")
    named(trust, "Ann Ash", academy=academy, role=Role.HEADTEACHER)
    named(trust, "Ben Birch", team=TeamFactory.create(academy=academy), role=Role.TEAM_LEADER)
    named(trust, "Cy Cedar", role=Role.TRUSTEE, starts_on="2098-01-01")
    named(trust, "Di Dogwood", role=Role.TRUSTEE, ended_on="2024-01-01")
    named(TrustFactory.create(), "Foreign Fir")

    def shown(**query):
        text = client.get(INDEX, query).content.decode()
        names = ("Ann Ash", "Ben Birch", "Cy Cedar", "Di Dogwood", "Foreign Fir")
        return {name.split()[0] for name in names if name in text}

    assert shown() == {"Ann", "Ben", "Cy"}
    assert shown(academy=academy.pk) == {"Ann", "Ben"}
    assert shown(role="TRUSTEE") == {"Cy"}
    assert shown(name="birch") == {"Ben"}
    assert shown(ended="on") == {"Di"}
    assert shown(role="TRUSTEE", name="Ann") == set()
    assert shown(academy=uuid.uuid4()) == {"Ann", "Ben", "Cy"}


def test_index_of_a_head_is_their_academy_without_what_ended(client):
    academy = AcademyFactory.create()
    client.force_login(person(Role.HEADTEACHER, at=academy))
    named(academy.trust, "Ann Ash", academy=academy)
    named(academy.trust, "Trust Tree")

    text = client.get(INDEX, {"ended": "on"}).content.decode()

    assert "Ann Ash" in text
    assert "Trust Tree" not in text
    assert "Give a role" not in text


def test_index_costs_the_same_for_any_number_of_roles(administrator, assert_flat):
    team = TeamFactory.create(academy__trust=administrator.person.trust)

    assert_flat(
        INDEX,
        add_row=lambda: named(team.trust, "Ann", team=team, granted_by=administrator.person),
        at_most=10,
    )


def answers(someone, **more):
    return {
        "person": someone.pk,
        "role": Role.HEADTEACHER,
        "starts_on": timezone.localdate().isoformat(),
        "reason": "New head",
    } | more


def test_give_makes_a_role_and_refuses_what_makes_no_sense(client, administrator):
    academy = AcademyFactory.create(trust=administrator.person.trust)
    ClusterFactory.create(trust=academy.trust)
    TeamFactory.create(academy=academy)
    someone = PersonFactory.create(trust=academy.trust)

    form = client.get(GIVE, {"person": someone.pk})
    nowhere = client.post(GIVE, answers(someone, where="trust"))
    given = client.post(GIVE, answers(someone, where=f"academy:{academy.pk}"))
    again = client.post(GIVE, answers(someone, where=f"academy:{academy.pk}"))

    assert form.status_code == 200
    assert "at an academy, not across the trust" in nowhere.content.decode()
    assert (nowhere.status_code, given.status_code, again.status_code) == (422, 302, 409)
    assert someone.grants.get().academy == academy


def test_give_tells_people_of_one_name_apart(client, administrator):
    ash = AcademyFactory.create(trust=administrator.person.trust, name="Ash Primary")
    teacher, assistant = (
        PersonFactory.create(trust=ash.trust, name="Chidi Rahman") for _ in range(2)
    )
    PostFactory.create(person=teacher, academy=ash, title="Teacher of science")
    PostFactory.create(person=assistant, academy=ash, title="Cook", ends_on=dt.date(2020, 7, 1))
    PostFactory.create(person=assistant, academy=ash, title="Teaching assistant")

    page = client.get(GIVE).content.decode()

    assert "Chidi Rahman, Teacher of science, Ash Primary" in page
    assert "Chidi Rahman, Teaching assistant, Ash Primary" in page
    assert "Cook" not in page


def test_give_says_who_else_gives_one_a_role(client, administrator):
    refused = client.post(GIVE, answers(administrator.person, where="trust", role="QA_LEAD"))

    assert refused.status_code == 409
    assert "Ask another administrator to give it to you" in refused.content.decode()
    assert administrator.person.grants.count() == 1


def test_give_refuses_ids_of_another_trust_in_every_field(client, administrator):
    """A payload that names somebody else's person, place or review is an answer nobody offered."""
    own = PersonFactory.create(trust=administrator.person.trust)
    foreign = AcademyFactory.create()
    payloads = [
        answers(PersonFactory.create(trust=foreign.trust), where="trust", role=Role.DPO),
        answers(own, where=f"academy:{foreign.pk}"),
        answers(own, where=f"team:{TeamFactory.create(academy=foreign).pk}", role="TEAM_LEADER"),
        answers(own, where=f"cluster:{ClusterFactory.create().pk}"),
        answers(own, where=f"review:{uuid.uuid4()}", role="REVIEWER", ends_on="2099-01-01"),
    ]
    before = Grant.objects.count()

    assert {client.post(GIVE, payload).status_code for payload in payloads} == {422}
    assert Grant.objects.count() == before


def test_give_offers_the_reviews_that_the_area_above_offers(client, administrator, monkeypatch):
    review = uuid.uuid4()
    monkeypatch.setattr(queries, "_reviews", [])
    assert "Deep dive" not in client.get(GIVE).content.decode()
    queries.system_offer_reviews(lambda _: [(review, "Deep dive at Ash")])
    someone = PersonFactory.create(trust=administrator.person.trust)

    payload = answers(someone, where=f"review:{review}", role="REVIEWER", ends_on="2099-01-01")

    assert "Deep dive at Ash" in client.get(GIVE).content.decode()
    assert client.post(GIVE, payload).status_code == 302
    assert someone.grants.get().review_id == review


@pytest.mark.parametrize("role", [Role.QA_LEAD, Role.HEADTEACHER, Role.DPO, Role.STAFF])
def test_give_is_for_administrators(client, role):
    client.force_login(person(role, at=TrustFactory.create()))

    assert client.get(GIVE).status_code == 403


def test_end_takes_effect_on_the_very_next_request(client, administrator):
    """A session that stands open loses what the role opened, the moment the role ends."""
    academy = AcademyFactory.create(trust=administrator.person.trust)
    head = person(Role.HEADTEACHER, at=academy)
    other_browser = type(client)()
    other_browser.force_login(head)
    page = f"/people/staff/{PostFactory.create(academy=academy).person.pk}/"
    url = reverse("people:grants-end", args=[head.person.grants.get().pk])

    before = other_browser.get(page).status_code
    asked = client.get(url)
    ended = client.post(url)
    after = other_browser.get(page).status_code

    assert "End this role?" in asked.content.decode()
    assert (before, ended.status_code, after) == (200, 302, 403)


def test_end_of_the_last_administrator_is_blocked_and_refused(client, administrator):
    url = reverse("people:grants-end", args=[administrator.person.grants.get().pk])

    asked, answer = client.get(url), client.post(url)

    assert "Give somebody else the role first" in asked.content.decode()
    assert answer.status_code == 409
    assert client.get(INDEX).status_code == 200


def test_end_is_not_found_for_another_trusts_role(client, administrator):
    url = reverse("people:grants-end", args=[GrantFactory.create().pk])

    assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


def test_of_person_lists_roles_and_says_when_there_is_none(client, administrator):
    trust = administrator.person.trust
    user = UserFactory.create(person__trust=trust)
    url = reverse("people:grants-of_person", args=[user.person.pk])

    empty = client.get(url).content.decode()
    GrantFactory.create(person=user.person, role=Role.TRUSTEE, ends_on=dt.date(2099, 1, 1))
    grant(user, Role.DPO, at=trust)
    text = client.get(url, headers={"HX-Request": "true"}).content.decode()

    assert "No role yet" in empty
    assert "Trustee or governor" in text
    assert "Data-protection officer" in text
    assert "<html" not in text


def test_matrix_shows_every_role_and_marks_ones_own(client):
    client.force_login(person(Role.STAFF, at=TrustFactory.create()))

    text = client.get(MATRIX).content.decode()

    assert all(role.label in text for role in Role)
    assert text.count("Yours") == 1
