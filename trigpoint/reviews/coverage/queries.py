"""Holding academies to the policy on a day: the same answer for the page, the overview and a file."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet

from trigpoint.people.roles import Capability
from trigpoint.policies.cadence import queries as cadences
from trigpoint.policies.cadence import rules as cadence
from trigpoint.policies.models import Area, CadenceRule, PolicyVersion
from trigpoint.policies.rhythms.rules import rhythm
from trigpoint.policies.settings.rules import number
from trigpoint.policies.versions.rules import HELD, REVIEW_KINDS
from trigpoint.reviews.coverage import rules
from trigpoint.reviews.coverage.rules import Cell, Column, Ground
from trigpoint.reviews.models import Review
from trigpoint.reviews.reviews.models import ReviewQuerySet
from trigpoint.reviews.reviews.rules import LOOKED, may_view
from trigpoint.trusts.calendars import queries as calendars
from trigpoint.trusts.models import Academy
from trigpoint.trusts.structure.queries import system_with_tier_on

if TYPE_CHECKING:
    from trigpoint.people.models import User

SHOWN = 5  # reviews named beside one cell


@dataclass(frozen=True, slots=True)
class Row:
    """One academy on a day, with a cell for each column."""

    academy: Academy
    tier: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole answer for a day. Without a version nothing was required of anybody."""

    on: date
    version: PolicyVersion | None
    columns: Sequence[Column] = ()
    rows: Sequence[Row] = ()


def academies(*, viewer: "User", on: date) -> QuerySet[Academy]:
    """Return the academies whose coverage one sees that were in the trust on a day, by name."""
    held = viewer.access.where(Capability.ACADEMY_OVERVIEW, academy="id")
    mine = Academy.objects.visible_to(viewer).filter(held)
    return system_in_trust(mine, on).select_related("cluster").order_by("name", "id")


def system_in_trust(found: QuerySet[Academy], on: date) -> QuerySet[Academy]:
    """Keep academies that had joined by a day and had not closed."""
    return found.filter(
        Q(joined_on=None) | Q(joined_on__lte=on), Q(closed_on=None) | Q(closed_on__gt=on)
    )


def system_version_on(trust_id: UUID, *, on: date, today: date) -> PolicyVersion | None:
    """Return the version that was in force on a day; for one to come, what is approved for it."""
    to_come = [PolicyVersion.Status.APPROVED] if on > today else []
    return (
        PolicyVersion.objects.filter(trust_id=trust_id, effective_on__lte=on)
        .filter(status__in=[*HELD, *to_come])
        .filter(Q(superseded_on=None) | Q(superseded_on__gt=on))
        .order_by("-effective_on", "-number", "id")
        .first()
    )


def sheet(*, viewer: "User", on: date, today: date, of_kinds: bool = False) -> Sheet:
    """Return what a day required of every academy one sees, and how each stands.

    Args:
        viewer: who is looking.
        on: the day, past or to come.
        today: what is over today counts from today on, even where it ended before its last day.
        of_kinds: kinds of review of the whole academy instead of areas.

    """
    version = system_version_on(viewer.trust_id, on=on, today=today)
    if version is None:
        return Sheet(on, None)
    promised = cadences.system_standing_rules(version)
    columns = system_kinds(promised) if of_kinds else system_areas(version)
    found = academies(viewer=viewer, on=on)
    rows = _measured(found, version, promised, columns, on=on, today=today)
    return Sheet(on, version, columns, rows)


def cell(
    *, viewer: "User", on: date, today: date, academy_id: UUID, column: str
) -> tuple[PolicyVersion, Row] | None:
    """Return one academy and one column of the sheet, or None when one sees no such cell."""
    version = system_version_on(viewer.trust_id, on=on, today=today)
    if version is None:
        return None
    promised = cadences.system_standing_rules(version)
    columns = [it for it in (*system_kinds(promised), *system_areas(version)) if it.key == column]
    found = academies(viewer=viewer, on=on).filter(pk=academy_id)
    rows = _measured(found, version, promised, columns, on=on, today=today)
    return (version, rows[0]) if rows and columns else None


def system_due(
    found: QuerySet[Academy], version: PolicyVersion
) -> dict[UUID, dict[str, date | None]]:
    """Return by which day each area of academies is due its next look, as things stand now.

    Args:
        found: academies of the version's trust.
        version: the one in force.

    """
    there = list(found.annotate(tier_then=F("tier")))
    grounds = system_grounds(there, version, cadences.system_standing_rules(version), until=None)
    columns = system_areas(version)
    return {
        pk: {column.key: rules.due_on(column, ground) for column in columns}
        for pk, ground in grounds.items()
    }


def system_grounds(
    found: Iterable[Academy],
    version: PolicyVersion,
    promised: Sequence[CadenceRule],
    *,
    until: date | None,
) -> dict[UUID, Ground]:
    """Return what each academy is measured by, in at most two queries however many there are.

    Args:
        found: academies with ``tier_then``.
        version: the one in force on the day.
        promised: its rules of how often.
        until: the day whose looks are the last to count; None counts all there are.

    """
    wanted = {academy.pk: academy for academy in found}
    by_terms = cadence.goes_by_terms(promised)
    calendar = calendars.system_calendars(wanted) if by_terms and wanted else {}
    seen = _looks(wanted, until)
    of_tier = {
        tier: cadence.promises(promised, tier=tier)
        for tier in {_tier(academy) for academy in wanted.values()}
    }
    return {
        pk: Ground(
            promised=of_tier[_tier(academy)],
            since=academy.joined_on or date.min,
            by=rhythm(calendar.get(pk), version.settings),
            looks=seen[pk],
        )
        for pk, academy in wanted.items()
    }


def looks(row: Row, *, viewer: "User", on: date, today: date) -> list[tuple[Review, bool]]:
    """Return the reviews that count for a row's one cell, newest first.

    Each says whether the viewer may open it. One that they may not is told by kind and day alone.
    """
    found = _over(_that_count(row), _until(on, today)).order_by("-fieldwork_ends_on", "-id")
    return [(it, bool(may_view(viewer, it))) for it in found.distinct()[:SHOWN]]


def to_come(row: Row, *, viewer: "User") -> QuerySet[Review]:
    """Return the reviews one may open that will count for a row's one cell, soonest first."""
    found = _that_count(row).visible_to(viewer).filter(status__in=rules.TO_COME)
    return found.order_by("fieldwork_starts_on", "id").distinct()[:SHOWN]


def _that_count(row: Row) -> ReviewQuerySet:
    [measured] = row.cells
    found = Review.objects.filter(academy=row.academy, kind__in=rules.kinds_of(measured))
    area = measured.column.area
    return found.filter(areas__lineage=area) if area else found


def system_areas(version: PolicyVersion) -> list[Column]:
    """Return the areas of a version as columns, in its order."""
    found = Area.objects.filter(version=version).order_by("position", "id")
    return [Column(it.lineage, it.name, it.short_name, area=it.lineage) for it in found]


def system_kinds(promised: Iterable[CadenceRule]) -> list[Column]:
    """Return the kinds of review that a version promises of the academy as a whole."""
    there = {rule.review_kind for rule in promised if rule.area_id is None}
    return [Column(kind, words, words) for kind, words in REVIEW_KINDS.items() if kind in there]


def _measured(
    found: QuerySet[Academy],
    version: PolicyVersion,
    promised: Sequence[CadenceRule],
    columns: Sequence[Column],
    *,
    on: date,
    today: date,
) -> list[Row]:
    tiered = system_with_tier_on(found, on) if on < today else found.annotate(tier_then=F("tier"))
    there = list(tiered)
    grounds = system_grounds(there, version, promised, until=_until(on, today))
    soon_days = number(version.settings, "cadence", "soon_days")
    return [
        Row(
            academy,
            _tier(academy),
            tuple(
                rules.measure(column, grounds[academy.pk], on=on, soon_days=soon_days)
                for column in columns
            ),
        )
        for academy in there
    ]


def _looks(
    academy_ids: Iterable[UUID], until: date | None
) -> defaultdict[UUID, dict[tuple[str, str | None], date]]:
    """Return the last look at each academy by kind, and by kind and area, in one query."""
    found: defaultdict[UUID, dict[tuple[str, str | None], date]] = defaultdict(dict)
    rows = (
        _over(Review.objects.filter(academy__in=academy_ids), until)
        .values_list("academy_id", "kind", "areas__lineage")
        .annotate(last_on=Max("fieldwork_ends_on"))
        .order_by()
    )
    for academy_id, kind, area, last_on in rows:
        seen = found[academy_id]
        for key in {(kind, area), (kind, None)}:
            seen[key] = max(last_on, seen.get(key, last_on))
    return found


def _over(found: QuerySet[Review], until: date | None) -> QuerySet[Review]:
    """Keep reviews whose fieldwork was over by a day; one that was cancelled never counts.

    A look counts from the last day of its fieldwork. One that the team ended before that day
    counts from the moment it did.
    """
    over = found.filter(status__in=LOOKED)
    return over.filter(fieldwork_ends_on__lte=until) if until else over


def _until(on: date, today: date) -> date | None:
    return on if on < today else None


def _tier(academy: Academy) -> int:
    return int(academy.tier_then)  # type: ignore[attr-defined]  # system_with_tier_on adds it
