import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    PersonFactory,
    PostFactory,
    TeamFactory,
    TrustFactory,
    person,
)
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
INDEX, UPLOAD = "/people/staff/", "/people/staff/upload/"
GOOD = "Name,Staff number,Academy,Job title,Shoes,Password\nAnn Ash,A1,Central,Teacher,39,hunter2\n"
OPEN = "Name,Staff number,Academy,Job title,Start date\nAnn Ash,A1,Central,Teacher,03/04/2026\n"


@pytest.fixture
def administrator(client):
    user = person(Role.ADMINISTRATOR, at=TrustFactory.create())
    client.force_login(user)
    return user


def sent(text, **more):
    return {"file": SimpleUploadedFile("staff.csv", text.encode()), **more}


def test_index_lists_ones_own_staff_and_narrows_them(client, administrator):
    academy = AcademyFactory.create(trust=administrator.person.trust)
    PostFactory.create(academy=academy, person__name="Ann Ash", ends_on="2099-01-01")
    PersonFactory.create(trust=academy.trust, name="Ben Birch")
    PersonFactory.create(trust=academy.trust, name="Cy Cedar", left_on="2024-01-01")
    PostFactory.create(person__name="Foreign Fir")

    def shown(**query):
        text = client.get(INDEX, query).content.decode()
        names = ("Ann Ash", "Ben Birch", "Cy Cedar", "Foreign Fir")
        return {name.split()[0] for name in names if name in text}

    assert shown() == {"Ann", "Ben"}
    assert shown(name="birch") == {"Ben"}
    assert shown(academy=academy.pk) == {"Ann"}
    assert shown(left="on") == {"Cy"}
    assert shown(name="nobody") == set()


def test_index_of_a_head_is_their_academy_and_of_a_team_leader_their_team(client):
    team = TeamFactory.create()
    PostFactory.create(academy=team.academy, person__name="Ann Ash")
    PostFactory.create(academy=team.academy, team=team, person__name="Ben Birch")
    PostFactory.create(academy__trust=team.trust, person__name="Cy Cedar")

    client.force_login(person(Role.HEADTEACHER, at=team.academy))
    head = client.get(INDEX).content.decode()
    client.force_login(person(Role.TEAM_LEADER, at=team))
    leader = client.get(INDEX, {"name": "nobody"}).content.decode()
    leaders = client.get(INDEX).content.decode()

    assert ("Ann Ash" in head, "Ben Birch" in head, "Cy Cedar" in head) == (True, True, False)
    assert ("Ann Ash" in leaders, "Ben Birch" in leaders) == (False, True)
    assert "ask your administrator" in leader


@pytest.mark.parametrize("role", [Role.TRUSTEE, Role.STAFF, Role.DPO])
def test_index_is_not_for_those_who_see_no_names(client, role):
    client.force_login(person(role, at=TrustFactory.create()))

    assert client.get(INDEX).status_code == 403


def test_index_costs_the_same_for_any_number_of_people(administrator, assert_flat):
    team = TeamFactory.create(academy__trust=administrator.person.trust)

    assert_flat(
        INDEX, add_row=lambda: PostFactory.create(academy=team.academy, team=team), at_most=10
    )


def test_show_says_who_somebody_is_and_offers_the_panels(client, administrator):
    team = TeamFactory.create(academy__trust=administrator.person.trust)
    post = PostFactory.create(
        academy=team.academy, team=team, title="Head of Art", subject="Art", key_stage="KS3",
        starts_on="2020-09-01", ends_on="2099-08-31",
    )  # fmt: skip
    alone = PersonFactory.create(trust=team.trust, left_on="2024-01-01")

    text = client.get(reverse("people:staff-show", args=[post.person.pk])).content.decode()
    empty = client.get(reverse("people:staff-show", args=[alone.pk])).content.decode()

    assert "Head of Art" in text
    assert reverse("people:grants-of_person", args=[post.person.pk]) in text
    assert reverse("people:accounts-of_person", args=[post.person.pk]) in text
    assert "No post." in empty


def test_show_is_not_found_in_another_trust(client, administrator):
    url = reverse("people:staff-show", args=[PostFactory.create().person.pk])

    assert client.get(url).status_code == 404
