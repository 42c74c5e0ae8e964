import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    EvidenceImportFactory,
    ImportedRowFactory,
    InstrumentVersionFactory,
    TrustFactory,
    person,
)
from trigpoint.evidence.models import EvidenceImport, EvidenceRecord
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
INDEX, UPLOAD = "/evidence/imports/", "/evidence/imports/upload/"
FILE = "School,Date,Comments,Shoes\nHill,2024-11-12,Calm,39\nNowhere,2024-11-12,Calm,40\n"


@pytest.fixture
def lead(client):
    user = person(Role.QA_LEAD, at=TrustFactory.create())
    client.force_login(user)
    AcademyFactory.create(trust=user.person.trust, name="Hill")
    InstrumentVersionFactory.create(
        instrument__trust=user.person.trust,
        instrument__kind="LESSON_VISIT",
        status="PUBLISHED",
        published_on="2024-01-01",
    )
    return user


def at(verb, upload):
    return reverse(f"evidence:imports-{verb}", args=[upload.pk])


def sent(client, text=FILE):
    client.post(UPLOAD, {"file": SimpleUploadedFile("visits.csv", text.encode())})
    return EvidenceImport.objects.get()


def matched(client, upload):
    page = client.get(at("match", upload))
    form = page.context["form"]
    return client.post(
        at("match", upload),
        {name: form[name].initial for name in form.names} | {"kind": "LESSON_VISIT"},
        follow=True,
    )


def test_upload_then_match_then_preview_then_confirm_then_undo(client, lead):
    upload = sent(client)
    preview = matched(client, upload).content.decode()
    refused = client.post(at("confirm", upload))
    client.post(at("confirm", upload), {"leave_out": "1"})
    brought_in = list(EvidenceRecord.objects.values_list("imported_from", flat=True))
    report = client.get(at("preview", upload)).content.decode()
    asked = client.get(at("undo", upload)).content.decode()
    undone = client.post(at("undo", upload), follow=True).content.decode()

    assert "There is no academy called Nowhere" in preview
    assert '<td data-label="Academy">Hill</td>' in preview
    assert '<td data-label="Academy">Hill</td>' in report
    assert "Leave out the 1 with a problem" in preview
    assert (refused.status_code, brought_in) == (409, ["visits.csv, row 2"])
    assert "Undo the whole import" in report
    assert "1 record of visits.csv is deleted" in asked
    assert "Its records were taken out" in undone
    assert not EvidenceRecord.objects.exists()


def test_match_shows_cells_and_keeps_what_was_chosen_when_refused(client, lead):
    upload = sent(client)

    page = client.get(at("match", upload)).content.decode()
    refused = client.post(
        at("match", upload),
        {"column-0": "academy", "kind": "LESSON_VISIT"} | {f"column-{n}": "-" for n in (1, 2, 3)},
    )

    assert "39 · 40" in page
    assert refused.status_code == 409
    assert "Day it was seen" in refused.content.decode()


def test_preview_can_be_narrowed_to_problems(client, lead):
    upload = sent(client)
    matched(client, upload)

    rows = client.get(at("preview", upload), {"only": "REFUSED"}).context["rows"]

    assert [row["number"] for row in rows] == [3]


def test_confirm_and_undo_answer_a_stranger_as_if_there_were_nothing(client, lead):
    foreign = EvidenceImportFactory.create(confirmed=True)

    for verb in ("preview", "match"):
        assert client.get(at(verb, foreign)).status_code == 404
    for verb in ("confirm", "undo"):
        assert client.post(at(verb, foreign)).status_code == 404


def test_undo_before_anything_was_brought_in_is_refused(client, lead):
    upload = EvidenceImportFactory.create(trust=lead.person.trust)

    assert client.post(at("undo", upload)).status_code == 409


def test_undo_says_why_it_is_too_late(client, lead):
    row = ImportedRowFactory.create(
        upload__trust=lead.person.trust,
        record__review__academy__trust=lead.person.trust,
        record__shared=True,
    )

    page = client.get(at("preview", row.upload)).content.decode()

    assert "can no longer be undone" in page
    assert "is shared" in page


def test_upload_refuses_a_file_with_a_sentence(client, lead):
    answer = client.post(UPLOAD, {"file": SimpleUploadedFile("a.csv", b"<!doctype html>")})

    assert answer.status_code == 409
    assert "is a web page" in answer.content.decode()
    assert client.post(UPLOAD, {}).status_code == 422


def test_index_costs_the_same_for_any_number_of_imports(client, lead, assert_flat):
    assert_flat(
        INDEX,
        add_row=lambda: EvidenceImportFactory.create(trust=lead.person.trust),
        at_most=9,
    )


def test_index_counts_rows_without_reading_them(client, lead):
    matched(client, sent(client))

    with CaptureQueriesContext(connection) as asked:
        page = client.get(INDEX).content.decode()

    assert [page.count(f'data-label="{label}">1</td>') for label in ("New", "Problems")] == [1, 1]
    assert not [it for it in asked if '"evidence_evidenceimport"."rows"' in it["sql"]]


def test_index_is_not_for_reviewers(client, lead):
    client.force_login(person(Role.REVIEWER, at=lead.person.trust))

    assert client.get(INDEX).status_code == 403
