"""Academic years, terms and the days an academy is closed."""

from django.db import models
from django.db.models import F, Q

from trigpoint.trusts.structure.models import (
    Academy,
    AcademyRowQuerySet,
    TrustRecord,
    TrustWideQuerySet,
)


class AcademicYear(TrustRecord):
    """One school year of the trust, such as 2026-27. Both dates are included."""

    name = models.CharField(max_length=9)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = TrustWideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trust", "starts_on"], name="year_start_once_a_trust"),
            models.CheckConstraint(
                name="year_ends_after_it_starts", condition=Q(ends_on__gt=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Term(TrustRecord):
    """One term of one academy, first to last school day, both included."""

    academy = models.ForeignKey(Academy, on_delete=models.CASCADE, related_name="terms")
    year = models.ForeignKey(AcademicYear, on_delete=models.CASCADE, related_name="terms")
    name = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = AcademyRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["academy", "starts_on"], name="term_start_once"),
            models.CheckConstraint(
                name="term_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Closure(TrustRecord):
    """A run of days inside or between terms on which an academy does not work with pupils."""

    class Kind(models.TextChoices):
        """Why the academy is closed."""

        HOLIDAY = "HOLIDAY", "School holiday"
        INSET = "INSET", "INSET day"
        OTHER = "OTHER", "Closed for another reason"

    academy = models.ForeignKey(Academy, on_delete=models.CASCADE, related_name="closures")
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = AcademyRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["academy", "kind", "starts_on"], name="closure_start_once"
            ),
            models.CheckConstraint(
                name="closure_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]
        indexes = [models.Index(fields=["academy", "starts_on"], name="closure_by_academy")]

    def __str__(self) -> str:
        return self.name
