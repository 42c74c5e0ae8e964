"""The school years of the demo: terms, half terms and INSET days, worked out from a year."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from trigpoint.demo.words.rules import read
from trigpoint.trusts.calendars.rules import Closed, Span
from trigpoint.trusts.models import Closure
from trigpoint.trusts.term_files.rules import Reading

YEARS = 3
SHOWN = 5  # Thornmere, where several of those who can be tried out work
MONDAY, FRIDAY = 0, 4


def school_years(today: date) -> list[int]:
    """Return the years in which the last school years began, the current one last."""
    current = today.year if today.month >= 9 else today.year - 1  # noqa: PLR2004 -- September
    return list(range(current - YEARS + 1, current + 1))


def reading(years: Sequence[int], *, index: int) -> Reading:
    """Return the terms and closures of one academy in the school years, as a file would say them.

    Args:
        years: the autumns' years.
        index: which academy; each has an INSET day of its own in November.

    """
    terms = [term for year in years for term in _terms(year)]
    closures = [closed for year in years for closed in _closures(year, index)]
    return Reading(events=(), terms=tuple(terms), closures=tuple(closures))


def _terms(year: int) -> list[Span]:
    return [
        Span("Autumn term", _on(date(year, 9, 2), MONDAY), _on(date(year, 12, 15), FRIDAY)),
        Span("Spring term", _on(date(year + 1, 1, 4), MONDAY), _on(date(year + 1, 3, 24), FRIDAY)),
        Span("Summer term", _on(date(year + 1, 4, 13), MONDAY), _on(date(year + 1, 7, 17), FRIDAY)),
    ]


def _closures(year: int, index: int) -> list[Closed]:
    first, own = _terms(year)[0].starts_on, inset_day(year, index)
    return [
        _week("Autumn half term", date(year, 10, 23)),
        _week("Spring half term", date(year + 1, 2, 13)),
        _week("Summer half term", date(year + 1, 5, 24)),
        Closed("INSET day", first, first, Closure.Kind.INSET),
        Closed("INSET day", own, own, Closure.Kind.INSET),
    ]


def entries(count: int) -> Sequence[dict[str, Any]]:
    """Return the first so many academies; Thornmere is always among them.

    Past the twelve of the story they are named by number, for measuring.
    """
    listed: list[dict[str, Any]] = read("trust")["academies"]
    more = [
        listed[number % len(listed)] | {"name": f"Benchmark Academy {number + 1:03}"}
        for number in range(len(listed), count)
    ]
    if count >= len(listed):
        return [*listed, *more]
    shown = listed[SHOWN]
    return [shown, *(one for one in listed if one is not shown)][:count]


def earlier_tier(tier: int, course: str) -> int:
    """Return the tier an academy was in a year before, by the way it is going."""
    moves = {"falling": -1, "slipping": -1, "rising": 1}
    return min(max(tier + moves.get(course, 0), 1), 4)


def inset_day(year: int, index: int) -> date:
    """Return the Friday in November that is the INSET day of the academy with this index."""
    return _on(date(year, 11, 20), FRIDAY) + timedelta(weeks=index % 2)


def _week(name: str, around: date) -> Closed:
    monday = _on(around, MONDAY)
    return Closed(name, monday, monday + timedelta(days=4))


def _on(day: date, weekday: int) -> date:
    """Return the first such weekday on or after a day."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)
