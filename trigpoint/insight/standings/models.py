"""Where one academy stands in one area: the latest judgement, the one before, what is overdue.

A row a cell, kept in the transaction in which a judgement comes to stand, so that a page of 100 academies
never reads history (docs/decisions/0007).
"""

from typing import TYPE_CHECKING, Self

from django.db import models

from trigpoint.judgements.models import Judgement
from trigpoint.trusts.models import Academy
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class StandingQuerySet(models.QuerySet["Standing"]):
    """Ways of narrowing a list of standings."""

    def visible_to(self, user: "User") -> Self:
        """Keep cells of academies whose judgements ``user`` may view."""
        return self.filter(user.access.where("judgements.view"))


class Standing(TrustRecord):
    """One cell. ``area_lineage`` outlives policy versions; empty levels mean not judged yet."""

    academy = models.ForeignKey(Academy, on_delete=models.CASCADE, related_name="standings")
    area_lineage = models.SlugField(max_length=60)
    latest = models.ForeignKey(
        Judgement, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    previous = models.ForeignKey(
        Judgement, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    self_judgement = models.ForeignKey(
        Judgement, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trust", "academy", "area_lineage"], name="standing_once_a_cell"
            )
        ]

    def __str__(self) -> str:
        return f"{self.academy_id} {self.area_lineage}"
