"""How the overviews put things: what is of most concern, and what changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from trigpoint.insight.standings.models import Standing
from trigpoint.judgements.models import Judgement
from trigpoint.judgements.strength import rules as strength
from trigpoint.judgements.strength.rules import Weight
from trigpoint.people.roles import Capability
from trigpoint.policies.crosswalks.rules import Held
from trigpoint.policies.models import Area, Level
from trigpoint.policies.settings.rules import number, strength_settings
from trigpoint.policies.standards.rules import Breaks
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.trusts.models import Academy
from trigpoint.web.marks import ORDER, position

if TYPE_CHECKING:
    from trigpoint.people.models import User

SEASONS = ((9, "Aut"), (5, "Sum"), (1, "Spr"))  # the month each term begins in, latest first


@dataclass(frozen=True, slots=True)
class Due:
    """One area of one academy that the policy promises a review of soon, or promised before."""

    academy: Academy
    area: Area
    standing: Standing
    is_overdue: bool


def may_view_academy(user: "User", academy: Academy) -> Verdict:
    """Whoever holds the academy overview there."""
    if user.access.covers(
        Capability.ACADEMY_OVERVIEW, trust_id=academy.trust_id, academy_id=academy.pk
    ):
        return ALLOWED
    return denied("This academy is outside what you look after. Ask the trust's administrator.")


def meaning_between(standing: Standing, breaks: Breaks) -> str:
    """Say what changed in the area's meaning between a cell's two judgements; empty for nothing.

    Args:
        standing: from ``standings.queries.grid``, which adds the numbers of the two versions.
        breaks: where trends break.

    """
    if standing.latest is None or standing.previous is None:
        return ""
    older, newer = standing.previous_version, standing.latest_version  # type: ignore[attr-defined]  # added by the query
    return breaks.between(standing.area_lineage, older, newer)


def meaning_between_views(standing: Standing | None, breaks: Breaks) -> str:
    """Say what changed in meaning between the school's own judgement and the others'."""
    if standing is None or standing.latest is None or standing.self_judgement is None:
        return ""
    given = (standing.self_version, standing.latest_version)  # type: ignore[attr-defined]  # added by the query
    return breaks.between(standing.area_lineage, min(given), max(given))


def change(standing: Standing, breaks: Breaks) -> int:
    """Return how many levels a cell moved since the judgement before; up is positive.

    What changed its meaning or its scale in between did not move. The other measure of change, over all
    academies since the term began, is the assurance table's (docs/decisions/0013).
    """
    if standing.latest is None or standing.previous is None:
        return 0
    if meaning_between(standing, breaks):
        return 0
    return standing.previous.level.rank - standing.latest.level.rank


def is_overdue(standing: Standing, *, on: date) -> bool:
    """Say whether the policy promised a look at this area before today."""
    return standing.due_on is not None and standing.due_on < on


def due(
    *,
    on: date,
    soon_days: int,
    columns: Sequence[Area],
    rows: Iterable[tuple[Academy, Sequence[Standing | None]]],
) -> list[Due]:
    """Return what is due a review soon or overdue, soonest first, from rows read already."""
    found = [
        (cell.due_on, Due(academy, area, cell, is_overdue(cell, on=on)))
        for academy, cells in rows
        for area, cell in zip(columns, cells, strict=True)
        if cell and cell.due_on and cell.due_on <= on + timedelta(days=soon_days)
    ]
    return [it for _, it in sorted(found, key=lambda pair: (pair[0], pair[1].academy.name))]


def soon_days(columns: Sequence[Area]) -> int:
    """Return from how many days before its day the policy counts a look as due soon.

    Args:
        columns: areas of the version in force, with it.

    """
    return number(columns[0].version.settings if columns else {}, "cadence", "soon_days")


def widely_shared(columns: Sequence[Area]) -> int:
    """Return at how many academies the policy calls a need widely shared; ``columns`` as above."""
    return number(columns[0].version.settings if columns else {}, "improvement", "widely_shared")


def weeks_words(days: int) -> str:
    """Say how long, in weeks where it comes out even: ``4 weeks``, ``10 days``."""
    weeks, rest = divmod(days, 7)
    count, unit = (days, "day") if rest else (weeks, "week")
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def concern(cells: Sequence[Standing], *, on: date) -> tuple[int, ...]:
    """Return a sorting key: academies of most concern come first.

    Counts of the lowest levels decide, lowest first, then what is overdue. It orders a list and
    is never shown: levels are not added up.
    """
    tones = [cell.latest.level.tone for cell in cells if cell.latest]
    lowest_first = tuple(-tones.count(tone) for tone in reversed(ORDER))
    return (*lowest_first, -sum(is_overdue(cell, on=on) for cell in cells))


def legend(levels: Iterable[Level], cells: Iterable[Standing | None]) -> list[Level]:
    """Return the levels a grid explains: those in force, then what older judgements still show."""
    found = {(it.tone, it.letter): it for it in levels}
    shown = [cell.latest.level for cell in cells if cell and cell.latest]
    for level in sorted(shown, key=position):
        found.setdefault((level.tone, level.letter), level)
    return list(found.values())


def term_of(day: date) -> str:
    """Name the term a day falls in, such as ``Aut 25``. Summer runs to the end of August."""
    season = next(name for month, name in SEASONS if day.month >= month)
    return f"{season} {day:%y}"


def last_terms(*, on: date, count: int) -> list[tuple[str, date]]:
    """Return the last terms, oldest first, each with its name and the day after its last day."""
    starts = sorted(
        date(year, month, 1) for year in range(on.year - count, on.year + 2) for month, _ in SEASONS
    )
    begun = [start for start in starts if start <= on]
    ends = [*begun[1:], next(start for start in starts if start > on)]
    return [(term_of(start), end) for start, end in list(zip(begun, ends, strict=True))[-count:]]


def held(standing: Standing | None, *, on: date, url: str = "") -> Held:
    """Return what is known of one area, to be read through an outside framework."""
    overdue = standing is not None and is_overdue(standing, on=on)
    if standing is None or standing.latest is None:
        return Held(url=url, overdue=overdue)
    level = standing.latest.level
    return Held(level, standing.latest.strength, url, overdue, level.scale.code, is_judged=True)


def weight(judgement: Judgement) -> Weight:
    """Return how well a judgement is known, in words, from the counts kept with it."""
    settings = strength_settings(judgement.review.policy_version.settings)
    return strength.explain(judgement.strength_facts, settings)
