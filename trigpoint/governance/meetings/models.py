"""A meeting of a body: what it had in front of it, what it asked, what it decided."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from trigpoint.people.models import Person
from trigpoint.records.models import Row_co
from trigpoint.reporting.models import Report
from trigpoint.trusts.models import Body
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Ways of narrowing a list of meetings."""

    def visible_to(self, user: "User") -> Self:
        """Keep meetings ``user`` may view. Agrees with ``rules.may_view``."""
        return self.filter(user.access.where("meetings.view", academy="body__academy"))


class MeetingPartQuerySet(models.QuerySet[Row_co]):
    """Rows that belong to a meeting and are seen by whoever may view it."""

    def visible_to(self, user: "User") -> Self:
        """Keep parts of meetings ``user`` may view."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))


class Meeting(TrustRecord):
    """One meeting of the board, a committee or a local governing body."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    title = models.CharField(max_length=160)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "held_on"], name="meeting_once_a_day")
        ]
        indexes = [models.Index(fields=["trust", "-held_on"], name="meeting_by_trust")]

    def __str__(self) -> str:
        return self.title


class Paper(TrustRecord):
    """Something the meeting had in front of it: a final report, or the assurance table as it stood.

    ``snapshot`` freezes the assurance rows shown, so that the paper can be shown later unchanged.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="papers")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, blank=True)
    snapshot = models.JSONField(null=True, blank=True)

    objects = MeetingPartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="paper_position_once"),
            models.CheckConstraint(
                name="paper_is_a_report_or_a_snapshot",
                condition=Q(report__isnull=False, snapshot__isnull=True)
                | Q(report__isnull=True, snapshot__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Challenge(TrustRecord):
    """A question put by the body, and its answer."""

    class Status(models.TextChoices):
        """Whether it has been answered."""

        ASKED = "ASKED", "Asked"
        ANSWERED = "ANSWERED", "Answered"
        CLOSED = "CLOSED", "Closed"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="challenges")
    question = models.TextField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="challenges_asked")
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="challenges_answered"
    )
    answered_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.ASKED)

    objects = MeetingPartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="challenge_answered_means_what_who_when",
                condition=Q(status="ASKED", answer="", answered_by__isnull=True)
                | (
                    ~Q(status="ASKED")
                    & ~Q(answer="")
                    & Q(answered_by__isnull=False, answered_on__isnull=False)
                ),
            )
        ]

    def __str__(self) -> str:
        return self.question[:80]


class Decision(TrustRecord):
    """What the body decided."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    text = models.TextField()
    follow_up_on = models.DateField(null=True, blank=True)

    objects = MeetingPartQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text[:80]
