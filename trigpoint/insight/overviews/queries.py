"""What the trust's and an academy's overview read. Every figure is a count of rows one may see."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from trigpoint.improvement.actions import queries as actions
from trigpoint.improvement.needs import queries as needs
from trigpoint.insight.overviews import rules
from trigpoint.insight.standings import queries as standings
from trigpoint.insight.standings.models import Standing
from trigpoint.judgements.models import Judgement
from trigpoint.policies.models import Area
from trigpoint.policies.standards.queries import areas_and_breaks
from trigpoint.policies.standards.rules import Breaks
from trigpoint.reporting.models import Report
from trigpoint.reviews.models import Review
from trigpoint.trusts.models import Academy
from trigpoint.web.drawings import Point

if TYPE_CHECKING:
    from trigpoint.people.models import User

TO_COME = (Review.Status.PLANNED, Review.Status.NOTIFIED, Review.Status.FIELDWORK)
TERMS = 6


@dataclass(frozen=True, slots=True)
class AcademyRow:
    """One academy and its cells, in the order of the areas; a cell is None before it is judged."""

    academy: Academy
    cells: tuple[Standing | None, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """What matters now across the trust, as counts."""

    due: int
    overdue: int
    in_check: int
    in_check_closing: int
    awaiting_impact: int
    impact_late: int
    shared_needs: int


@dataclass(frozen=True, slots=True)
class Priority:
    """A theme of open development areas: how many findings, from how many reviews."""

    theme_id: UUID
    theme: str
    findings: int
    reviews: int


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area of an academy: where it stands and how it got there."""

    area: Area
    standing: Standing | None
    trend: tuple[Point, ...]
    meaning: str = ""  # what changed in it between the school's view and the trust's


def areas(*, viewer: "User") -> list[Area]:
    """Return the areas of the policy in force, in order."""
    return list(
        Area.objects.visible_to(viewer)
        .filter(version__status="IN_FORCE")
        .select_related("version")
        .order_by("position", "id")
    )


def academy_rows(
    *, viewer: "User", on: date, columns: Iterable[Area], academies: QuerySet[Academy]
) -> list[AcademyRow]:
    """Return academies with their cells, those of most concern first."""
    cells: defaultdict[UUID, dict[str, Standing]] = defaultdict(dict)
    for standing in standings.grid(viewer=viewer):
        cells[standing.academy_id][standing.area_lineage] = standing
    lineages = [area.lineage for area in columns]
    rows = [
        AcademyRow(academy, tuple(cells[academy.pk].get(lineage) for lineage in lineages))
        for academy in academies
    ]
    return sorted(
        rows,
        key=lambda row: (
            rules.concern([cell for cell in row.cells if cell], on=on),
            row.academy.name,
        ),
    )


def week(*, viewer: "User", on: date, coming: Sequence[rules.Due], widely_shared: int) -> Week:
    """Count what matters now, in four queries; what is due was found already."""
    checking = Q(status=Report.Status.FACTUAL_ACCURACY)
    reports = Report.objects.visible_to(viewer).aggregate(
        in_check=Count("id", filter=checking),
        closing=Count("id", filter=Report.closing(on)),
    )
    path = actions.counts(viewer=viewer, on=on)
    return Week(
        due=len(coming),
        overdue=sum(it.is_overdue for it in coming),
        in_check=reports["in_check"],
        in_check_closing=reports["closing"],
        awaiting_impact=path["check"],
        impact_late=path["check_late"],
        shared_needs=len(needs.totals(viewer=viewer, shared=widely_shared).rows),
    )


def academy_cells(*, viewer: "User", academy_id: UUID) -> list[Standing]:
    """Return one academy's cells, each with the academy itself, in one query."""
    found = standings.grid(viewer=viewer).select_related("academy")
    return list(found.filter(academy_id=academy_id))


def area_lines(
    *, viewer: "User", academy: Academy, cells: Iterable[Standing], on: date
) -> list[AreaLine]:
    """Return the areas of an academy with level, trend over six terms and the school's own view."""
    columns, broken = areas_and_breaks(viewer=viewer)
    by_area = {cell.area_lineage: cell for cell in cells}
    moves: defaultdict[str, list[Judgement]] = defaultdict(list)
    for judgement in (
        Judgement.objects.visible_to(viewer)
        .standing()
        .filter(academy=academy, standard=None)
        .by_others()
        .select_related("level__scale", "area")
        .annotate(version=F("area__version__number"))
        .order_by("made_on", "created_at", "id")
    ):
        moves[judgement.area.lineage].append(judgement)
    return [
        AreaLine(
            area,
            by_area.get(area.lineage),
            _trend(moves[area.lineage], broken, lineage=area.lineage, on=on),
            rules.meaning_between_views(by_area.get(area.lineage), broken),
        )
        for area in columns
    ]


def _trend(moves: list[Judgement], broken: Breaks, *, lineage: str, on: date) -> tuple[Point, ...]:
    """Take the level that stood at the end of each of the last terms, and where meaning changed."""
    points = []
    before: int | None = None
    for name, end in rules.last_terms(on=on, count=TERMS):
        stood = [it for it in moves if it.stands_from and it.stands_from < end]
        if not stood:
            points.append(Point(name, None))
            continue
        version: int = stood[-1].version  # type: ignore[attr-defined]  # added by the query
        breaks_here = before is not None and bool(broken.between(lineage, before, version))
        points.append(Point(name, stood[-1].level, breaks_here))
        before = version
    return tuple(points)


def coming_up(*, viewer: "User", academy: Academy, on: date) -> QuerySet[Review]:
    """Return the academy's reviews that are still to finish their fieldwork, soonest first."""
    return (
        Review.objects.visible_to(viewer)
        .filter(academy=academy, fieldwork_ends_on__gte=on, status__in=TO_COME)
        .order_by("fieldwork_starts_on", "id")[:5]
    )


def priorities(*, viewer: "User", academy: Academy) -> list[Priority]:
    """Group the academy's open development areas by theme: at most five, widest first."""
    rows = (
        actions.priorities(viewer=viewer, academy_id=academy.pk)
        .values_list("theme", "theme__name")
        .annotate(findings=Count("id", distinct=True), reviews=Count("review", distinct=True))
        .order_by("-findings", "theme__name")[:5]
    )
    return [Priority(*row) for row in rows]
