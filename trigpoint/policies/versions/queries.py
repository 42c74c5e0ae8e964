"""Reading versions of the policy."""

from uuid import UUID

from trigpoint.policies.versions.models import PolicyVersion


def system_version_in_force(trust_id: UUID) -> PolicyVersion | None:
    """Return the trust's version in force, for work that has no reader."""
    return (
        PolicyVersion.objects.filter(trust_id=trust_id, status=PolicyVersion.Status.IN_FORCE)
        .order_by("-effective_on", "id")
        .first()
    )
