"""What a review found, and at which level: trust, academy, team or individual."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from trigpoint.judgements.claims.models import Claim
from trigpoint.people.models import Person
from trigpoint.policies.models import Area, Standard
from trigpoint.reviews.models import Review
from trigpoint.trusts.models import Academy, Team
from trigpoint.trusts.structure.models import TrustRecord, TrustWideQuerySet

if TYPE_CHECKING:
    from trigpoint.people.models import User


class Theme(TrustRecord):
    """A recurring subject of findings and needs, such as checking understanding."""

    name = models.CharField(max_length=120)

    objects = TrustWideQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trust", "name"], name="theme_name_once_a_trust")
        ]

    def __str__(self) -> str:
        return self.name


class FindingQuerySet(models.QuerySet["Finding"]):
    """Ways of narrowing a list of findings."""

    def visible_to(self, user: "User") -> Self:
        """Keep findings ``user`` may view. Agrees with ``rules.may_view``.

        The review's team and lead see all of them; others see what is published; a person always
        sees what is published about themselves.
        """
        published = Q(status=Finding.Status.PUBLISHED)
        team = user.access.where("evidence.weigh", review="review")
        reader = user.access.where("findings.view", team="team", review="review")
        leads = Q(review__lead_id=user.person_id)
        about_me = published & Q(person_id=user.person_id)
        return self.filter(team | (reader & (published | leads)) | about_me)

    def standing(self) -> Self:
        """Leave out what was withdrawn: whatever is summed up or told reads these only."""
        return self.exclude(status=Finding.Status.WITHDRAWN)


class Finding(TrustRecord):
    """A strength, good practice, development area or urgent issue that a review agreed.

    Until it is published the team may correct it, or withdraw it with the reason; then it stands.
    """

    class Kind(models.TextChoices):
        """What sort of finding."""

        STRENGTH = "STRENGTH", "Strength"
        GOOD_PRACTICE = "GOOD_PRACTICE", "Good practice"
        DEVELOPMENT = "DEVELOPMENT", "Development area"
        URGENT = "URGENT", "Urgent issue"

    class Scope(models.TextChoices):
        """The level it is about."""

        TRUST = "TRUST", "Trust"
        ACADEMY = "ACADEMY", "Academy"
        TEAM = "TEAM", "Team"
        INDIVIDUAL = "INDIVIDUAL", "Individual"

    class Status(models.TextChoices):
        """Whether it has left the review's team."""

        AGREED = "AGREED", "Agreed"
        PUBLISHED = "PUBLISHED", "Published"
        WITHDRAWN = "WITHDRAWN", "Withdrawn"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="findings")
    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="findings")
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="findings"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="findings")
    standard = models.ForeignKey(
        Standard, on_delete=models.PROTECT, null=True, blank=True, related_name="findings"
    )
    kind = models.CharField(max_length=14, choices=Kind)
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.ACADEMY)
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="findings"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="findings_about"
    )
    theme = models.ForeignKey(
        Theme, on_delete=models.PROTECT, null=True, blank=True, related_name="findings"
    )
    title = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.AGREED)
    raised_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="findings_raised")
    raised_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="finding_published_means_when",
                condition=Q(status="PUBLISHED", published_on__isnull=False)
                | Q(status__in=["AGREED", "WITHDRAWN"], published_on__isnull=True),
            ),
            models.CheckConstraint(
                name="finding_scope_says_whom",
                condition=Q(scope__in=["TRUST", "ACADEMY"], team__isnull=True, person__isnull=True)
                | Q(scope="TEAM", team__isnull=False, person__isnull=True)
                | Q(scope="INDIVIDUAL", person__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["academy", "-raised_on"], name="finding_by_academy"),
            models.Index(fields=["trust", "-raised_on"], name="finding_by_trust"),
        ]

    def __str__(self) -> str:
        return self.title
