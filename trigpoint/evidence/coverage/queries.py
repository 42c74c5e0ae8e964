"""How much of what a review wants to see has been seen, in four queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Min

from trigpoint.evidence.entries.models import EvidenceRecord
from trigpoint.instruments.models import ActivityKind
from trigpoint.reviews.models import Activity, LineOfEnquiry, Review

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Cell:
    """One line, one kind. ``wanted`` None means the kind is not needed for the line."""

    kind: str
    wanted: int | None
    seen: int = 0
    planned_at: datetime | None = None

    @property
    def state(self) -> str:
        """The stylesheet's word for it: na, full, part, booked or none."""
        if self.wanted is None:
            return "na"
        if self.seen >= self.wanted:
            return "full"
        if self.seen:
            return "part"
        return "booked" if self.planned_at else "none"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of enquiry across the kinds."""

    line: LineOfEnquiry
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines by kinds. Only kinds that some line wants, or that were seen, have a column."""

    kinds: list[str]
    rows: list[Row]

    @property
    def labels(self) -> list[str]:
        """The kinds in words."""
        return [str(ActivityKind(kind).label) for kind in self.kinds]


def coverage(review: Review, *, viewer: "User", at: datetime) -> Grid:
    """Count, for each line and kind, records handed in against records wanted.

    Drafts, private records and half a pair are left out for everybody, so that no figure gives one
    away; the grid is the same for all who may open the review.

    Args:
        review: one the viewer may see.
        viewer: who is looking.
        at: now; what is planned from then on is shown as booked.

    """
    lines = list(
        LineOfEnquiry.objects.visible_to(viewer).filter(review=review).order_by("number", "id")
    )
    seen = _seen(review)
    booked = _booked(review, at)
    wanted = {kind for line in lines for kind in line.wanted}
    there = wanted | {kind for _, kind in seen}
    kinds = [kind for kind in ActivityKind.values if kind in there]
    return Grid(
        kinds,
        [
            Row(
                line,
                [
                    Cell(
                        kind,
                        line.wanted.get(kind),
                        seen.get((line.pk, kind), 0),
                        booked.get((line.pk, kind)),
                    )
                    for kind in kinds
                ],
            )
            for line in lines
        ],
    )


def _seen(review: Review) -> dict[tuple[UUID, str], int]:
    handed_in = EvidenceRecord.objects.filter(review=review).counted()
    counts: defaultdict[tuple[UUID, str], int] = defaultdict(int)
    for line, kind, count in (
        handed_in.filter(lines__isnull=False)
        .values_list("lines", "kind")
        .annotate(count=Count("id"))
        .order_by()
    ):
        counts[line, kind] = count
    return dict(counts)


def _booked(review: Review, at: datetime) -> dict[tuple[UUID, str], datetime]:
    planned = (
        Activity.objects.filter(review=review, status=Activity.Status.PLANNED, ends_at__gte=at)
        .filter(lines__isnull=False)
        .values_list("lines", "kind")
        .annotate(first=Min("starts_at"))
        .order_by()
    )
    return {(line, kind): first for line, kind, first in planned}
