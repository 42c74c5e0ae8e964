"""A survey that anybody with its link may answer, and the replies nobody can be told from."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from trigpoint.people.models import Person
from trigpoint.reviews.models import Review
from trigpoint.trusts.models import Academy
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Ways of narrowing a list of surveys."""

    def visible_to(self, user: "User") -> Self:
        """Keep surveys ``user`` may open. Agrees with ``rules.may_view``."""
        weighing = user.access.where("evidence.weigh", review="review")
        capturing = user.access.where("evidence.capture", review="review")
        own = Q(review=None) | Q(made_by=user.person_id)
        return self.filter(weighing | (capturing & own))


class SurveyReplyQuerySet(models.QuerySet["SurveyReply"]):
    """Ways of narrowing a list of replies."""

    def visible_to(self, user: "User") -> Self:
        """Keep replies to surveys ``user`` may open; how many must be there is asked besides."""
        return self.filter(survey__in=Survey.objects.visible_to(user))


class Survey(TrustRecord):
    """A few questions to a group at one academy, answered by whoever has the link.

    ``questions`` is a list of ``{"kind", "text", "choices"}`` and never changes: replies answer by
    place. ``secret`` is what the link ends in; whoever has it may answer and read nothing.
    """

    class Group(models.TextChoices):
        """Who is asked."""

        STUDENTS = "STUDENTS", "Students"
        STAFF = "STAFF", "Staff"
        PARENTS = "PARENTS", "Parents and carers"

    class Status(models.TextChoices):
        """Where the survey is."""

        OPEN = "OPEN", "Open"
        CLOSED = "CLOSED", "Closed"
        RECORDED = "RECORDED", "In evidence"
        WITHDRAWN = "WITHDRAWN", "Withdrawn"

    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="surveys")
    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, null=True, blank=True, related_name="surveys"
    )
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="surveys_made")
    group = models.CharField(max_length=8, choices=Group)
    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=400)
    questions = models.JSONField(default=list)
    opens_on = models.DateField()
    closes_on = models.DateField()
    secret = models.CharField(max_length=24, unique=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    closed_on = models.DateField(null=True, blank=True, help_text="The last day it took replies.")
    emptied_on = models.DateField(
        null=True, blank=True, help_text="The day its replies were deleted."
    )
    fewest = models.PositiveSmallIntegerField(
        default=0, help_text="From how many replies on it is shown, as it was when it closed."
    )

    objects = SurveyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="survey_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))
            ),
            models.CheckConstraint(
                name="survey_closed_means_when",
                condition=Q(status="OPEN", closed_on__isnull=True)
                | (~Q(status="OPEN") & Q(closed_on__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["trust", "-opens_on", "-id"], name="survey_by_trust"),
            models.Index(fields=["academy", "-opens_on"], name="survey_by_academy"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def last_day(self) -> date:
        """The last day it takes, or took, replies."""
        return self.closed_on or self.closes_on


class SurveyReply(TrustRecord):
    """One reply. Nothing in it says who, from where, or when within the day.

    Its id is worked out from the form that was sent, whose random part is kept nowhere here.
    ``answers`` holds the chosen value by the place of the question, ``words`` what was written.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="replies")
    replied_on = models.DateField()
    answers = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    is_held = models.BooleanField(
        default=False, help_text="The words may name somebody and wait for a second look."
    )

    objects = SurveyReplyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "survey replies"

    def __str__(self) -> str:
        return f"reply of {self.replied_on}"
