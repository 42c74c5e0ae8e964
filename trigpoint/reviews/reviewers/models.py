"""What is known of somebody as a reviewer."""

from django.db import models

from trigpoint.people.models import Person
from trigpoint.reviews.conflicts.models import ReviewerRowQuerySet
from trigpoint.trusts.structure.models import TrustRecord


class ReviewerProfile(TrustRecord):
    """Somebody who may be proposed for reviews. ``areas`` are lineages, the same in all versions."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="reviewer_profile")
    days_a_term = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Empty: as many as the policy says."
    )
    areas = models.JSONField(default=list)
    is_available = models.BooleanField(default=True)

    objects = ReviewerRowQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.person_id} as a reviewer"
