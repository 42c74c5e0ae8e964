"""Reading term dates out of an iCalendar file: what each event is taken for, and why not."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from django.utils import timezone
from icalendar import Calendar
from icalendar.error import BrokenCalendarProperty

from trigpoint.records.days import day_words, within_years
from trigpoint.records.refusals import Refused, Verdict
from trigpoint.trusts.calendars.rules import (
    Closed,
    Span,
    bank_holidays,
    days_fit,
    may_last,
)
from trigpoint.trusts.models import Closure

ONE_DAY = timedelta(days=1)
LARGEST = 1_000_000  # bytes; a term calendar of ten years is a tenth of this
BETWEEN_TERMS = 12  # days; a holiday this long parts two terms, a shorter one is a half term
SHORTEST_TERM = 10  # days; anything shorter that says "term" marks its first or last day


class Taken(StrEnum):
    """What an event of the file is taken for."""

    TERM = "Term"
    HOLIDAY = "School holiday"
    INSET = "INSET day"
    BANK_HOLIDAY = "Bank holiday"
    OTHER = "Closed for another reason"
    LEFT_OUT = "Left out"


CLOSED = {
    Taken.HOLIDAY: Closure.Kind.HOLIDAY,
    Taken.INSET: Closure.Kind.INSET,
    Taken.OTHER: Closure.Kind.OTHER,
    Taken.BANK_HOLIDAY: Closure.Kind.OTHER,
}
WORDS = (  # the first pattern found in an event's title decides
    (Taken.BANK_HOLIDAY, r"\bbank holidays?\b|\bgood friday\b|\beaster monday\b|\bmay day\b"),
    (
        Taken.INSET,
        r"\binset\b|\b(staff )?(training|development) days?\b|\bpd days?\b|\bnon.pupil\b",
    ),
    (Taken.HOLIDAY, r"\bhalf.?terms?\b|\bholidays?\b|\bbreak\b|\bvacation\b"),
    (Taken.OTHER, r"\bclosed\b|\bclosure\b|\bpolling\b"),
    (Taken.TERM, r"\bterms?\b"),
)


@dataclass(frozen=True, slots=True)
class Event:
    """One event of the file, first and last day included, and what it was taken for."""

    title: str
    starts_on: date
    ends_on: date
    taken: Taken
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a file says about term dates.

    ``unread`` says of each event that could not be read why. ``derived`` terms lie between the
    file's long holidays.
    """

    events: tuple[Event, ...]
    terms: tuple[Span, ...]
    closures: tuple[Closed, ...]
    unread: tuple[str, ...] = ()
    derived: bool = False


def read(data: bytes) -> Reading:
    """Read an iCalendar file.

    Raises:
        Refused: it is no iCalendar file, holds no event, or two of its terms overlap.

    """
    found, unread = _events(data)
    terms = tuple(_stated_terms(found))
    closures = tuple(_closures(found))
    derived = () if terms else tuple(_terms_between(closures))
    if not terms and not derived:
        msg = (
            "The file has no term, and no two long holidays a term could lie between. "
            "Choose a file that covers a whole school year."
        )
        raise Refused(msg)
    _refuse_overlaps(terms)
    events = tuple(_with_problems(found))
    return Reading(events, terms or derived, closures, unread, derived=bool(derived))


def _events(data: bytes) -> tuple[list[Event], tuple[str, ...]]:
    """Return the events in order, and a sentence for each that could not be read."""
    found, unread = [], []
    for component in _components(data):
        title = _title(component.get("SUMMARY", ""))
        try:
            event = _event(title, component)
        except Refused as refused:
            unread.append(f"{title}: {refused.reason}")
        else:
            found += [event] if event else []
    if not found:
        msg = "The file has no event with a date. Choose the file of term dates."
        raise Refused(" ".join([msg, *unread[:1]]))
    return sorted(found, key=lambda event: (event.starts_on, event.title)), tuple(unread)


def _components(data: bytes) -> Sequence[Any]:
    """Return the events as the library reads them."""
    if len(data) > LARGEST:
        msg = "The file is larger than 1 MB. Choose the file of term dates only."
        raise Refused(msg)
    if b"\0" in data:
        msg = "The file holds a character that cannot be stored. Save it as plain text again."
        raise Refused(msg)
    try:
        return Calendar.from_ical(data).walk("VEVENT")
    except Exception as fault:  # whatever trips the library, the file is not in order
        msg = "This is not an iCalendar file. Choose a file that ends in .ics."
        raise Refused(msg) from fault


def _event(title: str, component: Any) -> Event | None:  # noqa: ANN401 -- the library's own component
    """Turn one event into days; an event without a start is no event."""
    start = _said(component, "DTSTART", date)
    if start is None:
        return None
    first = _day(start)
    try:
        last = _last_day(component, start)
    except OverflowError as fault:
        msg = "Its last day is in no calendar."
        raise Refused(msg) from fault
    if component.get("RRULE"):
        return Event(title, first, last, Taken.LEFT_OUT, "It repeats. Write each date out.")
    if last < first:
        return Event(title, first, first, Taken.LEFT_OUT, "It ends before it starts.")
    taken = _taken_for(title)
    if fits := _fits(taken, first, last):
        return Event(title, first, last, taken)
    return Event(title, first, last, Taken.LEFT_OUT, fits.reason)


def _fits(taken: Taken, first: date, last: date) -> Verdict:
    """Hold an event against the rule for what it is taken for."""
    if kind := CLOSED.get(taken):
        return may_last(Closed("", first, last, kind))
    return days_fit(first, last)


def _said(component: Any, name: str, kind: type[Any]) -> Any | None:  # noqa: ANN401 -- as above
    """Return what an event says under a name, if that is the kind of thing it should be."""
    given = component.get(name)
    if given is None:
        return None
    try:
        value = getattr(given, "dt", None)
    except BrokenCalendarProperty:
        value = None
    if not isinstance(value, kind):
        what = {"DTSTART": "first day", "DTEND": "end", "DURATION": "length"}[name]
        msg = f"Its {what} cannot be read. Correct it in the file, such as 20260912 for a day."
        raise Refused(msg)
    return value


def _title(said: Any) -> str:  # noqa: ANN401 -- as above
    """Return the title without the name of the place councils put before it."""
    summary = str(said[0] if isinstance(said, list) else said).strip()
    after = summary.partition(":")[2].strip()
    return after if after and _taken_for(after) is not Taken.LEFT_OUT else summary or "No title"


def _day(moment: date | datetime) -> date:
    """Return the day it is in England at that moment; a moment without a zone is meant for there."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None or not within_years(moment):
        return moment.date()
    return timezone.localtime(moment).date()


def _last_day(component: Any, start: date | datetime) -> date:  # noqa: ANN401 -- as above
    """Return the last day: the end of an event is the day after it, or its moment."""
    end = _said(component, "DTEND", date)
    length = _said(component, "DURATION", timedelta)
    if end is None:
        end = start + length if length else start
        if not length:
            return _day(start)
    if isinstance(end, datetime):
        return _day(end - timedelta(microseconds=1) if end != start else end)
    return _day(end) - ONE_DAY if _day(end) != _day(start) else _day(start)


def _taken_for(title: str) -> Taken:
    return next(
        (taken for taken, words in WORDS if re.search(words, title, re.IGNORECASE)),
        Taken.LEFT_OUT,
    )


def _stated_terms(events: Iterable[Event]) -> Iterator[Span]:
    """Return the terms the file names: whole, or as a first day and a last day."""
    opened: Event | None = None
    for event in events:
        if event.taken is not Taken.TERM:
            continue
        if (event.ends_on - event.starts_on).days >= SHORTEST_TERM:
            yield Span(event.title, event.starts_on, event.ends_on)
        elif re.search(r"\b(starts?|begins?|first day|opens?)\b", event.title, re.IGNORECASE):
            opened = event
        elif opened:
            name = re.sub(r"\s*\b(starts?|begins?|first day|opens?)\b.*", "", opened.title)
            yield Span(name or season(opened.starts_on), opened.starts_on, event.ends_on)
            opened = None


def _closures(events: Iterable[Event]) -> Iterator[Closed]:
    """Return the days closed; a bank holiday of England is known already and needs no row."""
    seen: set[tuple[str, date]] = set()
    for event in events:
        kind = CLOSED.get(event.taken)
        if kind is None or _is_known_bank_holiday(event) or (kind, event.starts_on) in seen:
            continue
        seen.add((kind, event.starts_on))
        yield Closed(event.title[:80], event.starts_on, event.ends_on, kind)


def _is_known_bank_holiday(event: Event) -> bool:
    return (
        event.taken is Taken.BANK_HOLIDAY
        and event.starts_on == event.ends_on
        and event.starts_on in bank_holidays(event.starts_on.year)
    )


def _terms_between(closures: Sequence[Closed]) -> Iterator[Span]:
    """Return the terms that lie between two long holidays, named by their season."""
    holidays: list[tuple[date, date]] = []
    for closure in closures:
        if closure.kind != Closure.Kind.HOLIDAY:
            continue
        if holidays and closure.starts_on <= holidays[-1][1] + ONE_DAY:
            holidays[-1] = (holidays[-1][0], max(holidays[-1][1], closure.ends_on))
        else:
            holidays.append((closure.starts_on, closure.ends_on))
    long = [run for run in holidays if (run[1] - run[0]).days + 1 >= BETWEEN_TERMS]
    for (_, before), (after, _) in pairwise(long):
        first = before + ONE_DAY
        yield Span(season(first), first, after - ONE_DAY)


def season(day: date) -> str:
    """Name the term that starts on a day."""
    if day.month >= 8:  # noqa: PLR2004 -- August
        return "Autumn term"
    return "Spring term" if day.month <= 3 else "Summer term"  # noqa: PLR2004 -- March


def _refuse_overlaps(terms: Sequence[Span]) -> None:
    for one, other in pairwise(terms):
        if other.starts_on <= one.ends_on:
            msg = (
                f"{one.name} ({_dates(one)}) and {other.name} ({_dates(other)}) overlap. "
                "Correct the file so that one ends before the other starts."
            )
            raise Refused(msg)


def _dates(span: Span) -> str:
    return f"{day_words(span.starts_on)} to {day_words(span.ends_on)}"


def _with_problems(events: Iterable[Event]) -> Iterator[Event]:
    """Say in words what is not taken as it stands."""
    for event in events:
        problem = event.problem
        if event.taken is Taken.LEFT_OUT and not problem:
            problem = "It names no term, holiday, INSET day or closure."
        elif _is_known_bank_holiday(event):
            problem = "Already known, so it needs no entry of its own."
        yield Event(event.title, event.starts_on, event.ends_on, event.taken, problem)


def year_of(day: date, *, first_month: int) -> Span:
    """Return the academic year a day falls in, first and last day included."""
    first = day.year if day.month >= first_month else day.year - 1
    starts_on = date(first, first_month, 1)
    ends_on = date(first + 1, first_month, 1) - ONE_DAY
    return Span(f"{first}-{(first + 1) % 100:02}", starts_on, ends_on)
