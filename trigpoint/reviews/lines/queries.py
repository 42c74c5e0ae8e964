"""What rests on a line of enquiry."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from trigpoint.reviews.reviews.models import LineOfEnquiry

Resting = Callable[[UUID], "QuerySet[Any]"]
_resting: dict[str, Resting] = {}


def system_rest_also(name: str, resting: Resting) -> None:
    """Register what areas above tie to a line. Call from ``ready``.

    Args:
        name: what it is, so that it is registered once.
        resting: returns its rows, by the line's id.

    """
    _resting[name] = resting


def system_is_answered(line: "LineOfEnquiry") -> bool:
    """Say whether anything above answers the line already."""
    return any(resting(line.pk).exists() for resting in _resting.values())
