"""A review of one academy: its scope, its team, its lines of enquiry and its clock."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from trigpoint.people.models import Person
from trigpoint.policies.models import Area, PolicyVersion, Standard
from trigpoint.records.models import Row_co
from trigpoint.trusts.models import Academy
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class ReviewQuerySet(models.QuerySet["Review"]):
    """Ways of narrowing a list of reviews."""

    def visible_to(self, user: "User") -> Self:
        """Keep reviews ``user`` may view. Agrees with ``rules.may_view``."""
        return self.filter(user.access.where("reviews.view", review="id"))


class ReviewPartQuerySet(models.QuerySet[Row_co]):
    """Rows that belong to a review and are seen by whoever may view it."""

    def visible_to(self, user: "User") -> Self:
        """Keep parts of reviews ``user`` may view."""
        return self.filter(
            user.access.where("reviews.view", academy="review__academy", review="review")
        )


class Review(TrustRecord):
    """One review of one academy. The policy version is the one it was planned under, for good."""

    class Kind(models.TextChoices):
        """Who looks at what."""

        TRUST = "TRUST", "Trust review"
        SELF = "SELF", "Self-review"
        DEEP_DIVE = "DEEP_DIVE", "Deep dive"
        EXTERNAL = "EXTERNAL", "External review"
        PEER = "PEER", "Peer review"

    class Status(models.TextChoices):
        """Where the review is."""

        PLANNED = "PLANNED", "Planned"
        NOTIFIED = "NOTIFIED", "Academy told"
        FIELDWORK = "FIELDWORK", "Fieldwork"
        CORROBORATING = "CORROBORATING", "Corroborating"
        REPORTING = "REPORTING", "Reporting"
        CLOSED = "CLOSED", "Closed"
        CANCELLED = "CANCELLED", "Cancelled"

    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="reviews")
    policy_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT)
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=160)
    reason = models.TextField(blank=True, help_text="Why this review, why now.")
    areas = models.ManyToManyField(Area, related_name="reviews")
    subjects = models.CharField(max_length=200, blank=True)
    year_groups = models.CharField(max_length=120, blank=True)
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviews_led")
    nominee = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews_hosted"
    )
    fieldwork_starts_on = models.DateField()
    fieldwork_ends_on = models.DateField()
    staff_hours_budget = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=14, choices=Status, default=Status.PLANNED)
    closed_on = models.DateField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=300, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="review_fieldwork_ends_after_it_starts",
                condition=Q(fieldwork_ends_on__gte=F("fieldwork_starts_on")),
            ),
            models.CheckConstraint(
                name="review_closed_means_when",
                condition=Q(status="CLOSED", closed_on__isnull=False)
                | (~Q(status="CLOSED") & Q(closed_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="review_cancelled_means_why",
                condition=(Q(status="CANCELLED") & ~Q(cancelled_because=""))
                | (~Q(status="CANCELLED") & Q(cancelled_because="")),
            ),
        ]
        indexes = [
            models.Index(fields=["trust", "-fieldwork_starts_on"], name="review_by_trust"),
            models.Index(fields=["academy", "-fieldwork_starts_on"], name="review_by_academy"),
        ]

    def __str__(self) -> str:
        return self.title


class Deadline(TrustRecord):
    """One step of a review's clock and the day it falls due."""

    class Step(models.TextChoices):
        """The steps, in order."""

        NOTICE = "NOTICE", "Notice"
        DOCUMENTS = "DOCUMENTS", "Documents"
        FIELDWORK = "FIELDWORK", "Fieldwork"
        CORROBORATE = "CORROBORATE", "Corroborate"
        DRAFT = "DRAFT", "Draft report"
        INTERNAL_QA = "INTERNAL_QA", "Internal QA"
        FACTUAL_ACCURACY = "FACTUAL_ACCURACY", "Factual accuracy"
        FINAL = "FINAL", "Final report"
        ACTIONS = "ACTIONS", "Actions"
        IMPACT = "IMPACT", "Impact"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="deadlines")
    step = models.CharField(max_length=16, choices=Step)
    position = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    objects = ReviewPartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "step"], name="deadline_step_once")
        ]
        indexes = [models.Index(fields=["trust", "due_on"], name="deadline_by_day")]

    def __str__(self) -> str:
        return f"{self.step} {self.due_on}"


class LineOfEnquiry(TrustRecord):
    """A question the review sets out to answer, against the standards it concerns.

    ``wanted`` is how many records of each activity kind would be enough, such as
    ``{"LESSON_VISIT": 4}``; a kind that is missing is not needed for this line.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=240)
    standards = models.ManyToManyField(Standard, related_name="lines")
    wanted = models.JSONField(default=dict)

    objects = ReviewPartQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "lines of enquiry"
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="line_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.question}"


class ReviewTeamMember(TrustRecord):
    """Somebody on the review's team besides the lead."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="review_places")
    expertise = models.CharField(max_length=120, blank=True)
    conflict = models.CharField(
        max_length=240, blank=True, help_text="A conflict of interest, and how it is handled."
    )

    objects = ReviewPartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "person"], name="member_once_a_review")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.review_id}"
