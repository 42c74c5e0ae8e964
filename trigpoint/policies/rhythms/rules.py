"""From an academy's calendar to its terms and half terms, each to its last school day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from trigpoint.policies.settings.rules import Stored, number
from trigpoint.trusts.calendars.rules import Closed, Span, WorkingCalendar, bank_holidays

ONE_DAY = timedelta(days=1)
SATURDAY, SCHOOL_WEEK = 5, timedelta(days=4)  # Monday to Friday


@dataclass(frozen=True, slots=True)
class Rhythm:
    """One academy's terms and half terms, each from its first day to its last school day.

    Where they are not known, a number of months of the policy stands in for them.
    """

    terms: tuple[Span, ...]
    half_terms: tuple[Span, ...]
    years: tuple[Span, ...]
    months_a_term: int
    months_a_half_term: int


def rhythm(calendar: WorkingCalendar | None, settings: Stored) -> Rhythm:
    """Read an academy's terms out of its calendar; build it once an academy.

    Args:
        calendar: the academy's own, or None where no rule goes by terms.
        settings: of the policy version in force.

    """
    terms, half_terms = _stretches(calendar) if calendar else ((), ())
    return Rhythm(
        terms,
        half_terms,
        tuple(sorted(calendar.years, key=lambda year: year.starts_on)) if calendar else (),
        number(settings, "cadence", "months_a_term"),
        number(settings, "cadence", "months_a_half_term"),
    )


@lru_cache(maxsize=512)
def _stretches(calendar: WorkingCalendar) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return terms, and what whole weeks away leave of them, each ending on a school day."""
    terms = sorted(calendar.terms, key=lambda term: term.starts_on)
    away = _weeks_away(calendar.closures)
    halves = [half for term in terms for half in _halves(term, away)]
    return _to_school_days(terms, calendar), _to_school_days(halves, calendar)


def _to_school_days(spans: Iterable[Span], calendar: WorkingCalendar) -> tuple[Span, ...]:
    found = []
    for span in spans:
        last = span.ends_on
        while last >= span.starts_on and not calendar.is_working(last):
            last -= ONE_DAY
        if last >= span.starts_on:
            found.append(Span(span.name, span.starts_on, last))
    return tuple(found)


def _halves(term: Span, weeks_away: Iterable[Span]) -> Iterator[Span]:
    """Yield the stretches of school that holidays of a whole week leave of a term."""
    starts_on = term.starts_on
    for away in weeks_away:
        if away.ends_on < term.starts_on or away.starts_on > term.ends_on:
            continue
        if away.starts_on > starts_on:
            yield Span(term.name, starts_on, away.starts_on - ONE_DAY)
        starts_on = away.ends_on + ONE_DAY
    if starts_on <= term.ends_on:
        yield Span(term.name, starts_on, term.ends_on)


def _weeks_away(closures: Iterable[Closed]) -> list[Span]:
    """Return the runs of closed days that take out a whole school week, in order."""
    runs: list[Span] = []
    for closure in sorted(closures, key=lambda it: it.starts_on):
        run = _with_free_days(closure)
        if runs and run.starts_on <= runs[-1].ends_on + ONE_DAY:
            last_on = max(run.ends_on, runs[-1].ends_on)
            runs[-1] = Span(runs[-1].name, runs[-1].starts_on, last_on)
        else:
            runs.append(run)
    return [run for run in runs if _monday_from(run.starts_on) + SCHOOL_WEEK <= run.ends_on]


def _monday_from(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def _with_free_days(closure: Span) -> Span:
    """Add the weekends and bank holidays a closure touches: a May half term may begin on one."""
    first, last = closure.starts_on, closure.ends_on
    while _is_free(first - ONE_DAY):
        first -= ONE_DAY
    while _is_free(last + ONE_DAY):
        last += ONE_DAY
    return Span(closure.name, first, last)


def _is_free(day: date) -> bool:
    return day.weekday() >= SATURDAY or day in bank_holidays(day.year)
