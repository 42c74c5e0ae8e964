import datetime as dt
import resource

import pytest

from tests.evidence.attachments.test_rules import PDF, photo
from tests.factories import EvidenceRecordFactory, person
from trigpoint.evidence.attachments import operations
from trigpoint.evidence.attachments.operations import Minted
from trigpoint.evidence.models import Attachment
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused

ON_DISK = "django.core.files.storage.FileSystemStorage"

pytestmark = pytest.mark.django_db
AT = dt.datetime(2025, 11, 12, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def record():
    return EvidenceRecordFactory.create()


@pytest.fixture
def author(record):
    user = person(Role.REVIEWER, at=record.trust)
    record.author = user.person
    record.save()
    return user


def attach(record, author, data, name="book.png"):
    return operations.attach(record=record, name=name, data=data, by=author, at=AT)


def test_attach_keeps_a_photo_once(record, author):
    first = attach(record, author, photo())
    again = attach(record, author, photo(), name="other.png")

    assert first == again == Attachment.objects.get()
    assert (first.name, first.media_type) == ("book.jpg", "image/jpeg")
    assert first.file.name.startswith("evidence/")
    assert str(first.pk) in first.file.name
    assert HistoryEntry.objects.get(subject_id=record.pk).verb == "attached"


def test_attach_keeps_a_pdf(record, author):
    kept = attach(record, author, PDF, name="scheme of work")

    assert (kept.name, kept.size_bytes) == ("scheme of work.pdf", len(PDF))


def test_attach_is_for_the_author(record, author):
    other = person(Role.QA_LEAD, at=record.trust)

    with pytest.raises(Refused, match="Only its author"):
        attach(record, other, photo())


def test_attach_ends_when_the_record_is_shared(author, record):
    shared = EvidenceRecordFactory.create(shared=True, review=record.review, author=author.person)

    with pytest.raises(Refused, match="its words are settled"):
        attach(shared, author, photo())


def test_attach_leaves_nothing_behind_where_the_disk_is_full(author, record, settings, tmp_path):
    kept_in = {"BACKEND": ON_DISK, "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": kept_in}
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)

    resource.setrlimit(resource.RLIMIT_FSIZE, (16, allowed[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            attach(record, author, PDF)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, allowed)

    assert [found for found in tmp_path.rglob("*") if found.is_file()] == []


def ask_for_photos(record):
    asked = [
        {"key": "books", "type": "photo", "label": "Books"},
        {"key": "walls", "type": "photo", "label": "Walls"},
        {"key": "aim", "type": "short_text"},
    ]
    record.instrument_version.content = {"sections": [{"title": "Part", "questions": asked}]}
    record.instrument_version.save()


def test_attach_keeps_a_photo_once_for_each_question_it_answers(
    record, author, django_capture_on_commit_callbacks
):
    ask_for_photos(record)
    facts = {"record": record, "name": "a.png", "data": photo(), "by": author, "at": AT}
    answering = ["books", "walls", "", "walls"]

    kept = [operations.attach(**facts, minted=Minted(question=it)) for it in answering]
    with django_capture_on_commit_callbacks(execute=True):
        operations.remove(attachment=kept[0], by=author)

    assert kept[1] == kept[3]
    left = Attachment.objects.order_by("question")
    assert [it.question for it in left] == ["", "walls"]
    assert all(it.file.storage.exists(it.file.name) for it in left)


def test_attach_for_a_question_that_asks_for_photos(record, author):
    ask_for_photos(record)
    facts = {"record": record, "name": "a.png", "data": photo(), "by": author, "at": AT}

    with pytest.raises(Refused, match="asks for no photos there"):
        operations.attach(**facts, minted=Minted(question="aim"))
    assert operations.attach(**facts, minted=Minted(question="books")).question == "books"
