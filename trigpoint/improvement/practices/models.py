"""Good practice: found by one, confirmed by another, published with the academy's consent."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from trigpoint.judgements.models import Finding, Theme
from trigpoint.people.models import Person
from trigpoint.trusts.models import Academy
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class GoodPracticeQuerySet(models.QuerySet["GoodPractice"]):
    """Ways of narrowing a list of good practice."""

    def visible_to(self, user: "User") -> Self:
        """Keep what is published in the trust, and the academy's own and one's reviewing reach.

        Agrees with ``rules.may_view``.
        """
        published = Q(status=GoodPractice.Status.PUBLISHED)
        return self.filter(
            (published & user.access.anywhere("practices.view"))
            | user.access.where("practices.nominate", review="finding__review")
        )


class GoodPractice(TrustRecord):
    """Something that works, in words another academy could use."""

    class Status(models.TextChoices):
        """How far it has come."""

        NOMINATED = "NOMINATED", "Nominated"
        CONFIRMED = "CONFIRMED", "Confirmed"
        PUBLISHED = "PUBLISHED", "Published"

    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="practices")
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, null=True, blank=True, related_name="practices"
    )
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, null=True, blank=True)
    title = models.CharField(max_length=200)
    what_they_do = models.TextField()
    status = models.CharField(max_length=10, choices=Status, default=Status.NOMINATED)
    nominated_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="practices_nominated"
    )
    nominated_on = models.DateField()
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="practices_confirmed"
    )
    confirmed_on = models.DateField(null=True, blank=True)
    consented_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="practices_consented"
    )
    published_on = models.DateField(null=True, blank=True)

    objects = GoodPracticeQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "good practice"
        constraints = [
            models.CheckConstraint(
                name="practice_confirmed_means_who_and_when",
                condition=Q(status="NOMINATED", confirmed_by__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="practice_published_has_consent",
                condition=~Q(status="PUBLISHED")
                | Q(consented_by__isnull=False, published_on__isnull=False),
            ),
            models.CheckConstraint(
                name="practice_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("nominated_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.title
