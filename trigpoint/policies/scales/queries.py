"""What a scale says, as named texts."""

from trigpoint.policies.standards.models import Scale

NAME = "name"


def system_told(scale: Scale) -> dict[str, str]:
    """Return the words of a scale by mark, best first, and its own name."""
    levels = scale.levels.order_by("rank").values_list("mark", "label")
    return {NAME: scale.name, **dict(levels)}
