import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    StaffImportFactory,
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


def test_upload_then_preview_then_confirm(client, administrator):
    preview = client.post(UPLOAD, sent(GOOD), follow=True)
    upload = StaffImport.objects.get()
    before = Person.objects.filter(staff_number="A1").exists()
    report = client.post(reverse("people:staff_lists-confirm", args=[upload.pk]), follow=True)

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
    url = reverse("people:staff_lists-preview", args=[upload.pk])

    assert "Ann Ash" in client.get(url, {"only": "CREATE"}).content.decode()
    assert "No such row" in client.get(url, {"only": "REFUSED"}).content.decode()


def test_confirm_twice_is_refused_with_a_sentence(client, administrator):
    upload = StaffImportFactory.create(trust=administrator.person.trust)
    url = reverse("people:staff_lists-confirm", args=[upload.pk])

    assert client.post(url).status_code == 302
    assert "brought in already" in client.post(url).content.decode()


@pytest.mark.parametrize("verb", ["preview", "confirm"])
def test_preview_and_confirm_are_not_found_in_another_trust(client, administrator, verb):
    url = reverse(f"people:staff_lists-{verb}", args=[StaffImportFactory.create().pk])

    assert client.post(url).status_code in {404, 405}
    assert client.get(url).status_code in {404, 405}
