"""Roles given to people: which, where, from when to when, by whom and why."""

from datetime import date
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from trigpoint.people.roles import Capability, Role, capabilities
from trigpoint.people.staff.models import Person
from trigpoint.trusts.models import Academy, Cluster, Team
from trigpoint.trusts.structure.models import TrustRecord

if TYPE_CHECKING:
    from trigpoint.people.models import User


class GrantQuerySet(models.QuerySet["Grant"]):
    """Ways of narrowing a list of grants."""

    def visible_to(self, user: "User") -> Self:
        """Keep one's own grants, and those where ``user`` may see who holds what."""
        return self.filter(
            user.access.where("grants.view", team="team", review="review_id")
            | Q(person_id=user.person_id)
        )

    def in_force(self, *, on: date) -> Self:
        """Keep grants that count on a day; both dates are included.

        A grant that somebody ended stops counting at once, on the day it was ended. Those of
        somebody who has left count no more, whether or not anybody ended them.
        """
        return self.dated(on=on).filter(
            Q(person__left_on__isnull=True) | Q(person__left_on__gte=on)
        )

    def dated(self, *, on: date) -> Self:
        """Keep grants whose own dates take in a day, whether or not the person has left."""
        return self.filter(
            Q(starts_on__lte=on),
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            Q(ended_on__isnull=True) | Q(ended_on__gt=on),
        )

    def giving(
        self, capability: Capability, *, academy_id: UUID, review_id: UUID | None = None
    ) -> Self:
        """Keep grants that give a capability at an academy, or for one review of it."""
        its_cluster = Academy.objects.filter(pk=academy_id).values("cluster")
        here = Q(academy=academy_id) | Q(cluster__in=its_cluster)
        here |= Q(academy=None, team=None, cluster=None, review_id=None)
        given = [role for role in Role if capability in capabilities(role)]
        for_one = [role for role in Role if capability in capabilities(role, for_one_review=True)]
        return self.filter(
            (Q(role__in=given) & here)
            | Q(role__in=for_one, review_id=review_id, review_id__isnull=False)
        )


class Grant(TrustRecord):
    """One role, held in one place. With no place it is held across the whole trust.

    ``review_id`` is a plain id because reviews stand above people in the stack.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=16, choices=Role.choices)
    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, null=True, blank=True)
    academy = models.ForeignKey(Academy, on_delete=models.CASCADE, null=True, blank=True)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, blank=True)
    review_id = models.UUIDField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(
        null=True, blank=True, help_text="The day somebody ended it early; it counts no more."
    )
    granted_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="grants_given"
    )
    reason = models.CharField(max_length=300, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role_known"),
            models.CheckConstraint(
                name="grant_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="grant_is_in_one_place",
                condition=Q(cluster=None, academy=None, team=None, review_id=None)
                | Q(cluster__isnull=False, academy=None, team=None, review_id=None)
                | Q(cluster=None, academy__isnull=False, team=None, review_id=None)
                | Q(cluster=None, academy=None, team__isnull=False, review_id=None)
                | Q(cluster=None, academy=None, team=None, review_id__isnull=False),
            ),
            models.CheckConstraint(
                name="grant_for_one_review_ends",
                condition=Q(review_id=None) | Q(ends_on__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["person", "starts_on"], name="grant_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role}"

    @property
    def place(self) -> str:
        """Where it is held, in words."""
        if self.review_id:
            return "One review"
        return str(self.academy or self.team or self.cluster or "The whole trust")

    def is_in_force(self, *, on: date) -> bool:
        """Say whether it counts on a day. Agrees with ``in_force``."""
        return (
            not self.person.has_left(on=on)
            and self.starts_on <= on
            and (self.ends_on is None or self.ends_on >= on)
            and (self.ended_on is None or self.ended_on > on)
        )
