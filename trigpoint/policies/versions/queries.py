"""Reading versions of the policy and what they promise."""

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from trigpoint.policies.versions.models import (
    CadenceRule,
    PolicyVersion,
    Responsibility,
    Section,
)
from trigpoint.web.marks import Shown

if TYPE_CHECKING:
    from trigpoint.people.models import User
    from trigpoint.policies.standards.models import Crosswalk, Standard


def system_version_in_force(trust_id: UUID) -> PolicyVersion | None:
    """Return the trust's version in force, for work that has no reader."""
    return (
        PolicyVersion.objects.filter(trust_id=trust_id, status=PolicyVersion.Status.IN_FORCE)
        .order_by("-effective_on", "id")
        .first()
    )


def system_due_to_take_effect(*, on: date) -> QuerySet[PolicyVersion]:
    """Return the versions approved for a day that has come, of every trust."""
    return PolicyVersion.objects.filter(
        status=PolicyVersion.Status.APPROVED, effective_on__lte=on
    ).order_by("effective_on", "id")


def system_settings_in_force(trust_id: UUID) -> dict[str, Any]:
    """Return the numbers the trust's version in force promises; ``policies.settings`` reads them."""
    version = system_version_in_force(trust_id)
    return version.settings if version else {}


def readable(*, viewer: "User") -> QuerySet[PolicyVersion]:
    """Return every version the viewer may read, newest first; policy, trust and body loaded."""
    return (
        PolicyVersion.objects.visible_to(viewer)
        .select_related("policy", "trust", "approved_by")
        .order_by("-number", "id")
    )


def version_in_force(*, viewer: "User") -> PolicyVersion | None:
    """Return the version in force in the viewer's trust; policy, trust and body loaded."""
    found = readable(viewer=viewer).filter(status=PolicyVersion.Status.IN_FORCE)
    return found.order_by("-effective_on", "id").first()


def standards(version: PolicyVersion, *, viewer: "User") -> "QuerySet[Standard]":
    """Return the version's standards in the order of the policy, area and its scale loaded."""
    return (
        version.standards.visible_to(viewer)
        .select_related("area__scale")
        .order_by("area__position", "position", "id")
    )


def levels(version: PolicyVersion, *, viewer: "User") -> list[tuple[str, Shown]]:
    """Return the levels a version judges on, best first, each with the code of its scale."""
    looks = [f"levels__{it.name}" for it in fields(Shown)]
    found = version.scales.visible_to(viewer).order_by("position", "code", "levels__rank")
    return [(code, Shown(*level)) for code, *level in found.values_list("code", *looks)]


def cadence(version: PolicyVersion, *, viewer: "User") -> QuerySet[CadenceRule]:
    """Return how often the version promises each kind of review, area loaded."""
    return (
        CadenceRule.objects.visible_to(viewer)
        .filter(version=version)
        .select_related("area")
        .order_by("review_kind", "tier", "id")
    )


def responsibilities(version: PolicyVersion, *, viewer: "User") -> QuerySet[Responsibility]:
    """Return who answers for what, by role. People are named elsewhere, to those who may know."""
    return (
        Responsibility.objects.visible_to(viewer)
        .filter(version=version)
        .order_by("part", "role_name", "id")
    )


def sections(version: PolicyVersion, *, viewer: "User") -> QuerySet[Section]:
    """Return the parts of the policy's text in order."""
    return Section.objects.visible_to(viewer).filter(version=version).order_by("position", "id")


def crosswalk(version: PolicyVersion, *, viewer: "User") -> "QuerySet[Crosswalk]":
    """Return what each area of the version corresponds to elsewhere, area loaded."""
    return (
        version.crosswalks.visible_to(viewer)
        .filter(standard=None)
        .select_related("area")
        .order_by("area__position", "framework", "item", "id")
    )
