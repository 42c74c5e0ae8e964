"""What a person, team or academy needs to learn. Shown to others only as totals."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from trigpoint.judgements.models import Finding, Theme
from trigpoint.people.models import Person, Post
from trigpoint.trusts.models import Academy, Team
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class DevelopmentNeedQuerySet(models.QuerySet["DevelopmentNeed"]):
    """Ways of narrowing a list of needs."""

    def visible_to(self, user: "User") -> Self:
        """Keep one's own needs. Everybody else's are read as totals only (``queries.totals``)."""
        return self.filter(person_id=user.person_id, trust_id=user.trust_id)

    def counted_for(self, user: "User") -> Self:
        """Keep needs ``user`` may see totals of. The totals are suppressed before they are shown."""
        return self.filter(user.access.where("needs.view", team="team"))


class DevelopmentNeed(TrustRecord):
    """One need on one theme."""

    class Status(models.TextChoices):
        """Whether it still stands."""

        OPEN = "OPEN", "Open"
        MET = "MET", "Met"

    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="needs")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="needs")
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="needs"
    )
    team = models.ForeignKey(
        Team, on_delete=models.CASCADE, null=True, blank=True, related_name="needs"
    )
    group = models.CharField(max_length=12, choices=Post.Category, blank=True)
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="needs"
    )
    next_step = models.CharField(max_length=240, blank=True)
    status = models.CharField(max_length=4, choices=Status, default=Status.OPEN)
    raised_on = models.DateField()
    met_on = models.DateField(null=True, blank=True)

    objects = DevelopmentNeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="need_met_means_when",
                condition=Q(status="MET", met_on__isnull=False)
                | Q(status="OPEN", met_on__isnull=True),
            )
        ]
        indexes = [
            models.Index(fields=["trust", "status", "theme"], name="need_by_theme"),
            models.Index(fields=["person", "status"], name="need_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} {self.status}"
