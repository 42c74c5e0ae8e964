"""A policy and its versions. What is approved never changes; the next version replaces it."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from trigpoint.people.models import Person
from trigpoint.records.models import Row_co
from trigpoint.trusts.models import Body
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


UNREAD = ("DRAFT", "WITHDRAWN")  # versions that only those who write the policy read


class PolicyRowQuerySet(models.QuerySet[Row_co]):
    """Rows of a policy: everybody in the trust reads what it promises, once it is put to them.

    A draft is read by those who write it. ``status_path`` of the model leads to its version's status.
    """

    def visible_to(self, user: "User") -> Self:
        """Keep rows of the user's own trust, without those of a version still being written."""
        ours = self.filter(user.access.anywhere("policies.view"))
        path = getattr(self.model, "status_path", "version__status")
        if user.access.holds("policies.draft") or not path:
            return ours
        return ours.exclude(**{f"{path}__in": UNREAD})


class Policy(TrustRecord):
    """What the trust holds its academies to, through all its versions."""

    status_path: ClassVar[str] = ""

    name = models.CharField(max_length=160)

    objects = PolicyRowQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "policies"
        constraints = [
            models.UniqueConstraint(fields=["trust", "name"], name="policy_name_once_a_trust")
        ]

    def __str__(self) -> str:
        return self.name


class PolicyVersion(TrustRecord):
    """One version of a policy. Once a body has approved it, nothing in it changes.

    ``settings`` holds the numbers the version promises; ``policies.settings`` says what each is,
    between which bounds, and what holds where the version is silent. Nothing queries inside it.
    ``minute`` names the meeting and its minute; ``consult_until`` is the last day for comments.
    """

    status_path: ClassVar[str] = "status"

    class Status(models.TextChoices):
        """Where the version is in its life."""

        DRAFT = "DRAFT", "Draft"
        CONSULTATION = "CONSULTATION", "In consultation"
        APPROVED = "APPROVED", "Approved"
        IN_FORCE = "IN_FORCE", "In force"
        SUPERSEDED = "SUPERSEDED", "Superseded"
        WITHDRAWN = "WITHDRAWN", "Withdrawn"

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    effective_on = models.DateField(null=True, blank=True)
    review_due_on = models.DateField(null=True, blank=True)
    superseded_on = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    minute = models.CharField(max_length=200, blank=True)
    consult_until = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True, help_text="What changed, in a sentence or two.")
    framework_code = models.CharField(max_length=60, blank=True)
    settings = models.JSONField(default=dict)

    objects = PolicyRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["policy"], condition=Q(status="IN_FORCE"), name="one_version_in_force"
            ),
            models.UniqueConstraint(
                fields=["policy"],
                condition=Q(status__in=["DRAFT", "CONSULTATION", "APPROVED"]),
                name="one_version_to_come",
            ),
            models.CheckConstraint(
                name="version_consulted_on_has_a_last_day",
                condition=~Q(status="CONSULTATION") | Q(consult_until__isnull=False),
            ),
            models.CheckConstraint(
                name="version_withdrawn_means_why",
                condition=(Q(status="WITHDRAWN") & ~Q(withdrawn_because=""))
                | (~Q(status="WITHDRAWN") & Q(withdrawn_because="")),
            ),
            models.CheckConstraint(
                name="version_in_force_has_dates_and_a_body",
                condition=Q(status__in=["DRAFT", "CONSULTATION", "WITHDRAWN"])
                | Q(
                    effective_on__isnull=False,
                    review_due_on__isnull=False,
                    approved_on__isnull=False,
                    approved_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="version_reviewed_after_it_takes_effect",
                condition=Q(effective_on__isnull=True)
                | Q(review_due_on__isnull=True)
                | Q(review_due_on__gt=F("effective_on")),
            ),
            models.CheckConstraint(
                name="version_superseded_has_its_day",
                condition=Q(status="SUPERSEDED", superseded_on__isnull=False)
                | (~Q(status="SUPERSEDED") & Q(superseded_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class Section(TrustRecord):
    """A part of the policy's text, such as how self-review is carried out. Plain paragraphs."""

    class Kind(models.TextChoices):
        """What the text is about."""

        PURPOSE = "PURPOSE", "Purpose"
        SELF_REVIEW = "SELF_REVIEW", "Self-review procedure"
        FAIRNESS = "FAIRNESS", "Fairness to people"
        OTHER = "OTHER", "Other"

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OTHER)
    title = models.CharField(max_length=160)
    text = models.TextField()

    objects = PolicyRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="section_position_once")
        ]

    def __str__(self) -> str:
        return self.title


class Responsibility(TrustRecord):
    """Who monitors, reviews, is consulted or is told: for a standard, an area or the whole policy.

    Named by role words (``role_name``), and by person where the trust says who. One of a standard
    also carries its area.
    """

    class Part(models.TextChoices):
        """What they do."""

        MONITORS = "MONITORS", "Monitors"
        REVIEWS = "REVIEWS", "Reviews"
        CONSULTED = "CONSULTED", "Is consulted"
        TOLD = "TOLD", "Is told"

    version = models.ForeignKey(
        PolicyVersion, on_delete=models.CASCADE, related_name="responsibilities"
    )
    area = models.ForeignKey(
        "policies.Area",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="responsibilities",
    )
    standard = models.ForeignKey(
        "policies.Standard",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="responsibilities",
    )
    part = models.CharField(max_length=10, choices=Part)
    role_name = models.CharField(max_length=120)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True)

    objects = PolicyRowQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "responsibilities"
        constraints = [
            models.CheckConstraint(
                name="responsibility_of_a_standard_has_its_area",
                condition=Q(standard__isnull=True) | Q(area__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.role_name} {self.part.lower()}"


class CadenceRule(TrustRecord):
    """How often one kind of review is promised: for an area or all, for a tier or all."""

    class Every(models.TextChoices):
        """The unit of the promise."""

        MONTHS = "MONTHS", "months"
        TERM = "TERM", "every term"
        HALF_TERM = "HALF_TERM", "every half term"

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="cadence")
    review_kind = models.CharField(max_length=12)
    area = models.ForeignKey(
        "policies.Area", on_delete=models.CASCADE, null=True, blank=True, related_name="cadence"
    )
    tier = models.PositiveSmallIntegerField(null=True, blank=True)
    every = models.CharField(max_length=10, choices=Every, default=Every.MONTHS)
    months = models.PositiveSmallIntegerField(null=True, blank=True)

    promised_since: date | None = None  # not stored: policies.cadence.queries works it out

    objects = PolicyRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cadence_in_months_says_how_many",
                condition=Q(every="MONTHS", months__gte=1)
                | (~Q(every="MONTHS") & Q(months__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.review_kind} every {self.months or ''} {self.every.lower()}"
