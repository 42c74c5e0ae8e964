"""What an area says, as named texts, and which areas stay."""

from trigpoint.policies.frameworks.rules import AREAS
from trigpoint.policies.standards.models import Area
from trigpoint.records.refusals import ALLOWED, Verdict, denied

TEXTS = ("code", "name", "short_name", "summary", "meaning_changed")


def may_go(area: Area) -> Verdict:
    """An area that every policy covers stays; what the trust added may go."""
    if area.lineage in AREAS:
        return denied(
            f"Every policy covers {AREAS[area.lineage]}, so this area stays. Change its words and "
            "its standards instead."
        )
    return ALLOWED


def told(area: Area) -> dict[str, str]:
    """Return everything an area says, by the names its form gives it."""
    return {name: getattr(area, name) for name in TEXTS}
