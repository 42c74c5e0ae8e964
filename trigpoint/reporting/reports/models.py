"""The report of a review, statement by statement."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from trigpoint.judgements.models import Claim, Finding, Judgement
from trigpoint.people.models import Person
from trigpoint.policies.models import Level
from trigpoint.records.models import Row_co
from trigpoint.reviews.models import Review
from trigpoint.trusts.models import Academy
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


CLOSING = timedelta(days=2)


class ReportQuerySet(models.QuerySet["Report"]):
    """Ways of narrowing a list of reports."""

    def visible_to(self, user: "User") -> Self:
        """Keep reports ``user`` may read. Agrees with ``rules.may_view``.

        Writers see every draft, the academy sees it from the factual accuracy check on, others
        when it is final.
        """
        status = Report.Status
        writing = user.access.where("reports.write", review="review")
        checking = user.access.where("reports.check", review="review")
        reading = user.access.where("reports.view", review="review")
        final = Q(status__in=[status.FINAL, status.SUPERSEDED])
        return self.filter(
            writing | (checking & (final | Q(status=status.FACTUAL_ACCURACY))) | (reading & final)
        )


class ReportPartQuerySet(models.QuerySet[Row_co]):
    """Rows that belong to a report and are seen by whoever may read it."""

    def visible_to(self, user: "User") -> Self:
        """Keep parts of reports ``user`` may read."""
        return self.filter(report__in=Report.objects.visible_to(user))


class FactualCommentQuerySet(models.QuerySet["FactualComment"]):
    """Comments are between the academy and those who write the report."""

    def visible_to(self, user: "User") -> Self:
        """Keep comments ``user`` may read: trustees and governors never see who said what."""
        parties = user.access.where(
            "reports.write", academy="report__academy", review="report__review"
        ) | user.access.where("reports.check", academy="report__academy", review="report__review")
        return self.filter(parties, report__in=Report.objects.visible_to(user))


class Report(TrustRecord):
    """What a review tells the academy and the trust.

    Internal QA is done by somebody else than sent it there, where there is somebody else:
    ``sent_by``, ``checked_by``.

    The academy that has checked the facts may confirm them before its time is over:
    ``confirmed_at``, gone again with its next comment. A final report is locked:
    ``content_sha256`` is the hash of its words as finalised. One that a later report took over
    from stays as it was and says which (``replaced_by``).
    """

    class Status(models.TextChoices):
        """Where the report is."""

        DRAFT = "DRAFT", "Draft"
        INTERNAL_QA = "INTERNAL_QA", "Internal QA"
        FACTUAL_ACCURACY = "FACTUAL_ACCURACY", "Factual accuracy check"
        FINAL = "FINAL", "Final"
        SUPERSEDED = "SUPERSEDED", "Superseded"

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="report")
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="reports")
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    status = models.CharField(max_length=18, choices=Status, default=Status.DRAFT)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reports_written")
    sent_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="reports_sent_to_qa"
    )
    checked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="reports_checked"
    )
    comments_due_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="reports_confirmed"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finalised_at = models.DateTimeField(null=True, blank=True)
    content_sha256 = models.CharField(max_length=64, blank=True)
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="report_final_is_locked",
                condition=(
                    Q(status__in=["FINAL", "SUPERSEDED"], finalised_at__isnull=False)
                    & ~Q(content_sha256="")
                )
                | (
                    ~Q(status__in=["FINAL", "SUPERSEDED"])
                    & Q(finalised_at__isnull=True, content_sha256="")
                ),
            ),
            models.CheckConstraint(
                name="report_confirmation_is_whole",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(
                    status__in=["FACTUAL_ACCURACY", "FINAL", "SUPERSEDED"],
                    confirmed_by__isnull=False,
                    confirmed_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="report_superseded_says_by_which",
                condition=Q(status="SUPERSEDED", replaced_by__isnull=False)
                | (~Q(status="SUPERSEDED") & Q(replaced_by__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["trust", "-finalised_at"], name="report_by_trust")]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def closing(on: date) -> Q:
        """Pick those whose check for factual accuracy ends within two days of ``on``, or ended."""
        return Q(status=Report.Status.FACTUAL_ACCURACY, comments_due_on__lte=on + CLOSING)


class ReportStatement(TrustRecord):
    """One statement of a report and what it rests on: a judgement, a claim or a finding."""

    class Part(models.TextChoices):
        """Which part of the report it stands in."""

        JUDGEMENT = "JUDGEMENT", "Judgements"
        CLAIM = "CLAIM", "What we found"
        FINDING = "FINDING", "What follows"

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="statements")
    position = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=10, choices=Part)
    text = models.TextField()
    is_reworded = models.BooleanField(
        default=False, help_text="Edited by hand, so that assembling again keeps the words."
    )
    against = models.JSONField(
        default=list,
        blank=True,
        help_text="What contradicted its claim and how the team answered it, a sentence each.",
    )
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, blank=True)
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, null=True, blank=True)
    level = models.ForeignKey(
        Level,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        help_text="Of its judgement, as it was assembled; what is printed.",
    )
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, null=True, blank=True)

    objects = ReportPartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "position"], name="statement_position_once"),
            models.CheckConstraint(
                name="statement_rests_on_one_thing",
                condition=Q(
                    part="CLAIM", claim__isnull=False, judgement__isnull=True, finding__isnull=True
                )
                | Q(
                    part="JUDGEMENT",
                    claim__isnull=True,
                    judgement__isnull=False,
                    finding__isnull=True,
                )
                | Q(
                    part="FINDING",
                    claim__isnull=True,
                    judgement__isnull=True,
                    finding__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="statement_level_is_a_judgements",
                condition=Q(part="JUDGEMENT", level__isnull=False)
                | (~Q(part="JUDGEMENT") & Q(level__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def source_id(self) -> UUID:
        """The id of the one thing it rests on."""
        source: UUID = getattr(self, f"{self.part.lower()}_id")
        return source

    @property
    def place(self) -> str:
        """What it is about: a standard, or an area as a whole; nothing where it is a finding."""
        if self.claim:
            return str(self.claim.standard)
        if self.judgement:
            return str(self.judgement.standard or f"{self.judgement.area} as a whole")
        return ""

    @property
    def told_level(self) -> Level | None:
        """The level it tells: a judgement's as printed, or what a claim amounts to."""
        return self.level or (self.claim.level if self.claim else None)


class FactualComment(TrustRecord):
    """The academy's correction of one statement, and what was done with it."""

    class Disposition(models.TextChoices):
        """What was done with a comment."""

        ACCEPTED = "ACCEPTED", "Accepted"
        PARTLY = "PARTLY", "Partly accepted"
        DECLINED = "DECLINED", "Declined"

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="comments")
    statement = models.ForeignKey(
        ReportStatement, on_delete=models.CASCADE, related_name="comments"
    )
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="factual_comments")
    text = models.TextField()
    made_at = models.DateTimeField()
    disposition = models.CharField(max_length=10, choices=Disposition, blank=True)
    disposition_reason = models.TextField(blank=True)
    disposed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="comments_disposed"
    )
    disposed_at = models.DateTimeField(null=True, blank=True)

    objects = FactualCommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="disposition_is_whole",
                condition=Q(
                    disposition="",
                    disposition_reason="",
                    disposed_by__isnull=True,
                    disposed_at__isnull=True,
                )
                | (
                    Q(disposed_by__isnull=False, disposed_at__isnull=False)
                    & ~Q(disposition="")
                    & ~Q(disposition_reason="")
                ),
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
