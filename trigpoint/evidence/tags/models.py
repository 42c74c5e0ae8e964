"""A trust's own words, and the records they stand on."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from trigpoint.evidence.entries.models import EvidencePartQuerySet, EvidenceRecord
from trigpoint.people.models import Person
from trigpoint.people.roles import Capability
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User

LONGEST = 40  # characters


class TagQuerySet(models.QuerySet["Tag"]):
    """Ways of narrowing a list of tags."""

    def visible_to(self, user: "User") -> Self:
        """Keep tags of the trust for who reads all of it; else those on records one may read."""
        ours = self.filter(trust=user.trust_id)
        if user.access.is_trust_wide(Capability.EVIDENCE_WEIGH):
            return ours
        return ours.filter(Exists(RecordTag.objects.visible_to(user).filter(tag=OuterRef("pk"))))


class Tag(TrustRecord):
    """One word or two of the trust's own, such as “Phonics pilot”."""

    name = models.CharField(max_length=LONGEST)

    objects = TagQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("trust", Lower("name"), name="tag_once_a_trust")]

    def __str__(self) -> str:
        return self.name


class RecordTag(TrustRecord):
    """A tag on a record, and who put it there."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="record_tags")
    record = models.ForeignKey(EvidenceRecord, on_delete=models.CASCADE, related_name="record_tags")
    tagged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = EvidencePartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trust", "tag", "record"], name="record_tagged_once")
        ]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.record_id}"
