"""However a file is cut, repeated and reordered, it ends as one attachment and no rest."""

import datetime as dt
import hashlib
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evidence.uploads.test_api import PHOTO
from tests.factories import EvidenceRecordFactory, UploadPartFactory, person
from tests.parallel import all_at_once
from trigpoint.evidence.models import Attachment, UploadPart
from trigpoint.evidence.uploads import operations, rules
from trigpoint.evidence.uploads.rules import Piece
from trigpoint.people.models import User
from trigpoint.people.roles import Role

AT = dt.datetime(2025, 11, 12, 12, 0, tzinfo=dt.UTC)


def own_record():
    record = EvidenceRecordFactory.create()
    user = person(Role.REVIEWER, at=record.trust)
    record.author = user.person
    record.save()
    return record, user


def piece(upload_id, at, until=None):
    sha256 = hashlib.sha256(PHOTO).hexdigest()
    return Piece(upload_id, "book.jpg", len(PHOTO), sha256, at, PHOTO[at:until])


@pytest.mark.django_db
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    lengths=st.lists(st.integers(1, len(PHOTO)), min_size=1, max_size=12),
    wild=st.lists(st.integers(0, len(PHOTO) - 1), max_size=4),
)
def test_receive_converges_however_it_is_cut_and_whatever_comes_between(lengths, wild):
    record, author = own_record()
    upload_id, here, turns = uuid4(), 0, iter(lengths * len(PHOTO))
    strays = iter(wild)

    while True:
        step = next(turns)
        stray = next(strays, None)
        if stray is not None:  # late, early or repeated pieces change nothing that is kept
            operations.receive(
                record=record, piece=piece(upload_id, stray, stray + step), by=author, at=AT
            )
            here = sum(
                UploadPart.objects.filter(record=record).values_list("size_bytes", flat=True)
            )
        answer = operations.receive(
            record=record, piece=piece(upload_id, here, here + max(step, 3000)), by=author, at=AT
        )
        if answer.attachment:
            break
        here = answer.received

    kept = Attachment.objects.get(record=record)
    assert kept.pk == upload_id
    assert kept.received_sha256 == hashlib.sha256(PHOTO).hexdigest()
    assert not UploadPart.objects.filter(record=record).exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_receive_sent_fifty_times_at_once_makes_one_attachment():
    record, author = own_record()
    upload_id = uuid4()

    def send():
        by = User.objects.get(pk=author.pk)
        return operations.receive(record=record, piece=piece(upload_id, 0), by=by, at=AT)

    answers = all_at_once([send] * 50)

    assert sum(answer.is_new for answer in answers) == 1
    assert {answer.attachment.pk for answer in answers} == {upload_id}
    assert (Attachment.objects.count(), UploadPart.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_forget_drops_files_nobody_goes_on_with_and_no_piece_of_another():
    week = rules.KEPT
    old = UploadPartFactory.create(created_at=AT - week - dt.timedelta(hours=1))
    begun = UploadPartFactory.create(created_at=AT - week - dt.timedelta(hours=1))
    going_on = UploadPartFactory.create(
        record=begun.record, upload_id=begun.upload_id, starts_at=4, created_at=AT
    )
    fresh = UploadPartFactory.create(created_at=AT - week + dt.timedelta(hours=1))

    assert operations.forget(before=AT - week) == 1

    assert old not in UploadPart.objects.all()
    assert set(UploadPart.objects.all()) == {begun, going_on, fresh}


@pytest.mark.django_db
def test_receive_leaves_no_file_of_an_attempt_that_was_cut_off(settings, tmp_path, monkeypatch):
    """The bytes are written before the row: a server that dies between must leave no second file."""
    where = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = settings.STORAGES | {"default": where | {"OPTIONS": {"location": tmp_path}}}
    record, author = own_record()
    upload_id = uuid4()
    left = tmp_path / dt.datetime.now(dt.UTC).strftime(f"evidence/%Y/%m/{upload_id}.jpg")
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")

    operations.receive(record=record, piece=piece(upload_id, 0), by=author, at=AT)

    assert [found for found in tmp_path.rglob("*") if found.is_file()] == [left]
    assert left.read_bytes() != b"half"
