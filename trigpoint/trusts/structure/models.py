"""The trust and its parts."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from trigpoint.records.models import Record, Row_co

if TYPE_CHECKING:
    from trigpoint.people.models import User


class Trust(Record):
    """A multi-academy trust. Every row that belongs to one carries it."""

    name = models.CharField(max_length=200)
    group_uid = models.CharField(
        max_length=10, blank=True, help_text="Group UID in Get Information About Schools."
    )
    year_starts_month = models.PositiveSmallIntegerField(default=9)
    may_level_named_records = models.BooleanField(
        default=False,
        help_text="Whether a record that names a person may carry a level (off unless decided).",
    )
    level_decision = models.TextField(blank=True, help_text="The recorded decision behind it.")
    visit_budget_count = models.PositiveSmallIntegerField(default=3)
    visit_budget_minutes = models.PositiveSmallIntegerField(default=180)
    suppress_below = models.PositiveSmallIntegerField(
        default=5, help_text="Totals over fewer people than this are never shown."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group_uid"], condition=~Q(group_uid=""), name="trust_group_uid_once"
            ),
            models.CheckConstraint(
                name="trust_level_on_named_records_has_a_decision",
                condition=Q(may_level_named_records=False) | ~Q(level_decision=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TrustRecord(Record):
    """A row that belongs to one trust."""

    trust = models.ForeignKey(Trust, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class TrustWideQuerySet(models.QuerySet[Row_co]):
    """Rows everybody who signs in to the trust may see."""

    def visible_to(self, user: "User") -> Self:
        """Keep rows of the user's own trust."""
        return self.filter(trust_id=user.trust_id)


class AcademyQuerySet(models.QuerySet["Academy"]):
    """Ways of narrowing a list of academies."""

    def visible_to(self, user: "User") -> Self:
        """Keep academies ``user`` may view. Agrees with ``rules.may_view``."""
        return self.filter(user.access.where("academies.view", academy="id"))


class AcademyRowQuerySet(models.QuerySet[Row_co]):
    """Rows that hang off an academy and are seen by whoever may view that academy."""

    def visible_to(self, user: "User") -> Self:
        """Keep rows of academies ``user`` may view."""
        return self.filter(user.access.where("academies.view"))


class Cluster(TrustRecord):
    """A group of academies that work together."""

    name = models.CharField(max_length=120)

    objects = TrustWideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trust", "name"], name="cluster_name_once_a_trust")
        ]

    def __str__(self) -> str:
        return self.name


class Academy(TrustRecord):
    """A school the trust runs. ``urn`` is its number in Get Information About Schools."""

    class Phase(models.TextChoices):
        """The ages an academy teaches."""

        PRIMARY = "PRIMARY", "Primary"
        SECONDARY = "SECONDARY", "Secondary"
        ALL_THROUGH = "ALL_THROUGH", "All-through"
        SPECIAL = "SPECIAL", "Special"
        ALTERNATIVE = "ALTERNATIVE", "Alternative provision"
        POST_16 = "POST_16", "16 plus"
        NOT_KNOWN = "NOT_KNOWN", "Not known"

    class Tier(models.IntegerChoices):
        """How much support and challenge an academy gets, set termly by a committee."""

        STRONG = 1, "Strong"
        SECURE = 2, "Secure"
        ATTENTION = 3, "Attention needed"
        CONCERN = 4, "Causing concern"

    cluster = models.ForeignKey(Cluster, on_delete=models.SET_NULL, null=True, blank=True)
    name = models.CharField(max_length=200)
    urn = models.PositiveIntegerField(null=True, blank=True)
    phase = models.CharField(max_length=12, choices=Phase, default=Phase.NOT_KNOWN)
    establishment_type = models.CharField(max_length=120, blank=True)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    pupil_count = models.PositiveIntegerField(null=True, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    tier = models.PositiveSmallIntegerField(choices=Tier, default=Tier.SECURE)
    tier_reason = models.CharField(max_length=300, blank=True)

    objects = AcademyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trust", "urn"],
                condition=Q(urn__isnull=False),
                name="academy_urn_once_a_trust",
            ),
            models.UniqueConstraint(
                fields=["trust", "name"],
                condition=Q(urn__isnull=True),
                name="academy_name_once_a_trust_without_urn",
            ),
        ]
        indexes = [models.Index(fields=["trust", "name"], name="academy_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def ages(self) -> str:
        """Ages taught, as ``3 to 11``; empty when not known."""
        if self.age_from is None or self.age_to is None:
            return ""
        return f"{self.age_from} to {self.age_to}"


class TierChange(TrustRecord):
    """One decision about an academy's tier: which body, when, why."""

    academy = models.ForeignKey(Academy, on_delete=models.CASCADE, related_name="tier_changes")
    tier = models.PositiveSmallIntegerField(choices=Academy.Tier)
    reason = models.CharField(max_length=300)
    decided_on = models.DateField()
    body = models.ForeignKey("trusts.Body", on_delete=models.PROTECT, null=True)

    objects = AcademyRowQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["academy", "-decided_on"], name="tier_change_by_academy")]

    def __str__(self) -> str:
        return f"{self.academy_id}: tier {self.tier}"


class Team(TrustRecord):
    """A department, key stage or pastoral team of an academy, or a trust-wide subject network."""

    class Kind(models.TextChoices):
        """What holds the team together."""

        DEPARTMENT = "DEPARTMENT", "Department"
        KEY_STAGE = "KEY_STAGE", "Key stage"
        PASTORAL = "PASTORAL", "Pastoral team"
        LEADERSHIP = "LEADERSHIP", "Leadership team"
        NETWORK = "NETWORK", "Trust network"

    academy = models.ForeignKey(
        Academy, on_delete=models.CASCADE, null=True, blank=True, related_name="teams"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=120)
    subject = models.CharField(max_length=80, blank=True)

    objects = AcademyRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trust", "academy", "name"],
                condition=Q(academy__isnull=False),
                name="team_name_once_an_academy",
            ),
            models.UniqueConstraint(
                fields=["trust", "name"],
                condition=Q(academy__isnull=True),
                name="network_name_once_a_trust",
            ),
            models.CheckConstraint(
                name="team_network_has_no_academy",
                condition=Q(kind="NETWORK", academy__isnull=True)
                | (~Q(kind="NETWORK") & Q(academy__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Body(TrustRecord):
    """A board, committee or local governing body that oversees."""

    class Kind(models.TextChoices):
        """Which tier of governance."""

        BOARD = "BOARD", "Trust board"
        COMMITTEE = "COMMITTEE", "Committee"
        LOCAL = "LOCAL", "Local governing body"

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=160)
    academy = models.ForeignKey(Academy, on_delete=models.CASCADE, null=True, blank=True)

    objects = TrustWideQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "bodies"
        constraints = [
            models.UniqueConstraint(fields=["trust", "name"], name="body_name_once_a_trust"),
            models.CheckConstraint(
                name="body_local_has_an_academy",
                condition=Q(kind="LOCAL", academy__isnull=False)
                | (~Q(kind="LOCAL") & Q(academy__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name
