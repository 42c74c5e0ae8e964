"""Conflicts of interest that were declared."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from trigpoint.people.models import Person
from trigpoint.records.models import Row_co
from trigpoint.trusts.models import Academy
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class ReviewerRowQuerySet(models.QuerySet[Row_co]):
    """Rows about somebody as a reviewer: read by whoever plans the year, and by themselves."""

    def visible_to(self, user: "User") -> Self:
        """Keep rows ``user`` may view. Agrees with ``rules.may_view``."""
        trust_wide = user.access.where("reviewers.view", academy="")
        return self.filter(trust_wide | Q(trust=user.trust_id, person=user.person_id))


class ConflictOfInterest(TrustRecord):
    """Why somebody does not review an academy. What their posts say by themselves is not kept here.

    ``starts_on`` and ``ends_on`` are the facts, such as the years they worked there; ``ended_on``
    is the day from which it no longer counts, with the reason.
    """

    class Kind(models.TextChoices):
        """What stands between them and the academy."""

        WORKED_THERE = "WORKED_THERE", "Worked there"
        RELATED = "RELATED", "Related to somebody there"
        MANAGES = "MANAGES", "Manages somebody there"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="conflicts")
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    words = models.CharField(max_length=240, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=240, blank=True)

    objects = ReviewerRowQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "conflicts of interest"
        constraints = [
            models.CheckConstraint(
                name="conflict_ends_after_it_starts",
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="conflict_ended_means_why",
                condition=(Q(ended_on__isnull=False) & ~Q(ended_because=""))
                | (Q(ended_on__isnull=True) & Q(ended_because="")),
            ),
        ]
        indexes = [models.Index(fields=["trust", "person"], name="conflict_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id} and {self.academy_id}: {self.kind}"
