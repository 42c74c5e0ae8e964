"""A device sends a file piece by piece, is cut off, repeats itself, and is answered each time."""

import hashlib
import json
import random
from io import BytesIO
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.urls import reverse
from PIL import Image

from tests.evidence.attachments.test_rules import PDF
from tests.factories import ActivityFactory, EvidenceRecordFactory, person
from trigpoint.evidence.attachments.rules import LARGEST, MOST_FILES
from trigpoint.evidence.models import Attachment, EvidenceRecord, UploadPart
from trigpoint.evidence.uploads import rules
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


def noise(side=200):
    """Draw a photo that no compression makes small."""
    drawn = BytesIO()
    dots = random.Random(side).randbytes(side * side * 3)  # noqa: S311 -- the same photo each time
    Image.frombytes("RGB", (side, side), dots).save(drawn, "JPEG", quality=90)
    return drawn.getvalue()


PHOTO = noise()


class Device:
    """Sends one file of one record; remembers nothing but what it was told."""

    def __init__(self, client, record_id, data=PHOTO, upload_id=None, **said):
        self.client, self.data = client, data
        self.upload_id = upload_id or uuid4()
        self.where = reverse("api:uploads-file", args=[record_id, self.upload_id])
        sha256 = hashlib.sha256(data).hexdigest()
        self.said = {"name": "book.jpg", "size": len(data), "sha256": sha256} | said

    def send(self, at, until=None, data=None, **headers):
        """Send the bytes from one place to another."""
        piece = self.data[at:until] if data is None else data
        address = f"{self.where}?{urlencode(self.said | {'at': at})}"
        return self.client.put(address, piece, content_type="application/octet-stream", **headers)

    def far(self):
        """Ask how far the file has come."""
        return self.client.get(self.where).json()


@pytest.fixture
def record():
    return EvidenceRecordFactory.create()


@pytest.fixture
def author(client, record):
    user = person(Role.REVIEWER, at=record.trust)
    record.author = user.person
    record.save()
    client.force_login(user)
    return user


def said(answer):
    return answer.status_code, answer.json().get("received")


def test_receive_answers_each_piece_and_then_the_attachment(client, record, author):
    asked = {"key": "photo_of_book", "type": "photo", "label": "A book"}
    record.instrument_version.content = {"sections": [{"title": "Books", "questions": [asked]}]}
    record.instrument_version.save()
    device = Device(client, record.pk, question="photo_of_book")
    half = len(PHOTO) // 2

    assert said(device.send(0, half)) == (202, half)
    assert device.far() == {"received": half, "attachment_id": None}

    whole, again = device.send(half), device.send(half)

    assert (whole.status_code, again.status_code) == (201, 200)
    assert whole.json() == again.json()
    kept = Attachment.objects.get()
    assert whole.json() == {
        "attachment_id": str(device.upload_id),
        "received_sha256": device.said["sha256"],
        "size_bytes": kept.size_bytes,
    }
    assert (kept.pk, kept.record, kept.question) == (device.upload_id, record, "photo_of_book")
    assert (kept.name, kept.media_type) == ("book.jpg", "image/jpeg")
    assert hashlib.sha256(kept.file.read()).hexdigest() == kept.sha256
    assert device.far()["attachment_id"] == str(device.upload_id)
    assert not UploadPart.objects.exists()


@pytest.mark.parametrize("tenth", range(1, 10))
def test_receive_goes_on_where_a_photo_was_cut(client, record, author, tenth):
    device, cut = Device(client, record.pk), len(PHOTO) * tenth // 10

    device.send(0, cut)
    lost = device.send(0)  # it never heard, so it begins again with other borders
    going_on = device.send(device.far()["received"])

    assert said(lost) == (409, cut)
    assert f"up to byte {cut:,}" in lost.json()["detail"]
    assert going_on.status_code == 201
    assert Attachment.objects.get().received_sha256 == device.said["sha256"]
    assert not UploadPart.objects.exists()


def test_receive_of_the_same_piece_again_is_harmless_and_of_other_bytes_is_not_kept(
    client, record, author
):
    device = Device(client, record.pk)
    device.send(0, 100)
    device.send(100, 200)

    again = [said(device.send(*at)) for at in ((0, 100), (100, 200), (50, 150))]
    other = device.send(0, data=b"x" * 100)
    ahead = device.send(300, 400)

    assert again == [(202, 200)] * 3
    assert (said(other), said(ahead)) == ((409, 200), (409, 200))
    assert sum(UploadPart.objects.values_list("size_bytes", flat=True)) == 200


def test_receive_begins_again_when_the_bytes_are_not_those_promised(client, record, author):
    device = Device(client, record.pk, sha256="0" * 64)

    wrong = device.send(0)

    assert said(wrong) == (409, 0)
    assert wrong.json()["detail"] == rules.BROKEN
    assert (UploadPart.objects.count(), Attachment.objects.count()) == (0, 0)


def test_receive_of_a_file_that_is_here_under_another_id_needs_no_bytes(client, record, author):
    first, second = Device(client, record.pk), Device(client, record.pk)
    first.send(0)

    answer = second.send(0, 10)

    assert answer.status_code == 200
    assert answer.json()["attachment_id"] == str(first.upload_id)
    assert not UploadPart.objects.exists()


def test_receive_keeps_a_photo_for_each_question_it_answers(client, record, author):
    asked = [{"key": it, "type": "photo", "label": it.title()} for it in ("books", "walls")]
    record.instrument_version.content = {"sections": [{"title": "Part", "questions": asked}]}
    record.instrument_version.save()
    devices = [Device(client, record.pk, question=it) for it in ("books", "walls", "")]

    answers = [device.send(0) for device in devices]

    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert set(record.attachments.values_list("pk", "question")) == {
        (device.upload_id, device.said["question"]) for device in devices
    }


def test_receive_keeps_a_photo_its_form_no_longer_asks_for_with_the_record_as_a_whole(
    client, record, author
):
    asked = [{"key": "walls", "type": "photo", "label": "Walls"}]
    record.instrument_version.content = {"sections": [{"title": "Part", "questions": asked}]}
    record.instrument_version.save()
    taken = Device(client, record.pk, question="books")  # on the form as it was before
    half = len(PHOTO) // 2

    answers = [taken.send(0, half), taken.send(half), taken.send(half)]

    assert [answer.status_code for answer in answers] == [202, 201, 200]
    kept = record.attachments.get()
    assert (kept.pk, kept.question) == (taken.upload_id, "")


def test_receive_waits_until_the_note_is_there(client):
    activity = ActivityFactory.create()
    client.force_login(person(Role.REVIEWER, at=activity.trust))
    record_id = uuid4()
    device = Device(client, record_id)

    early = device.send(0)
    content = {"activity_id": str(activity.pk), "title": "Reading"}
    note = client.put(
        reverse("api:entries-save", args=[record_id]),
        json.dumps({"content": content}),
        content_type="application/json",
    )
    late = device.send(0)

    assert [one.status_code for one in (early, note, late)] == [404, 201, 201]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(b"MZ not a photo", "not a photo or a PDF", id="a program"),
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(PDF[:-6], "damaged", id="half a PDF"),
    ],
)
def test_receive_says_the_rules_own_sentence(client, record, author, data, sentence):
    device = Device(client, record.pk, data)

    answers = [device.send(0), device.send(0)]

    assert {answer.status_code for answer in answers} == {409}
    assert all(sentence in answer.json()["detail"] for answer in answers)
    assert answers[0].json().get("received") is None
    assert not Attachment.objects.exists()


def test_receive_refuses_a_file_that_would_be_too_large_with_its_first_piece(
    client, record, author
):
    answer = Device(client, record.pk, size=LARGEST + 1).send(0, 10)

    assert answer.status_code == 409
    assert "15 MB is the most" in answer.json()["detail"]
    assert not UploadPart.objects.exists()


def test_receive_refuses_more_than_was_announced(client, record, author):
    answer = Device(client, record.pk, size=10).send(0, 11)

    assert "More arrived" in answer.json()["detail"]


def test_receive_takes_one_whole_piece_and_refuses_a_larger_one_in_words(client, record, author):
    data = PDF[:-6] + b" " * (rules.LARGEST_PIECE - len(PDF)) + PDF[-6:]
    exact = Device(client, record.pk, data)
    above = Device(client, record.pk, data + b" ")

    answers = [above.send(0), exact.send(0)]

    assert [answer.status_code for answer in answers] == [413, 201]
    assert answers[0].json()["detail"] == rules.TOO_LARGE


def test_receive_of_more_than_a_request_may_hold_is_refused_unread(client, record, author):
    answer = Device(client, record.pk, b"0" * (26 * 1024 * 1024)).send(0)

    assert answer.status_code == 413


def test_receive_counts_files_on_their_way(client, record, author):
    for _ in range(MOST_FILES):
        UploadPart.objects.create(
            trust=record.trust, record=record, upload_id=uuid4(), starts_at=0, size_bytes=1,
            data=b"0",
        )  # fmt: skip

    answer = Device(client, record.pk).send(0)

    assert answer.status_code == 409
    assert f"holds {MOST_FILES} files" in answer.json()["detail"]


def test_receive_ends_with_sharing(client, author, record):
    shared = EvidenceRecordFactory.create(shared=True, review=record.review, author=author.person)

    answer = Device(client, shared.pk).send(0)

    assert answer.status_code == 409
    assert "its words are settled" in answer.json()["detail"]


def test_receive_into_a_strangers_record_is_answered_like_one_that_is_nowhere(
    client, record, author
):
    theirs = EvidenceRecordFactory.create(review=record.review, submitted=True)

    answers = [Device(client, pk).send(0) for pk in (theirs.pk, uuid4())]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()
    assert [client.get(Device(client, pk).where).status_code for pk in (theirs.pk, uuid4())] == [
        404,
        404,
    ]


def test_receive_takes_no_id_that_is_another_records_file(client, record, author):
    first = Device(client, record.pk)
    first.send(0)
    other = EvidenceRecordFactory.create(review=record.review, author=author.person)

    answer = Device(client, other.pk, upload_id=first.upload_id).send(0)

    assert answer.status_code == 404
    assert not UploadPart.objects.exists()


def test_receive_is_not_for_staff_and_not_anonymous(client, record):
    assert Device(client, record.pk).send(0).status_code == 401

    client.force_login(person(Role.STAFF, at=record.academy))

    assert Device(client, record.pk).send(0).status_code == 403


def test_receive_from_another_site_is_refused(record, author):
    from django.test import Client  # noqa: PLC0415 -- one that checks

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author)

    assert Device(strict, record.pk).send(0).status_code == 403
    strict.cookies["trigpoint-csrf"] = token = "a" * 32
    assert Device(strict, record.pk).send(0, HTTP_X_CSRFTOKEN=token).status_code == 201


def test_a_discarded_draft_takes_what_is_on_its_way_along(client, record, author):
    device = Device(client, record.pk)
    device.send(0, 100)

    client.delete(reverse("api:drafts-discard", args=[record.pk]))

    assert not EvidenceRecord.objects.filter(pk=record.pk).exists()
    assert not UploadPart.objects.exists()
    assert device.send(100).status_code == 404


def test_a_photo_taken_off_its_record_can_be_sent_again(client, record, author):
    device = Device(client, record.pk)
    device.send(0)
    client.post(reverse("evidence:attachments-remove", args=[device.upload_id]))

    assert device.send(0).status_code == 201
