import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import AcademyFactory, ImportRunFactory, TrustFactory, person
from tests.trusts.gias import register
from trigpoint.people.roles import Role
from trigpoint.records import tables
from trigpoint.trusts.gias.models import ImportRun
from trigpoint.trusts.models import Academy

pytestmark = pytest.mark.django_db
UPLOAD = "/trusts/import/"


@pytest.fixture
def trust(client):
    trust = TrustFactory.create(name="Ash")
    client.force_login(person(Role.ADMINISTRATOR, at=trust))
    return trust


def sent(groups=None, links=None, places=None):
    files = {"groups": groups or register.groups(), "links": links or register.links()}
    if places:
        files["places"] = places
    return {name: SimpleUploadedFile(f"{name}.csv", data) for name, data in files.items()}


def at(verb, run):
    return reverse(f"trusts:gias-{verb}", args=[run.pk])


@pytest.mark.parametrize("role", [Role.QA_LEAD, Role.HEADTEACHER, Role.TRUSTEE, Role.STAFF])
def test_upload_is_for_administrators(client, role):
    client.force_login(person(role, at=TrustFactory.create()))

    assert client.get(UPLOAD).status_code == 403


def test_upload_then_choose_then_preview_then_confirm(client, trust):
    """The whole way through, as a person does it."""
    answer = client.post(UPLOAD, sent(places=register.places()), follow=True)
    run = ImportRun.objects.get()
    listed = answer.content.decode()
    preview = client.post(at("choose", run), {"group_uid": register.ASH}, follow=True)
    saved_by_then = Academy.objects.count()
    asked = client.post(at("confirm", run))
    report = client.post(at("confirm", run), {"is_ours": "on"}, follow=True).content.decode()

    assert asked.status_code == 422
    assert "academies of ASH TRUST (Group UID 4119), and here is Ash." in preview.content.decode()
    assert "Tick that this is your trust" in asked.content.decode()
    assert "ASH TRUST" in listed
    assert "OLD ASH TRUST" in listed
    assert "Special" not in listed
    assert saved_by_then == 0
    assert "New to the trust." in preview.content.decode()
    assert "Academies imported" in report
    assert set(trust_academies(trust)) == {"Ash Primary", "Ash School"}


def trust_academies(trust):
    return Academy.objects.filter(trust=trust).values_list("name", flat=True)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        pytest.param({"groups": b"\x89PNG\x00"}, "is not a CSV file", id="a picture"),
        pytest.param({"groups": b"PK\x03\x04"}, "is a spreadsheet or zip file", id="a workbook"),
        pytest.param({"links": register.groups()}, "has no column called “URN”", id="wrong file"),
        pytest.param({"places": b"URN\n1"}, "“EstablishmentName”", id="no names"),
    ],
)
def test_upload_refuses_a_faulty_file_beside_its_field(client, trust, files, words):
    answer = client.post(UPLOAD, sent(**files))

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_upload_refuses_nothing_and_too_much(client, trust, monkeypatch):
    assert "Choose the groups file" in client.post(UPLOAD, {"sent": "1"}).content.decode()

    monkeypatch.setattr(tables, "MAX_BYTES", 10)
    assert "larger than 20 MB" in client.post(UPLOAD, sent()).content.decode()


def test_upload_is_blocked_for_an_administrator_of_one_academy(client):
    client.force_login(person(Role.ADMINISTRATOR, at=AcademyFactory.create()))

    assert "administrator of the whole trust" in client.get(UPLOAD).content.decode()
    assert client.post(UPLOAD, sent()).status_code == 409


@pytest.mark.parametrize(
    ("q", "words"),
    [
        pytest.param(register.EMPTY, "ASH ACADEMIES", id="by number"),
        pytest.param("academies", "ASH ACADEMIES", id="by part of the name"),
        pytest.param("nobody", "No trust found", id="nothing"),
        pytest.param("", "OLD ASH TRUST", id="all of them"),
    ],
)
def test_choose_finds_trusts(client, trust, q, words):
    client.post(UPLOAD, sent())
    run = ImportRun.objects.get()

    assert words in client.get(at("choose", run), {"q": q}).content.decode()


def test_choose_asks_again_without_a_number_and_refuses_a_sponsor(client, trust):
    client.post(UPLOAD, sent())
    url = at("choose", ImportRun.objects.get())

    assert client.post(url, {"sent": "1"}).status_code == 422
    refused = client.post(url, {"group_uid": register.SPONSOR})
    assert refused.status_code == 409
    assert "a school sponsor, not an academy trust" in refused.content.decode()


def test_choose_after_confirming_leads_to_the_report_and_refuses_in_words(client, trust):
    run = ImportRunFactory.create(trust=trust, previewed=True)
    client.post(at("confirm", run), {"is_ours": "on"})

    assert client.get(at("choose", run)).url == at("preview", run)
    again = client.post(at("choose", run), {"group_uid": register.ASH})
    assert "imported already" in again.content.decode()


def test_preview_shows_rows_with_their_problem_and_academies_that_are_not_listed(client, trust):
    AcademyFactory.create(trust=trust, name="Left Us School")
    client.post(UPLOAD, sent(links=register.links(register.link("136OO3"))))
    run = ImportRun.objects.get()

    text = client.post(at("choose", run), {"group_uid": register.ASH}, follow=True).content.decode()

    assert "“136OO3” is not a URN" in text
    assert "Left Us School" in text


def test_preview_of_a_trust_with_no_academy_says_so(client, trust):
    client.post(UPLOAD, sent())
    run = ImportRun.objects.get()

    text = client.get(at("preview", run)).content.decode()
    chosen = client.post(at("choose", run), {"group_uid": register.EMPTY}, follow=True)

    assert "Choose the trust first" in text
    assert "lists no academy" in chosen.content.decode()


def test_confirm_twice_is_refused_with_a_sentence(client, trust):
    run = ImportRunFactory.create(trust=trust, previewed=True)

    assert client.post(at("confirm", run), {"is_ours": "on"}).status_code == 302
    again = client.post(at("confirm", run))

    assert again.status_code == 409
    assert "imported already" in again.content.decode()


@pytest.mark.parametrize("verb", ["choose", "preview", "confirm"])
def test_preview_and_the_rest_are_not_found_in_another_trust(client, trust, verb):
    run = ImportRunFactory.create(previewed=True)

    assert client.post(at(verb, run)).status_code in {404, 405}
    assert client.get(at(verb, run)).status_code in {404, 405}
