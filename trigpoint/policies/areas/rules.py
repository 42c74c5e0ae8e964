"""What an area says, as named texts."""

from trigpoint.policies.standards.models import Area

TEXTS = ("code", "name", "short_name", "summary", "meaning_changed")


def told(area: Area) -> dict[str, str]:
    """Return everything an area says, by the names its form gives it."""
    return {name: getattr(area, name) for name in TEXTS}
