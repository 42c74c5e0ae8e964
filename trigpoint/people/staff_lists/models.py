"""One staff list brought in: what was read, previewed and done."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class StaffImportQuerySet(models.QuerySet["StaffImport"]):
    """Ways of narrowing a list of staff imports."""

    def visible_to(self, user: "User") -> Self:
        """Keep imports of the trust ``user`` brings staff into. Agrees with ``may_view_import``."""
        return self.filter(user.access.where("staff.import", academy=""))


class StaffImport(TrustRecord):
    """One staff list brought in: its rows as previewed, and then as done.

    Only the columns that are used are kept; a password column never reaches this table.
    """

    class Status(models.TextChoices):
        """How far it has come."""

        PREVIEWED = "PREVIEWED", "Checked"
        CONFIRMED = "CONFIRMED", "Brought in"

    status = models.CharField(max_length=9, choices=Status, default=Status.PREVIEWED)
    file_name = models.CharField(max_length=200, blank=True)
    columns = models.JSONField(default=dict)
    rows = models.JSONField(default=list)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = StaffImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="staff_import_confirmed_means_when",
                condition=Q(status="CONFIRMED", confirmed_at__isnull=False)
                | (~Q(status="CONFIRMED") & Q(confirmed_at__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["trust", "-created_at"], name="staff_import_by_trust")]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.status}"
