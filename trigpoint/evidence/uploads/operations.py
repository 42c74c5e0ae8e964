"""The verbs of a file on its way: receive a piece, forget what nobody goes on with."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from trigpoint.evidence.attachments import operations as attachments
from trigpoint.evidence.attachments import rules as files
from trigpoint.evidence.attachments.operations import Minted
from trigpoint.evidence.entries import operations as entries
from trigpoint.evidence.entries.models import EvidenceRecord
from trigpoint.evidence.entries.rules import NotHere
from trigpoint.evidence.uploads import queries, rules
from trigpoint.evidence.uploads.models import UploadPart
from trigpoint.evidence.uploads.rules import Piece, Progress

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def receive(*, record: EvidenceRecord, piece: Piece, by: "User", at: datetime) -> Progress:
    """Keep one piece of a file; with the last one the file becomes the record's.

    Sending a piece again changes nothing, so a device may repeat itself until it hears.

    Args:
        record: one's own, not yet shared.
        piece: the bytes that arrived, and what they are a piece of.
        by: the author.
        at: now.

    Raises:
        NotHere: the id names a file of another record.
        Refused: the record is not theirs to write, or the file is not one we keep.

    """
    record = entries.locked(record.pk)
    piece = _placed(record, piece)
    if kept := queries.system_kept(record, piece):
        return Progress(kept.size_bytes, kept)
    if queries.system_is_taken(piece.upload_id):
        raise NotHere
    rules.may_arrive(piece).enforce()
    others = queries.system_others(record, piece.upload_id)
    files.may_attach(by, record, count=others).enforce()
    received = queries.system_received(record, piece.upload_id)
    if elsewhere := rules.goes_on(piece, received):
        return elsewhere if not _is_repeat(record, piece) else Progress(received)
    _keep(record, piece, at=at)
    received += len(piece.data)
    return Progress(received) if received < piece.size else _finish(record, piece, by=by, at=at)


def _placed(record: EvidenceRecord, piece: Piece) -> Piece:
    """Return a piece for the record as a whole where its form, published anew, asks no such photos.

    The device took the photo offline, on the form it had, and cannot choose another place for it.
    """
    return piece if files.takes_photos(record, piece.question) else replace(piece, question="")


def _is_repeat(record: EvidenceRecord, piece: Piece) -> bool:
    """Say whether the very bytes are here already."""
    here = queries.system_bytes(record, piece.upload_id)
    return bool(piece.data) and here[piece.at : piece.at + len(piece.data)] == piece.data


def _keep(record: EvidenceRecord, piece: Piece, *, at: datetime) -> None:
    if piece.data:
        UploadPart.objects.create(
            trust_id=record.trust_id,
            record=record,
            upload_id=piece.upload_id,
            starts_at=piece.at,
            size_bytes=len(piece.data),
            data=piece.data,
            created_at=at,
        )


def _finish(record: EvidenceRecord, piece: Piece, *, by: "User", at: datetime) -> Progress:
    """Make an attachment of a file that is here to its last byte, or begin again."""
    data = queries.system_bytes(record, piece.upload_id)
    parts = UploadPart.objects.filter(record=record, upload_id=piece.upload_id)
    if not rules.is_whole(piece, data):
        parts.delete()
        return Progress(0, problem=rules.BROKEN)
    minted = Minted(piece.upload_id, piece.question)
    attachment = attachments.attach(
        record=record, name=piece.name, data=data, by=by, at=at, minted=minted
    )
    parts.delete()
    return Progress(attachment.size_bytes, attachment, is_new=True)


def forget(*, before: datetime) -> int:
    """Drop the pieces of files of which nothing has arrived since; return of how many files."""
    abandoned = queries.system_abandoned(before=before)
    return sum(_forget(*names, before=before) for names in abandoned)


@transaction.atomic
def _forget(record_id: UUID, upload_id: UUID, *, before: datetime) -> bool:
    """Drop one file's pieces, unless its device has come back meanwhile."""
    held = EvidenceRecord.objects.select_for_update(of=("self",)).filter(pk=record_id).first()
    parts = UploadPart.objects.filter(record=record_id, upload_id=upload_id)
    if held is None or parts.filter(created_at__gte=before).exists():
        return False
    return bool(parts.delete()[0])
