"""Working days of one academy, counted by pure functions over its terms and closures."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

import holidays

from trigpoint.records.days import NO_DAY, day_words, within_years
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.trusts.calendars.models import Closure
from trigpoint.trusts.structure.models import Academy

if TYPE_CHECKING:
    from trigpoint.people.models import User

ONE_DAY = timedelta(days=1)
SATURDAY = 5
INSET, HOLIDAYS = "an INSET day", "holidays"
LONGEST_CLOSURE = 100  # days
LONGEST_SEARCH = 3660  # ten years without one working day is a mistake in the calendar


@dataclass(frozen=True, slots=True)
class Span:
    """A named run of days, first and last included."""

    name: str
    starts_on: date
    ends_on: date

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True)
class Closed(Span):
    """A run of days an academy is closed to pupils, and why."""

    kind: str = Closure.Kind.HOLIDAY


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """When one academy works with pupils. Built once, asked many times, reads no table.

    A working day is a weekday in term that is no bank holiday of England and no closure. Days
    outside the years whose terms are known, and every day of an academy without terms, fall back
    to weekdays that are no bank holiday and no closure; ``basis`` says so.
    """

    terms: tuple[Span, ...] = ()
    closures: tuple[Closed, ...] = ()
    years: tuple[Span, ...] = field(default=())

    @property
    def basis(self) -> str:
        """Say in a sentence what the days are counted from."""
        if not self.terms:
            return "No term dates are known, so every weekday that is no bank holiday counts."
        return "Counted from the academy's own term dates, less INSET days and bank holidays."

    def is_known(self, day: date) -> bool:
        """Say whether the day falls in a year whose terms are known."""
        return any(day in year for year in self.years)

    def why_closed(self, day: date) -> str:
        """Say what the day is when it does not count ("an INSET day"); empty when it counts."""
        if day.weekday() >= SATURDAY:
            return f"a {day:%A}"
        if bank_holiday := bank_holidays(day.year).get(day):
            return f"a bank holiday ({bank_holiday})"
        for closure in self.closures:
            if day in closure:
                return _closed_for(closure)
        if self.is_known(day) and not any(day in term for term in self.terms):
            return "outside term"
        return ""

    def is_working(self, day: date) -> bool:
        """Say whether the day counts."""
        return not self.why_closed(day)

    def add(self, day: date, working_days: int) -> date:
        """Return the day so many working days later, or earlier for a negative number.

        Zero is the day itself, working or not. One is the next working day after it.

        Raises:
            ValueError: the calendar has no working day for ten years.

        """
        step = ONE_DAY if working_days > 0 else -ONE_DAY
        left, since = abs(working_days), 0
        while left:
            day += step
            since += 1
            if self.is_working(day):
                left, since = left - 1, 0
            elif since > LONGEST_SEARCH:
                msg = f"No working day found for ten years near {day}."
                raise ValueError(msg)
        return day

    def between(self, first: date, last: date) -> int:
        """Count working days after ``first`` up to and including ``last``.

        The reverse of :meth:`add`: negative when ``last`` comes first, 0 for the same day.
        """
        if last < first:
            return -sum(map(self.is_working, _days(last, first - ONE_DAY)))
        return sum(map(self.is_working, _days(first + ONE_DAY, last)))

    def skipped(self, first: date, last: date) -> list[tuple[date, str]]:
        """Return the weekdays from ``first`` to ``last`` that do not count, each with its reason."""
        return [
            (day, why)
            for day in _days(first, last)
            if day.weekday() < SATURDAY and (why := self.why_closed(day))
        ]

    def sentences(self, first: date, last: date) -> list[str]:
        """Say what is skipped, one sentence a run: "27 November is an INSET day there, so …".

        Neighbouring days that are closed for several reasons, as at Christmas, are one holiday.
        """
        runs: list[tuple[date, date, str]] = []
        for day, why in self.skipped(first, last):
            if (
                runs
                and not self.between(runs[-1][1], day)
                and (why == INSET) is (runs[-1][2] == INSET)
            ):
                runs[-1] = (runs[-1][0], day, why if why == runs[-1][2] else HOLIDAYS)
            else:
                runs.append((day, day, why))
        return [_skips(*run) for run in runs]

    def term_after(self, day: date) -> Span | None:
        """Return the first term that starts after a day, or None when it is not known."""
        return next((term for term in self.terms if term.starts_on > day), None)

    def may_work_on(self, day: date, *, academy: str) -> Verdict:
        """Allow a day the academy is open; otherwise say why not and which day is next."""
        why = self.why_closed(day)
        if not why:
            return ALLOWED
        after = self.add(day, 1)
        return denied(
            f"{day_words(day)} is {why} at {academy}, so nobody can visit. "
            f"The next working day there is {day_words(after)}."
        )


def may_view(user: "User", academy: Academy) -> Verdict:
    """Whoever may view the academy."""
    if user.access.covers("academies.view", trust_id=academy.trust_id, academy_id=academy.pk):
        return ALLOWED
    return denied("This calendar belongs to an academy you don't work with.")


def may_import(user: "User", academy: Academy) -> Verdict:
    """Whoever imports calendars for the academy."""
    if user.access.covers("calendars.import", trust_id=academy.trust_id, academy_id=academy.pk):
        return ALLOWED
    return denied("Only a trust administrator changes calendars. Ask them to.")


def may_close_days(closed: Closed, there: Iterable[Closure]) -> Verdict:
    """Refuse days that are out of bounds, and days that are closed already."""
    if not (lasts := may_last(closed)):
        return lasts
    for other in there:
        if other.starts_on <= closed.ends_on and closed.starts_on <= other.ends_on:
            return denied(
                f"{other.name} ({day_words(other.starts_on)} to {day_words(other.ends_on)}) "
                "already closes some of these days. Choose other dates."
            )
    return ALLOWED


def may_last(closed: Closed) -> Verdict:
    """Limit one closure, typed or out of a file: its years, and how long it lasts."""
    if not (fits := days_fit(closed.starts_on, closed.ends_on)):
        return fits
    if (closed.ends_on - closed.starts_on).days >= LONGEST_CLOSURE:
        return denied(f"One closure lasts at most {LONGEST_CLOSURE} days. Check the last day.")
    return ALLOWED


def days_fit(first: date, last: date) -> Verdict:
    """Refuse days the wrong way round, and days no calendar here counts."""
    if last < first:
        return denied("The last day is before the first. Swap the two dates.")
    if not (within_years(first) and within_years(last)):
        return denied(NO_DAY)
    return ALLOWED


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> Mapping[date, str]:
    """Return England's bank holidays of one calendar year, by day."""
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _closed_for(closure: Closed) -> str:
    if closure.kind == Closure.Kind.INSET:
        return INSET
    if closure.kind == Closure.Kind.HOLIDAY:
        return f"a school holiday ({closure.name})"
    return f"a day the academy is closed ({closure.name})"


def _skips(first: date, last: date, why: str) -> str:
    """Write one run of skipped days as a sentence; weekends inside the run need no word."""
    if first == last:
        return f"{first.day} {first:%B} is {why} there, so it does not count."
    start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
    what = {INSET: "are INSET days", HOLIDAYS: "are holidays"}.get(why, f"is {why}")
    return f"{start} to {last.day} {last:%B} {what} there, so those days do not count."
