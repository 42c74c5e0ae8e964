"""One import from the government register: what was uploaded, previewed and confirmed."""

from typing import TYPE_CHECKING, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User

# The groups of the register that run academies, by code.
TRUST_KINDS = {"6": "Multi-academy trust", "10": "Single-academy trust"}


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    """Ways of narrowing a list of imports."""

    def visible_to(self, user: "User") -> Self:
        """Keep imports of the trust ``user`` imports into. Agrees with ``rules.may_view``."""
        return self.filter(user.access.where("academies.import", academy=""))


class ImportRun(TrustRecord):
    """One import from the register.

    ``register`` is what was read of the files; ``rows`` is the preview, and then the report:
    confirming writes exactly these rows.
    """

    class Status(models.TextChoices):
        """How far it has come."""

        UPLOADED = "UPLOADED", "Files read"
        PREVIEWED = "PREVIEWED", "Checked"
        CONFIRMED = "CONFIRMED", "Imported"

    status = models.CharField(max_length=9, choices=Status, default=Status.UPLOADED)
    file_names = models.CharField(max_length=400, blank=True)
    register = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    group_uid = models.CharField(max_length=10, blank=True)
    group_name = models.CharField(max_length=200, blank=True)
    rows = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="import_run_confirmed_means_when",
                condition=Q(status="CONFIRMED", confirmed_at__isnull=False)
                | (~Q(status="CONFIRMED") & Q(confirmed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="import_run_previewed_means_a_trust",
                condition=Q(status="UPLOADED") | ~Q(group_uid=""),
            ),
        ]
        indexes = [models.Index(fields=["trust", "-created_at"], name="import_run_by_trust")]

    def __str__(self) -> str:
        return f"{self.group_uid}: {self.status}"
