import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    PersonFactory,
    PostFactory,
    StaffImportFactory,
    TeamFactory,
    TrustFactory,
    person,
)
from trigpoint.people.models import Person, StaffImport
from trigpoint.people.roles import Role
from trigpoint.records import tables

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


def test_upload_then_preview_then_confirm(client, administrator):
    preview = client.post(UPLOAD, sent(GOOD), follow=True)
    upload = StaffImport.objects.get()
    before = Person.objects.filter(staff_number="A1").exists()
    report = client.post(reverse("people:staff-confirm", args=[upload.pk]), follow=True)

    assert "A password column was left out" in preview.content.decode()
    assert "Shoes" in preview.content.decode()
    assert "hunter2" not in preview.content.decode()
    assert not before
    assert "Staff brought in" in report.content.decode()
    assert Person.objects.get(staff_number="A1").trust == administrator.person.trust


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("100006,2000.0\n", "may have no headings", id="no header"),
        pytest.param("<!doctype html>", "is a web page", id="a web page"),
        pytest.param("Name,E-mail\n", "no column for the academy", id="columns missing"),
    ],
)
def test_upload_refuses_a_file_with_a_sentence(client, administrator, text, words):
    answer = client.post(UPLOAD, sent(text))

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_upload_asks_for_the_order_of_days(client, administrator):
    asked = client.post(UPLOAD, sent(OPEN))
    told = client.post(UPLOAD, sent(OPEN, order="MDY"))

    assert "could be read both ways" in asked.content.decode()
    assert (asked.status_code, told.status_code) == (422, 302)
    assert StaffImport.objects.get().rows[0]["facts"]["post"]["starts_on"] == "2026-03-04"


def test_upload_refuses_nothing_and_too_much(client, administrator, monkeypatch):
    assert "Choose a file" in client.post(UPLOAD, {"order": ""}).content.decode()

    monkeypatch.setattr(tables, "MAX_BYTES", 10)
    assert "larger than 20 MB" in client.post(UPLOAD, sent(GOOD)).content.decode()


def test_upload_is_blocked_for_an_administrator_of_one_academy(client):
    client.force_login(person(Role.ADMINISTRATOR, at=AcademyFactory.create()))

    assert "administrator of the whole trust" in client.get(UPLOAD).content.decode()
    assert client.post(UPLOAD, sent(GOOD)).status_code == 409


def test_preview_shows_only_the_rows_asked_for(client, administrator):
    upload = StaffImportFactory.create(trust=administrator.person.trust)
    url = reverse("people:staff-preview", args=[upload.pk])

    assert "Ann Ash" in client.get(url, {"only": "CREATE"}).content.decode()
    assert "No such row" in client.get(url, {"only": "REFUSED"}).content.decode()


def test_confirm_twice_is_refused_with_a_sentence(client, administrator):
    upload = StaffImportFactory.create(trust=administrator.person.trust)
    url = reverse("people:staff-confirm", args=[upload.pk])

    assert client.post(url).status_code == 302
    assert "brought in already" in client.post(url).content.decode()


@pytest.mark.parametrize("verb", ["preview", "confirm"])
def test_preview_and_confirm_are_not_found_in_another_trust(client, administrator, verb):
    url = reverse(f"people:staff-{verb}", args=[StaffImportFactory.create().pk])

    assert client.post(url).status_code in {404, 405}
    assert client.get(url).status_code in {404, 405}
