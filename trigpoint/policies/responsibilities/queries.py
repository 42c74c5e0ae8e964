"""Who answers for what in a version, for those who write it: roles, and people by name."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from trigpoint.people.models import Person
from trigpoint.policies.versions.models import PolicyVersion, Responsibility

if TYPE_CHECKING:
    from trigpoint.people.models import User


def register(version: PolicyVersion, *, viewer: "User") -> QuerySet[Responsibility]:
    """Return a version's responsibilities in the order of the policy, what they need loaded."""
    return (
        Responsibility.objects.visible_to(viewer)
        .filter(version=version)
        .select_related("area", "standard", "person")
        .order_by(
            F("area__position").asc(nulls_first=True),
            F("standard__position").asc(nulls_first=True),
            "part",
            "role_name",
            "id",
        )
    )


def nameable(*, viewer: "User", on: date) -> QuerySet[Person]:
    """Return people a policy may name: those of the centre, and who holds a role trust-wide."""
    of_the_centre = Q(posts__academy=None, posts__isnull=False)
    everywhere = Q(
        grants__isnull=False,
        grants__academy=None,
        grants__cluster=None,
        grants__team=None,
        grants__review_id=None,
    )
    people = Person.objects.visible_to(viewer).here(on=on)
    return people.filter(of_the_centre | everywhere).distinct().order_by("name", "id")
