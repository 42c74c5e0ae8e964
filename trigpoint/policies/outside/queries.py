"""Outside frameworks for one reader: those that come with the product, and the trust's own."""

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import F, OuterRef, Subquery

from trigpoint.policies.outside import rules
from trigpoint.policies.outside.models import OutsideFramework
from trigpoint.policies.outside.rules import Outside
from trigpoint.policies.standards.models import Crosswalk
from trigpoint.policies.versions.models import PolicyVersion

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.db.models import QuerySet

    from trigpoint.people.models import User


def known(*, viewer: "User") -> list[Outside]:
    """Return every outside framework there is for the viewer, editions together. One query."""
    return sorted(
        [*rules.shipped(), *own(viewer=viewer)],
        key=lambda it: it.sort_key,
    )


def own(*, viewer: "User") -> list[Outside]:
    """Return those the viewer's trust brought in."""
    rows = OutsideFramework.objects.visible_to(viewer).order_by("label", "id")
    return [Outside(row.content, row.pk) for row in rows]


def system_items_known(trust_id: "UUID") -> "Mapping[str, list[str]]":
    """Return the items a trust can map to, by what crosswalks call their frameworks."""
    rows = OutsideFramework.objects.filter(trust=trust_id).order_by("label", "id")
    return rules.items_known([Outside(row.content, row.pk) for row in rows])


def in_force(*, viewer: "User") -> "QuerySet[Crosswalk]":
    """Return what the version in force is mapped to, in the order of the policy."""
    return (
        Crosswalk.objects.visible_to(viewer)
        .filter(version__status=PolicyVersion.Status.IN_FORCE)
        .select_related("area", "standard")
        .order_by(
            "area__position", F("standard__position").asc(nulls_first=True), "framework", "item",
            "id",
        )
    )  # fmt: skip


def in_force_in_full(*, viewer: "User") -> "QuerySet[Crosswalk]":
    """Return the same, each with the framework of the trust's own that it maps to, if it is one."""
    own = OutsideFramework.objects.filter(trust=OuterRef("trust"), label=OuterRef("framework"))
    return in_force(viewer=viewer).annotate(
        own_id=Subquery(own.values("pk")[:1]), own_content=Subquery(own.values("content")[:1])
    )


def mapped_to(outside: Outside, *, viewer: "User") -> "Mapping[str, list[Crosswalk]]":
    """Return which of our areas and standards in force map to each item, by its name."""
    found: defaultdict[str, list[Crosswalk]] = defaultdict(list)
    for row in in_force(viewer=viewer).filter(framework=outside.label):
        found[row.item].append(row)
    return found


def system_named_count(framework: OutsideFramework) -> int:
    """Count the places in which any version of the trust's policy maps to a framework."""
    return Crosswalk.objects.filter(trust=framework.trust_id, framework=framework.label).count()
