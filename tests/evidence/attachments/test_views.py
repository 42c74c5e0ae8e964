import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.evidence.attachments.test_rules import photo
from tests.factories import AttachmentFactory, EvidenceRecordFactory, person
from trigpoint.evidence.models import Attachment, EvidenceRecord
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(client):
    made = EvidenceRecordFactory.create()
    author = person(Role.REVIEWER, at=made.trust)
    made.author = author.person
    made.save()
    client.force_login(author)
    return made


def upload(data, name="book.png"):
    return {"upload": SimpleUploadedFile(name, data, content_type="text/html")}


def address(record):
    return reverse("evidence:attachments-attach", args=[record.pk])


def test_attach_adds_and_goes_back(client, record):
    answer = client.post(address(record), upload(photo()))

    assert answer.url == reverse("evidence:entries-capture", args=[record.pk])
    assert "book.jpg" in client.get(address(record)).content.decode()


def test_attach_answers_a_script_with_the_list(client, record):
    answer = client.post(address(record), upload(photo()), headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert "book.jpg" in page
    assert "<html" not in page


def test_attach_lists_each_photo_with_the_question_it_answers(client, record):
    asked = [{"key": it, "type": "photo", "label": it.title()} for it in ("books", "walls")]
    record.instrument_version.content = {"sections": [{"title": "Part", "questions": asked}]}
    record.instrument_version.save()

    for question in ("books", "walls", "books"):
        client.post(address(record), upload(photo()) | {"question": question})

    for page in ("attachments-attach", "entries-capture", "entries-show"):
        drawn = client.get(reverse(f"evidence:{page}", args=[record.pk])).content.decode()
        assert (drawn.count("For “Books”"), drawn.count("For “Walls”")) == (1, 1)


def test_attach_says_what_is_wrong(client, record):
    assert client.post(address(record)).status_code == 422
    refused = client.post(address(record), upload(b"<script>alert(1)</script>", "photo.jpg"))

    assert refused.status_code == 409
    assert "not a photo or a PDF" in refused.content.decode()


def test_attach_tells_a_script_only_what_is_wrong(client, record):
    sent = upload(b"<script>alert(1)</script>", "photo.jpg")

    refused = client.post(address(record), sent, headers={"HX-Request": "true"})

    assert refused.status_code == 409
    assert "not a photo or a PDF" in refused.content.decode()
    assert "<" not in refused.content.decode()


def test_attach_to_somebody_elses_record_is_not_found(client, record):
    other = EvidenceRecordFactory.create(submitted=True, review=record.review)

    assert client.post(address(other), upload(photo())).status_code == 404


def test_download_is_an_attachment_nothing_can_run(client, record):
    client.post(address(record), upload(photo(), "../../<b>Year 4</b>.html"))
    url = reverse("evidence:attachments-download", args=[Attachment.objects.get().pk])

    answer = client.get(url)

    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.content.startswith(b"\xff\xd8")


def test_download_checks_who_asks_each_time(client, record):
    client.post(address(record), upload(photo()))
    url = reverse("evidence:attachments-download", args=[Attachment.objects.get().pk])
    assert client.get(url).status_code == 200

    client.force_login(person(Role.TRUSTEE, at=record.trust))

    assert client.get(url).status_code == 404


def test_download_of_a_file_that_is_gone_is_not_found(client, record):
    lost = AttachmentFactory.create(record=record, file="evidence/lost.jpg")

    url = reverse("evidence:attachments-download", args=[lost.pk])
    assert client.get(url).status_code == 404


def test_remove_asks_first_and_then_deletes_the_file(
    client, record, django_capture_on_commit_callbacks
):
    client.post(address(record), upload(photo()))
    attachment = Attachment.objects.get()
    url = reverse("evidence:attachments-remove", args=[attachment.pk])
    capture = client.get(reverse("evidence:entries-capture", args=[record.pk])).content.decode()
    asked = client.get(url).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(url)

    assert url in capture
    assert "Remove book.jpg?" in asked
    assert not Attachment.objects.exists()
    assert not attachment.file.storage.exists(attachment.file.name)


def test_remove_is_refused_once_the_record_is_submitted(client, record):
    attachment = AttachmentFactory.create(record=record)
    EvidenceRecord.objects.update(status="SUBMITTED", submitted_at=record.observed_at)
    url = reverse("evidence:attachments-remove", args=[attachment.pk])

    assert "its files stay with it" in client.get(url).content.decode()
    assert client.post(url).status_code == 409
    assert url not in client.get(address(record)).content.decode()


def test_remove_from_somebody_elses_record_is_not_found(client, record):
    other = AttachmentFactory.create(record__review=record.review, record__submitted=True)
    url = reverse("evidence:attachments-remove", args=[other.pk])

    assert client.post(url).status_code == 404
