"""Writes iCalendar (RFC 5545) that Outlook, Google and Apple read alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vRecur,
)

from trigpoint.reviews.models import Deadline

LONDON = "Europe/London"
ONE_DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
# Whose a step of the clock is to do: the academy's, or the lead's of the review.
FOR_THE_ACADEMY = frozenset(
    {Deadline.Step.DOCUMENTS, Deadline.Step.FACTUAL_ACCURACY, Deadline.Step.ACTIONS}
)
FOR_THE_LEAD = frozenset(Deadline.Step) - FOR_THE_ACADEMY - {Deadline.Step.FIELDWORK}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a calendar, at a time or on whole days; both days are included.

    ``uid`` never changes. ``sequence`` grows with every change, ``changed_at`` is the last one.
    """

    uid: str
    title: str
    starts: date | datetime
    ends: date | datetime
    changed_at: datetime
    place: str = ""
    words: str = ""
    address: str = ""
    sequence: int = 0
    is_off: bool = False


def calendar(entries: Iterable[Entry], *, name: str) -> bytes:
    """Write a calendar. The same entries give the same bytes."""
    written = Calendar()
    written.add("prodid", "-//Trigpoint//Calendar//EN")
    written.add("version", "2.0")
    written.add("calscale", "GREGORIAN")
    written.add("method", "PUBLISH")
    written.add("x-wr-calname", name)
    written.add("x-wr-timezone", LONDON)
    written.add("refresh-interval", HOUR, parameters={"VALUE": "DURATION"})
    written.add("x-published-ttl", "PT1H")
    written.add_component(_london())
    for entry in sorted(entries, key=lambda it: it.uid):
        written.add_component(_event(entry))
    return bytes(written.to_ical())


def _london() -> Timezone:
    """Return the clock of the United Kingdom since 1996, with its two changes a year."""
    zone = Timezone()
    zone.add("tzid", LONDON)
    for part, name, begins, month, before, after in (
        (TimezoneDaylight(), "BST", datetime(1996, 3, 31, 1), 3, 0 * HOUR, HOUR),  # noqa: DTZ001 -- of the wall
        (TimezoneStandard(), "GMT", datetime(1996, 10, 27, 2), 10, HOUR, 0 * HOUR),  # noqa: DTZ001 -- of the wall
    ):
        part.add("tzname", name)
        part.add("dtstart", begins)
        part.add("rrule", vRecur(freq="YEARLY", bymonth=month, byday="-1SU"))
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title)
    _put_when(event, entry)
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    for key, value in (
        ("location", entry.place),
        ("description", entry.words),
        ("url", entry.address),
    ):
        if value:
            event.add(key, value)
    return event


def _put_when(event: Event, entry: Entry) -> None:
    """Write an entry's time on the wall, or its days, whose end iCalendar does not include."""
    if isinstance(entry.starts, datetime) and isinstance(entry.ends, datetime):
        event.add("dtstart", timezone.localtime(entry.starts))
        event.add("dtend", timezone.localtime(entry.ends))
        event.add("transp", "TRANSPARENT" if entry.is_off else "OPAQUE")
        return
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.ends + ONE_DAY)
    event.add("transp", "TRANSPARENT")  # whole days leave the calendar free
