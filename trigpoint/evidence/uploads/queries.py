"""How far a file has come, and which files nobody goes on with."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Sum

from trigpoint.evidence.attachments.models import Attachment
from trigpoint.evidence.entries.models import EvidenceRecord
from trigpoint.evidence.uploads.models import UploadPart
from trigpoint.evidence.uploads.rules import Piece, Progress

if TYPE_CHECKING:
    from trigpoint.people.models import User


def own_record(record_id: UUID, *, viewer: "User") -> EvidenceRecord | None:
    """Return the viewer's own record; None when it is not here yet, or somebody else's."""
    own = EvidenceRecord.objects.visible_to(viewer).filter(author=viewer.person_id)
    return own.filter(pk=record_id).first()


def progress(record_id: UUID, upload_id: UUID, *, viewer: "User") -> Progress:
    """Return how far a file of one's own record has come."""
    kept = Attachment.objects.visible_to(viewer).filter(record=record_id, pk=upload_id).first()
    if kept:
        return Progress(kept.size_bytes, kept)
    parts = UploadPart.objects.visible_to(viewer).filter(record=record_id, upload_id=upload_id)
    return Progress(parts.aggregate(received=Sum("size_bytes", default=0))["received"])


def system_kept(record: EvidenceRecord, piece: Piece) -> Attachment | None:
    """Return what the file has become already: under its own id, or sent for that question before."""
    same = Q(pk=piece.upload_id) | Q(received_sha256=piece.sha256, question=piece.question)
    return Attachment.objects.filter(same, record=record).order_by("created_at", "id").first()


def system_is_taken(upload_id: UUID) -> bool:
    """Say whether a file of any record has that id."""
    return Attachment.objects.filter(pk=upload_id).exists()


def system_received(record: EvidenceRecord, upload_id: UUID) -> int:
    """Return how many bytes of a file are here. They come in order, so there are no gaps."""
    parts = UploadPart.objects.filter(record=record, upload_id=upload_id)
    received: int = parts.aggregate(received=Sum("size_bytes", default=0))["received"]
    return received


def system_others(record: EvidenceRecord, upload_id: UUID) -> int:
    """Return how many files a record has besides this one, those on their way as well."""
    parts = UploadPart.objects.filter(record=record).exclude(upload_id=upload_id)
    begun: int = parts.aggregate(count=Count("upload_id", distinct=True))["count"]
    return begun + Attachment.objects.filter(record=record).count()


def system_bytes(record: EvidenceRecord, upload_id: UUID) -> bytes:
    """Return what is here of a file."""
    parts = UploadPart.objects.filter(record=record, upload_id=upload_id).order_by("starts_at")
    return b"".join(bytes(data) for data in parts.values_list("data", flat=True))


def system_abandoned(*, before: datetime) -> list[tuple[UUID, UUID]]:
    """Return record and upload of each file of which nothing has arrived since a moment."""
    later = UploadPart.objects.filter(
        record=OuterRef("record"), upload_id=OuterRef("upload_id"), created_at__gte=before
    )
    old = UploadPart.objects.filter(~Exists(later), created_at__lt=before).order_by()
    return list(old.values_list("record_id", "upload_id").distinct())
