"""A claim, and the evidence cited for and against it."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from trigpoint.evidence.models import EarlierVersion, EvidenceRecord, Note
from trigpoint.judgements.strength.models import Strength
from trigpoint.people.models import Person
from trigpoint.policies.models import Level, Standard
from trigpoint.reviews.models import LineOfEnquiry, Review
from trigpoint.trusts.models import Academy
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from datetime import datetime

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

    def with_overtaken(self) -> Self:
        """Say of each whether evidence changed after it was cited: ``is_overtaken``."""
        changed = Citation.objects.since_changed().filter(claim=OuterRef("pk"))
        return self.annotate(is_overtaken=Exists(changed))


class CitationQuerySet(models.QuerySet["Citation"]):
    """Ways of narrowing a list of citations."""

    def visible_to(self, user: "User") -> Self:
        """Keep citations of claims ``user`` may view."""
        return self.filter(Exists(Claim.objects.visible_to(user).filter(pk=OuterRef("claim"))))

    def since_changed(self) -> Self:
        """Keep citations of records that say something else now than when they were cited."""
        return self.filter(Exists(_said_when_cited()))

    def with_change(self) -> Self:
        """Say of each when its record last changed after it was cited: ``changed_at``, or None."""
        last = _said_when_cited().order_by("-revision").values("replaced_at")
        return self.annotate(changed_at=Subquery(last[:1]))


def _said_when_cited() -> models.QuerySet[EarlierVersion]:
    """Return the versions of a citation's record replaced since it was cited."""
    return EarlierVersion.objects.filter(
        record=OuterRef("record"), revision__gte=OuterRef("revision")
    )


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
    """A piece of evidence set beside a claim. A contradiction is answered in words.

    ``revision`` is the record's own when it was cited: when what the record says changes after
    that, it is no longer what the team weighed.
    """

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
    revision = models.PositiveIntegerField(default=0)
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
    changed_at: "datetime | None"  # where ``with_change`` was asked for

    objects = CitationQuerySet.as_manager()

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
