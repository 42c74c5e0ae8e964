"""One spreadsheet of past evidence, what its columns were taken for, and the records it made."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from trigpoint.evidence.entries.models import EvidencePartQuerySet, EvidenceRecord
from trigpoint.people.models import Person
from trigpoint.records.models import Row_co
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class ImportQuerySet(models.QuerySet[Row_co]):
    """Rows for whoever brings evidence into the whole trust."""

    def visible_to(self, user: "User") -> Self:
        """Keep those of the trust ``user`` brings evidence into. Agrees with ``rules.may_view``."""
        return self.filter(user.access.where("evidence.import", academy=""))


class EvidenceImport(TrustRecord):
    """One spreadsheet: as it was read, as it was previewed, and what became of it.

    ``lines`` holds the rows as ``[number, [cells]]`` until the import is brought in, ``rows`` what
    each row would do and then did. A cell nobody matched to anything is kept no longer than that, an
    import nobody brings in for two weeks, and the words of rows until it is undone.
    """

    class Status(models.TextChoices):
        """How far it has come."""

        UPLOADED = "UPLOADED", "Columns to match"
        CHECKED = "CHECKED", "Checked"
        CONFIRMED = "CONFIRMED", "Brought in"
        UNDONE = "UNDONE", "Undone"

    status = models.CharField(max_length=9, choices=Status, default=Status.UPLOADED)
    file_name = models.CharField(max_length=120)
    uploaded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    columns = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    matched = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    tally = models.JSONField(default=dict, help_text="How many of the rows have each outcome.")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evidence_import_states_mean_when",
                condition=Q(status="CONFIRMED", confirmed_at__isnull=False, undone_at__isnull=True)
                | Q(status="UNDONE", confirmed_at__isnull=False, undone_at__isnull=False)
                | Q(
                    status__in=["UPLOADED", "CHECKED"],
                    confirmed_at__isnull=True,
                    undone_at__isnull=True,
                ),
            ),
        ]
        indexes = [models.Index(fields=["trust", "-created_at"], name="evidence_import_by_trust")]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.get_status_display()}"


class ImportedRow(TrustRecord):
    """Which row of which import a record came from. ``digest`` is the SHA-256 of what it says.

    It is why the same row, of this file or of another, is not brought in twice.
    """

    upload = models.ForeignKey(
        EvidenceImport, on_delete=models.PROTECT, related_name="imported_rows"
    )
    record = models.OneToOneField(
        EvidenceRecord, on_delete=models.CASCADE, related_name="imported_row"
    )
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    objects = EvidencePartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trust", "digest"], name="evidence_row_once_a_trust")
        ]

    def __str__(self) -> str:
        return f"row {self.number}"


class ColumnMemory(TrustRecord):
    """What a trust's spreadsheets call things, from the last import: heading to column."""

    headings = models.JSONField(default=dict)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "column memories"
        constraints = [models.UniqueConstraint(fields=["trust"], name="column_memory_once_a_trust")]

    def __str__(self) -> str:
        return "Columns matched before"
