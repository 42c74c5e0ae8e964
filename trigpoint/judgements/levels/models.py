"""A judgement: the level of one standard or area of an academy, and how well it is known."""

from typing import TYPE_CHECKING, Self

from django.db import models

from trigpoint.judgements.strength.models import Strength
from trigpoint.people.models import Person
from trigpoint.policies.models import Area, Level, Standard
from trigpoint.reviews.models import Review
from trigpoint.trusts.models import Academy
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class JudgementQuerySet(models.QuerySet["Judgement"]):
    """Ways of narrowing a list of judgements."""

    def visible_to(self, user: "User") -> Self:
        """Keep judgements ``user`` may view. Agrees with ``rules.may_view``.

        One that is provisional is seen by those who judge: the review's team and its lead.
        """
        reader = user.access.where("judgements.view", review="review")
        team = user.access.where("judgements.make", review="review")
        leads = models.Q(review__lead_id=user.person_id)
        return self.filter(reader, models.Q(stands_from__isnull=False) | team | leads)

    def standing(self) -> Self:
        """Keep judgements that count: whatever is summed up or compared reads these only."""
        return self.filter(stands_from__isnull=False)

    def by_others(self) -> Self:
        """Leave out what a school judged of itself."""
        return self.exclude(perspective=Judgement.Perspective.SELF)


class Judgement(TrustRecord):
    """A level with its reasons. ``standard`` is empty for a judgement of the whole area.

    It is provisional until its review's report is final, or its review is closed without one:
    ``stands_from`` is that day. From then on it counts and never changes. Nothing a board has seen
    is deleted: a later judgement of the same place and perspective takes over by ``made_on``.
    """

    class Perspective(models.TextChoices):
        """Whose judgement it is."""

        TRUST = "TRUST", "Trust"
        SELF = "SELF", "School"
        EXTERNAL = "EXTERNAL", "External"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="judgements")
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="judgements")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="judgements")
    standard = models.ForeignKey(
        Standard, on_delete=models.PROTECT, null=True, blank=True, related_name="judgements"
    )
    perspective = models.CharField(max_length=8, choices=Perspective)
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="judgements")
    rationale = models.TextField()
    strength = models.CharField(max_length=6, choices=Strength)
    strength_facts = models.JSONField(default=dict)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="judgements_made")
    made_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    stands_from = models.DateField(null=True, blank=True)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "standard"],
                condition=models.Q(standard__isnull=False),
                name="standard_judged_once_a_review",
            ),
            models.UniqueConstraint(
                fields=["review", "area"],
                condition=models.Q(standard__isnull=True),
                name="area_judged_once_a_review",
            ),
            models.CheckConstraint(
                name="judgement_stands_once_made",
                condition=models.Q(stands_from__isnull=True)
                | models.Q(stands_from__gte=models.F("made_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["academy", "area", "-made_on"], name="judgement_by_cell"),
            models.Index(fields=["trust", "-made_on"], name="judgement_by_trust"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.level_id}"
