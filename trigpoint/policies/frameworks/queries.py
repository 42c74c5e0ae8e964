"""What stands in the place a framework would take."""

from typing import TYPE_CHECKING

from trigpoint.policies.models import PolicyVersion, Standard

if TYPE_CHECKING:
    from trigpoint.people.models import User


def version_in_force(*, viewer: "User") -> PolicyVersion | None:
    """Return the version that the next one would replace, policy and body loaded."""
    return (
        PolicyVersion.objects.visible_to(viewer)
        .filter(status=PolicyVersion.Status.IN_FORCE)
        .select_related("policy", "approved_by")
        .order_by("-effective_on", "id")
        .first()
    )


def standards_in_force(*, viewer: "User") -> dict[str, Standard]:
    """Return the standards in force by lineage, in the order of the policy."""
    found = (
        Standard.objects.visible_to(viewer)
        .filter(version__status=PolicyVersion.Status.IN_FORCE)
        .order_by("area__position", "position", "id")
    )
    return {standard.lineage: standard for standard in found}
