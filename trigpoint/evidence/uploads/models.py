"""The pieces of a file that is not here as a whole yet."""

from typing import TYPE_CHECKING, Self

from django.db import models

from trigpoint.evidence.entries.models import EvidenceRecord
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class UploadPartQuerySet(models.QuerySet["UploadPart"]):
    """Ways of narrowing a list of pieces."""

    def visible_to(self, user: "User") -> Self:
        """Keep those of records ``user`` writes: what is on its way nobody else sees."""
        return self.filter(record__author=user.person_id)


class UploadPart(TrustRecord):
    """One piece of one file of a record, from ``starts_at`` (bytes from the file's beginning) on.

    ``upload_id`` is minted on the device and becomes the attachment's own id. In the database,
    because the next piece may reach another server; gone as soon as the file is whole.
    """

    record = models.ForeignKey(EvidenceRecord, on_delete=models.CASCADE, related_name="parts")
    upload_id = models.UUIDField()
    starts_at = models.PositiveIntegerField()
    size_bytes = models.PositiveIntegerField()
    data = models.BinaryField()

    objects = UploadPartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "upload_id", "starts_at"], name="upload_part_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.upload_id} from {self.starts_at}"
