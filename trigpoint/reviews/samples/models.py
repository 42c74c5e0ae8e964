"""A stratified draw of what a review looks at, with its seed."""

from django.db import models

from trigpoint.instruments.models import ActivityKind
from trigpoint.people.models import Person
from trigpoint.reviews.reviews.models import Review, ReviewPartQuerySet
from trigpoint.trusts.structure.models import TrustRecord


class Sample(TrustRecord):
    """One draw for one kind of activity. The same seed and question always draw the same.

    ``subjects``, ``year_groups`` and ``observers`` (ids) are what was drawn from, ``seen`` the
    pairs of subject and year group that earlier draws had come to. ``drawn`` lists what came out,
    in order: ``{"subject", "year_group", "observer"}``, the observer by id. No pupil and no teacher
    is in it: a place is drawn, never a person.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="samples")
    kind = models.CharField(max_length=20, choices=ActivityKind)
    seed = models.PositiveIntegerField()
    subjects = models.JSONField(default=list)
    year_groups = models.JSONField(default=list)
    observers = models.JSONField(default=list)
    seen = models.JSONField(default=list)
    drawn = models.JSONField(default=list)
    drawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="samples_drawn")
    drawn_at = models.DateTimeField()

    objects = ReviewPartQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["review", "-drawn_at"], name="sample_by_review")]

    def __str__(self) -> str:
        return f"{self.kind} drawn with {self.seed}"
