"""A claim, and the evidence cited for and against it."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from trigpoint.evidence.models import EvidenceRecord, Note
from trigpoint.judgements.strength.models import Strength
from trigpoint.people.models import Person
from trigpoint.policies.models import Level, Standard
from trigpoint.records.models import Row_co
from trigpoint.reviews.models import LineOfEnquiry, Review
from trigpoint.trusts.models import Academy
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User

NUMBERS_A_LINE = 100  # how far claims of one line of enquiry are numbered


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Ways of narrowing a list of claims."""

    def visible_to(self, user: "User") -> Self:
        """Keep claims ``user`` may view. Agrees with ``rules.may_view``.

        The review's team and its lead see every claim; the academy sees what they agreed once it
        stands.
        """
        team = user.access.where("evidence.weigh", review="review")
        reader = user.access.where("claims.view", review="review")
        leads = Q(review__lead_id=user.person_id)
        return self.filter(team | (reader & (leads | Q(stands_from__isnull=False))))


class ClaimPartQuerySet(models.QuerySet[Row_co]):
    """Rows that belong to a claim and are seen by whoever may view it."""

    def visible_to(self, user: "User") -> Self:
        """Keep parts of claims ``user`` may view."""
        return self.filter(claim__in=Claim.objects.visible_to(user))


class Claim(TrustRecord):
    """A statement about a standard, proposed by a team member and weighed by all.

    ``strength`` and ``strength_facts`` are kept in step with the citations by every operation
    that touches them; the facts are the counts the words rest on. ``number`` 102 is claim 1.2, the
    second of line of enquiry 1; below 100 it belongs to no line. An agreed claim stands, and is read
    outside the team, from the day the levels of its review stand: ``stands_from``.
    """

    class Status(models.TextChoices):
        """Where the claim is."""

        OPEN = "OPEN", "Open"
        AGREED = "AGREED", "Agreed"
        WITHDRAWN = "WITHDRAWN", "Withdrawn"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="claims")
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="claims")
    line = models.ForeignKey(
        LineOfEnquiry, on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="claims")
    number = models.PositiveSmallIntegerField()
    statement = models.TextField()
    level = models.ForeignKey(Level, on_delete=models.PROTECT, null=True, blank=True)
    proposed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="claims_proposed"
    )
    proposed_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    agreed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="claims_agreed"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    stands_from = models.DateField(null=True, blank=True)
    strength = models.CharField(max_length=6, choices=Strength, default=Strength.THIN)
    strength_facts = models.JSONField(default=dict)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="claim_number_once"),
            models.CheckConstraint(
                name="claim_agreed_means_when_and_who",
                condition=Q(status="AGREED", agreed_by__isnull=False, agreed_at__isnull=False)
                | (~Q(status="AGREED") & Q(agreed_by__isnull=True, agreed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="claim_stands_once_agreed",
                condition=Q(stands_from__isnull=True) | Q(status="AGREED"),
            ),
        ]

    def __str__(self) -> str:
        return self.statement[:80]

    @property
    def reference(self) -> str:
        """The short name people say aloud, such as 1.2; a plain number for a claim of no line."""
        line, within = divmod(self.number, NUMBERS_A_LINE)
        return f"{line}.{within}" if line else str(within)


class Citation(TrustRecord):
    """A piece of evidence set beside a claim. A contradiction is answered in words."""

    class Stance(models.TextChoices):
        """Which way the evidence points."""

        SUPPORTS = "SUPPORTS", "Supports"
        CONTRADICTS = "CONTRADICTS", "Contradicts"

    class Answer(models.TextChoices):
        """How a contradiction was settled."""

        CHANGED = "CHANGED", "The claim was changed"
        EXPLAINED = "EXPLAINED", "It was explained"
        OUTWEIGHED = "OUTWEIGHED", "It was outweighed"
        SEEN_MORE = "SEEN_MORE", "More was seen first"

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="citations")
    record = models.ForeignKey(EvidenceRecord, on_delete=models.PROTECT, related_name="citations")
    note = models.ForeignKey(Note, on_delete=models.PROTECT, null=True, blank=True)
    stance = models.CharField(max_length=12, choices=Stance)
    excerpt = models.TextField()
    cited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="citations")
    answer_kind = models.CharField(max_length=12, choices=Answer, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contradictions_answered",
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ClaimPartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "record"], name="record_cited_once_a_claim"),
            models.CheckConstraint(
                name="answer_is_whole",
                condition=Q(
                    answer="", answer_kind="", answered_by__isnull=True, answered_at__isnull=True
                )
                | (
                    Q(
                        stance="CONTRADICTS",
                        answered_by__isnull=False,
                        answered_at__isnull=False,
                    )
                    & ~Q(answer="")
                    & ~Q(answer_kind="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stance} {self.claim_id}"
