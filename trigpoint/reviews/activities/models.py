"""One thing a reviewer goes to do: visit a lesson, look at books, talk with a group."""

from django.db import models
from django.db.models import F, Q

from trigpoint.instruments.models import ActivityKind, InstrumentVersion
from trigpoint.people.models import Person
from trigpoint.reviews.reviews.models import LineOfEnquiry, Review, ReviewPartQuerySet
from trigpoint.trusts.models import Team
from trigpoint.trusts.structure.models import TrustRecord


class Activity(TrustRecord):
    """A planned piece of fieldwork and who does it.

    ``missed_because`` says why it did not happen, or why it was called off before it could.
    """

    class Status(models.TextChoices):
        """Whether it happened."""

        PLANNED = "PLANNED", "Planned"
        DONE = "DONE", "Done"
        MISSED = "MISSED", "Missed"
        OFF = "OFF", "Called off"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="activities")
    kind = models.CharField(max_length=20, choices=ActivityKind)
    instrument_version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT)
    title = models.CharField(max_length=160)
    place = models.CharField(max_length=80, blank=True)
    with_whom = models.CharField(max_length=160, blank=True, help_text="Described, never pupils.")
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    year_groups = models.CharField(max_length=80, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reviewers = models.ManyToManyField(Person, related_name="activities")
    observed = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities_observed",
    )
    lines = models.ManyToManyField(LineOfEnquiry, related_name="activities")
    status = models.CharField(max_length=8, choices=Status, default=Status.PLANNED)
    missed_because = models.CharField(max_length=240, blank=True)
    budget_reason = models.CharField(
        max_length=240, blank=True, help_text="Why a visit past the person's budget is needed."
    )
    is_paired = models.BooleanField(
        default=False, help_text="Two observers, each blind to the other until both handed in."
    )
    opened_because = models.CharField(
        max_length=240, blank=True, help_text="Why a pair was opened before both had handed in."
    )

    objects = ReviewPartQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"
        constraints = [
            models.CheckConstraint(
                name="activity_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="activity_missed_means_why",
                condition=(Q(status__in=["MISSED", "OFF"]) & ~Q(missed_because=""))
                | (~Q(status__in=["MISSED", "OFF"]) & Q(missed_because="")),
            ),
            models.CheckConstraint(
                name="activity_opened_is_a_pair",
                condition=Q(opened_because="") | Q(is_paired=True),
            ),
        ]
        indexes = [
            models.Index(fields=["review", "starts_at"], name="activity_by_review"),
            models.Index(fields=["observed", "starts_at"], name="activity_by_observed"),
        ]

    def __str__(self) -> str:
        return self.title
