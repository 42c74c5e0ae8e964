"""The verbs of attachments: attach, remove."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from trigpoint.evidence.attachments import rules
from trigpoint.evidence.attachments.models import Attachment
from trigpoint.evidence.entries import operations as entries
from trigpoint.evidence.entries.models import EvidenceRecord
from trigpoint.records import history

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Minted:
    """What a device says of a file: the id it minted for it, and the question it answers."""

    id: UUID | None = None
    question: str = ""


NOTHING_SAID = Minted()


@transaction.atomic
def attach(
    *,
    record: EvidenceRecord,
    name: str,
    data: bytes,
    by: "User",
    at: datetime,
    minted: Minted = NOTHING_SAID,
) -> Attachment:
    """Add a photo or a PDF to a record. The same file twice for one question is kept once.

    Args:
        record: one's own, not yet shared.
        name: as the device calls it; its ending is not believed.
        data: the bytes as they arrived.
        by: the author.
        at: now.
        minted: what the device that sends it calls it.

    Raises:
        Refused: the record is not theirs to write, the file is not one we keep, or its form has
            no such question.

    """
    record = entries.locked(record.pk)
    there = Attachment.objects.filter(record=record)
    received = hashlib.sha256(data).hexdigest()
    same = there.filter(received_sha256=received, question=minted.question).first()
    rules.may_attach(by, record, count=0 if same else there.count()).enforce()
    rules.takes_photos(record, minted.question).enforce()
    if same:
        return same
    kept = rules.keep(data)
    attachment = Attachment(
        trust_id=record.trust_id,
        record=record,
        name=rules.plain_name(name, kept.suffix),
        media_type=kept.media_type,
        size_bytes=len(kept.data),
        sha256=hashlib.sha256(kept.data).hexdigest(),
        received_sha256=received,
        question=minted.question,
        created_at=at,
    )
    attachment.pk = minted.id or attachment.pk
    _store(attachment, f"{attachment.pk}{kept.suffix}", kept.data)
    attachment.save()
    history.write(record, "attached", by=by, attachment=attachment.pk, size=len(kept.data))
    return attachment


def _store(attachment: Attachment, name: str, data: bytes) -> None:
    """Write the bytes. What a full disk, or the end of the server, cut short is not left behind."""
    begun = attachment.file.field.generate_filename(attachment, name)
    attachment.file.storage.delete(begun)  # no row has this id yet, so nobody's
    try:
        attachment.file.save(name, ContentFile(data), save=False)
    except OSError:
        attachment.file.storage.delete(begun)
        raise


@transaction.atomic
def remove(*, attachment: Attachment, by: "User") -> EvidenceRecord:
    """Take a photo or a file off a draft, and its bytes out of the store.

    Raises:
        Refused: the record is not theirs, or it is submitted.

    """
    record = entries.locked(attachment.record_id)
    rules.may_remove(by, record).enforce()
    if not record.attachments.filter(pk=attachment.pk).exists():
        return record  # taken out in another window
    stored = attachment.file
    history.write(record, "removed", by=by, attachment=attachment.pk, size=attachment.size_bytes)
    attachment.delete()
    transaction.on_commit(partial(stored.storage.delete, str(stored.name)))
    return record
