"""Reading the rules of how often."""

from uuid import UUID

from trigpoint.policies.versions.models import CadenceRule


def system_rules(version_id: UUID) -> list[CadenceRule]:
    """Return a version's rules with their areas, in one query, whoever reads what they ask for."""
    found = CadenceRule.objects.filter(version=version_id).select_related("area")
    return list(found.order_by("review_kind", "tier", "id"))
