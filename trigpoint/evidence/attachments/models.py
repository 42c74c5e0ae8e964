"""A photo or file of a record. Photos are re-encoded on arrival, so no metadata is kept."""

from django.db import models

from trigpoint.evidence.entries.models import EvidencePartQuerySet, EvidenceRecord
from trigpoint.trusts.structure.models import TrustRecord


class Attachment(TrustRecord):
    """One file. ``sha256`` is of the bytes as stored, ``received_sha256`` of those that came in.

    ``question`` is the key of the form's question it answers; empty for the record as a whole. A
    photo that answers two questions is there twice, so that either can go without the other.
    """

    record = models.ForeignKey(EvidenceRecord, on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to="evidence/%Y/%m/", max_length=200)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    received_sha256 = models.CharField(max_length=64)
    caption = models.CharField(max_length=160, blank=True)
    question = models.CharField(
        max_length=40, blank=True, help_text="Key of the question of the form it answers, if any."
    )

    objects = EvidencePartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "question", "received_sha256"], name="attachment_once_a_question"
            )
        ]

    def __str__(self) -> str:
        return self.name
