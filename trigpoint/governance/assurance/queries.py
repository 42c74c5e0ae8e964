"""The assurance table for one reader: their academies, the areas of the policy in force."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from trigpoint.governance.assurance import rules
from trigpoint.governance.assurance.rules import Table
from trigpoint.governance.cells.rules import SHOWS, Cell, Judged
from trigpoint.judgements.models import Judgement
from trigpoint.policies.models import Area, PolicyVersion
from trigpoint.policies.settings.rules import strength_settings
from trigpoint.policies.standards.queries import areas_and_breaks, breaks
from trigpoint.policies.standards.rules import Breaks
from trigpoint.records.days import day_words
from trigpoint.reporting.models import Report
from trigpoint.trusts.models import Academy, Term
from trigpoint.web.marks import Shown

if TYPE_CHECKING:
    from trigpoint.people.models import User

ASSURES = "assurance.view"
A_TERM = timedelta(days=120)  # looked back when no term dates are known
LATEST_REPORTS = 8


def table(
    *,
    viewer: "User",
    on: date,
    academy_id: UUID | None = None,
    policy: tuple[list[Area], Breaks] | None = None,
) -> Table:
    """Return per area how good, how sure, what changed since the term began and what is unknown.

    Four queries however much history there is: the latest judgement of each cell is found on the
    index by academy and area, never by reading all of them. The school's own judgements are left
    out: the table says what others have seen. On each of the two days it is what stood then, so
    that a table made again shows what the body had in front of it.

    Args:
        viewer: who asks; a local governor gets their own academy's table.
        on: the day it is for.
        academy_id: one academy only; one out of the viewer's reach gives an empty table.
        policy: from ``areas_and_breaks``, where the caller has read it already.

    """
    areas, broken = policy or areas_and_breaks(viewer=viewer)
    since = _since(viewer, on)
    academies = _picked(_academies(viewer, on, academy_id), areas, on=on, since=since)
    judged = _judged(academies, areas)
    rows, changes = [], []
    for place, area in enumerate(areas):
        cells = _cells(academies, place, area, judged, partial(broken.between, area.lineage))
        days = _max_age_days(area)
        rows.append(rules.row(area.name, area.lineage, cells, on=on, max_age_days=days))
        changes += rules.changes(area.name, area.lineage, cells)
    return Table(
        on=day_words(on),
        since=day_words(since, year=on.year),
        academies=len(academies),
        rows=tuple(rows),
        changes=tuple(sorted(changes, key=lambda change: change.better)),
        academy=academies[0].name if len(academies) == 1 else "",
    )


@dataclass(frozen=True, slots=True)
class Listing:
    """One area, academy by academy, each with the lists it belongs to, and how long those are."""

    area: Area
    since: str
    cells: tuple[tuple[Cell, frozenset[str]], ...]
    counts: Mapping[str, int]
    levels: tuple[rules.LevelShare, ...]
    of: int


def listing(*, viewer: "User", on: date, lineage: str, show: str = "") -> Listing | None:
    """Return the academies behind one row of the table, in its five queries.

    Args:
        viewer: who asks; they get the academies their table counts.
        on: the day it is for.
        lineage: the area's; None is returned when no policy in force has it.
        show: one of ``cells.rules.SHOWS`` or a level's code; anything else leaves all.

    """
    area = _areas(viewer).filter(lineage=lineage).first()
    if area is None:
        return None
    since = _since(viewer, on)
    academies = _picked(_academies(viewer, on, None), [area], on=on, since=since)
    meaning = partial(breaks(viewer=viewer).between, area.lineage)
    cells = _cells(academies, 0, area, _judged(academies, [area]), meaning)
    days = _max_age_days(area)
    shown = [(cell, cell.shows(on=on, max_age_days=days)) for cell in cells]
    levels = rules.row(area.name, lineage, cells, on=on, max_age_days=days).levels
    narrows = show in (*SHOWS, *(it.level.code for it in levels))
    return Listing(
        area,
        since=day_words(since, year=on.year),
        cells=tuple(it for it in shown if not narrows or show in it[1]),
        counts=Counter(name for _, names in shown for name in names),
        levels=levels,
        of=len(cells),
    )


WHEN = ("now", "before")
LEVEL = tuple(f"level__{it.name}" for it in fields(Shown))


def _areas(viewer: "User") -> "QuerySet[Area]":
    return (
        Area.objects.visible_to(viewer)
        .filter(version__status=PolicyVersion.Status.IN_FORCE)
        .select_related("version", "scale")
        .order_by("position", "id")
    )


def _max_age_days(area: Area) -> int:
    return int(strength_settings(area.version.settings)["max_age_days"])


def _academies(viewer: "User", on: date, academy_id: UUID | None) -> "QuerySet[Academy]":
    found = Academy.objects.filter(
        viewer.access.where(ASSURES, academy="id"), Q(closed_on=None) | Q(closed_on__gt=on)
    )
    return found.filter(pk=academy_id) if academy_id else found


def _since(viewer: "User", on: date) -> date:
    """Return the first day of the term the day is in or follows."""
    started = Term.objects.filter(trust=viewer.trust_id, starts_on__lte=on)
    last = started.order_by("-starts_on", "id").values_list("starts_on", flat=True).first()
    return last or on - A_TERM


def _picked(
    academies: "QuerySet[Academy]", areas: Iterable[Area], *, on: date, since: date
) -> list[Academy]:
    """Read the academies, each with the ids of its latest judgements now and before the term."""
    days = {"now": Q(stands_from__lte=on), "before": Q(stands_from__lt=since)}
    for place, area in enumerate(areas):
        for when, stood in days.items():
            academies = _with_latest(academies, f"{when}_{place}", area, stood)
    return list(academies.order_by("name", "id"))


def _with_latest(
    academies: "QuerySet[Academy]", name: str, area: Area, stood: Q
) -> "QuerySet[Academy]":
    """Give each academy the id of the judgement that speaks for an area, as the overview picks it.

    That is the latest of the whole area; failing that, the weakest of the single standards that the
    latest review judged.
    """
    found = Judgement.objects.filter(
        stood,
        academy=OuterRef("pk"),
        area__in=Area.objects.filter(trust=area.trust_id, lineage=area.lineage).values("pk"),
    ).by_others()
    latest = ("-made_on", "-created_at", "-id")
    whole = found.filter(standard=None).order_by(*latest)
    parts = found.exclude(standard=None).order_by(*latest)
    weakest = parts.filter(review=OuterRef(f"review_{name}")).order_by("-level__rank", *latest)
    return academies.annotate(**{f"review_{name}": Subquery(parts.values("review")[:1])}).annotate(
        **{name: Coalesce(Subquery(whole.values("pk")[:1]), Subquery(weakest.values("pk")[:1]))}
    )


def _cells(
    academies: Iterable[Academy],
    place: int,
    area: Area,
    judged: Mapping[UUID | None, Judged],
    meaning: Callable[[int, int], str],
) -> list[Cell]:
    """Return each academy's cell of one area; ``meaning`` says what changed between two versions."""
    cells = []
    for academy in academies:
        now, before = (judged.get(getattr(academy, f"{when}_{place}")) for when in WHEN)
        changed = meaning(before.version, now.version) if now and before else ""
        cells.append(Cell(academy.name, now, before, changed, area.scale.code))
    return cells


def _judged(academies: Iterable[Model], areas: list[Area]) -> dict[UUID | None, Judged]:
    wanted = {
        getattr(academy, f"{when}_{place}")
        for academy in academies
        for place in range(len(areas))
        for when in WHEN
    }
    rows = Judgement.objects.filter(pk__in=wanted - {None}).values_list(
        *LEVEL, "strength", "made_on", "perspective", "valid_until", "pk",
        "strength_facts", "area__version__number", "area__scale__code",
    )  # fmt: skip
    found = (Judged(Shown(*row[: len(LEVEL)]), *row[len(LEVEL) :]) for row in rows)
    return {judged.judgement_id: judged for judged in found}


def final_reports(*, viewer: "User", academy_id: UUID | None = None) -> "QuerySet[Report]":
    """Return the latest final reports one may read."""
    found = Report.objects.visible_to(viewer).filter(status=Report.Status.FINAL)
    if academy_id:
        found = found.filter(academy=academy_id)
    return found.select_related("academy", "review").order_by("-finalised_at", "id")[
        :LATEST_REPORTS
    ]
