"""What the page of the year shows: weeks across, academies down, what each gives and takes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from trigpoint.reviews.assignment.rules import Breach, Place, Rule, Term, Year, monday_of
from trigpoint.reviews.promises.rules import LABELS
from trigpoint.reviews.reviews.models import Review

Kind = Review.Kind
LETTERS = {Kind.TRUST: "R", Kind.DEEP_DIVE: "D", Kind.SELF: "S", Kind.EXTERNAL: "E", Kind.PEER: "P"}
DONE, AGREED, PROPOSED, LATE = "done", "agreed", "proposed", "overdue"
WEEK = timedelta(weeks=1)
FRIDAY = 4  # days after Monday
ROOM, LINE = 42, 27  # the height of a week's bar at most, and of the capacity line
# Rules that one review breaks with another or by itself; too many days in a term is everybody's.
SHOWN_AS_CLASH = frozenset(Rule) - {Rule.CAPACITY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One review on the page: held, agreed, proposed, or due and not there."""

    key: str
    academy_id: UUID
    academy: str
    kind: str
    starts_on: date
    state: str
    url: str = ""
    area: str = ""
    days: int = 0  # of all its reviewers together
    hours: int = 0
    visits: int = 0  # lessons it looks at
    moves: str = ""  # the address that moves it; empty for what stays where it is
    is_clash: bool = False
    is_behind: bool = False  # proposed, and past the day it was due

    @property
    def letter(self) -> str:
        """The letter its kind goes by."""
        return LETTERS[Kind(self.kind)]

    @property
    def what(self) -> str:
        """What it is, with its area."""
        return named(self.kind, self.area)

    @property
    def how(self) -> str:
        """How it stands, in words."""
        late = ", late" if self.is_behind else ""
        return f"{self.state}{late}{', clash' if self.is_clash else ''}"

    @property
    def look(self) -> str:
        """The class that draws it."""
        looks = {DONE: "is-done", PROPOSED: "is-prop", LATE: "is-late"}
        late = "is-late" if self.is_behind else ""
        parts = (looks.get(self.state, ""), late, "is-clash" if self.is_clash else "")
        return " ".join(part for part in parts if part)


def named(kind: str, area: str) -> str:
    """Name a review by its kind and its area: “Deep dive of Curriculum”."""
    words = f"{LABELS[Kind(kind)]} of {area}" if area else LABELS[Kind(kind)]
    return f"{words[0].upper()}{words[1:]}"


@dataclass(frozen=True, slots=True)
class Week:
    """One school week of the trust, and the days reviewers give in it."""

    number: int
    monday: date
    is_now: bool
    is_term_end: bool
    days: int = 0
    capacity: int = 0

    @property
    def is_over(self) -> bool:
        """Say whether more is asked than there is."""
        return self.days > self.capacity

    @property
    def height(self) -> int:
        """The height of its bar."""
        return min(round(LINE * self.days / self.capacity) if self.capacity else 0, ROOM)

    @property
    def top(self) -> int:
        """Where its bar begins."""
        return ROOM - self.height

    @property
    def look(self) -> str:
        """The classes of its cells."""
        parts = ("now" if self.is_now else "", "term-end" if self.is_term_end else "")
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Cell:
    """One academy in one week."""

    week: Week
    events: tuple[Event, ...]
    is_closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One academy's year: its weeks, the hours it gives and the visits its teachers get."""

    place: Place
    tier: int
    cells: tuple[Cell, ...]
    hours: int
    visits: float | None  # a teacher, on average; None where nobody is known to teach

    @property
    def is_over(self) -> bool:
        """Say whether it gives more hours than its ceiling."""
        return self.hours > self.place.ceiling_hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The whole page."""

    weeks: tuple[Week, ...]
    months: tuple[tuple[str, int], ...]  # name and how many weeks
    rows: tuple[Row, ...]
    capacity: int  # days a week

    @property
    def days(self) -> int:
        """All the days reviewers give in the weeks shown."""
        return sum(week.days for week in self.weeks)

    @property
    def days_there_are(self) -> int:
        """All the days they could give."""
        return self.capacity * len(self.weeks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the page is drawn from."""

    year: Year
    tiers: dict[UUID, int]
    teachers: dict[UUID, int]
    events: Sequence[Event]
    on: date
    term: int | None = None  # one term alone


def school_weeks(year: Year) -> list[date]:
    """Return the Mondays of the weeks in which any academy works with pupils."""
    return sorted({monday_of(day) for place in year.places for day in place.works_on})


def numbered(year: Year) -> dict[date, int]:
    """Return the number that each school week, by its Monday, has in its term.

    A week of holidays inside a term has its number, as in the frame of every page.
    """
    mondays = school_weeks(year)
    terms = {monday: year.term_of(monday + timedelta(days=FRIDAY)) for monday in mondays}
    first = {term: monday for monday, term in reversed(terms.items())}
    return {monday: (monday - first[terms[monday]]).days // 7 + 1 for monday in mondays}


def clashing(events: Iterable[Event], broken: Iterable[Breach]) -> list[Event]:
    """Mark what breaks a rule with another review, or by itself."""
    keys = {key for it in broken if it.rule in SHOWN_AS_CLASH for key in it.keys}
    return [replace(event, is_clash=event.key in keys) for event in events]


def seen_of(unplaced: Iterable[Mapping[str, str]], year: Year) -> list[Mapping[str, str]]:
    """Keep what found no place at the academies that are seen."""
    seen = {str(place.academy_id) for place in year.places}
    return [one for one in unplaced if one["academy"] in seen]


def chart(facts: Facts) -> Chart:
    """Draw the year, or one term of it."""
    mondays = school_weeks(facts.year)
    weeks = _weeks(facts, mondays)
    shown = [week for week in weeks if _is_shown(facts, week)]
    held: defaultdict[tuple[UUID, date], list[Event]] = defaultdict(list)
    for event in sorted(facts.events, key=lambda it: (it.starts_on, it.key)):
        held[event.academy_id, _nearest(monday_of(event.starts_on), mondays)].append(event)
    return Chart(
        weeks=tuple(shown),
        months=tuple(
            (f"{month:%b}", len(list(group)))
            for month, group in groupby(it.monday.replace(day=1) for it in shown)
        ),
        rows=tuple(_row(facts, place, shown, held) for place in facts.year.places),
        capacity=shown[0].capacity if shown else 0,
    )


def _nearest(monday: date, mondays: Sequence[date]) -> date:
    """Return the school week an event is drawn in: its own, or the last one before a holiday."""
    before = [it for it in mondays if it <= monday]
    return before[-1] if before else min(mondays, default=monday)


def _is_shown(facts: Facts, week: Week) -> bool:
    return (
        facts.term is None or facts.year.term_of(week.monday + timedelta(days=FRIDAY)) == facts.term
    )


def _weeks(facts: Facts, mondays: Sequence[date]) -> list[Week]:
    days: defaultdict[date, int] = defaultdict(int)
    for event in facts.events:
        days[_nearest(monday_of(event.starts_on), mondays)] += event.days
    there_are = sum(one.days_a_term for one in facts.year.reviewers) * len(facts.year.terms)
    capacity = there_are // len(mondays) if mondays else 0
    ends = {_nearest(monday_of(term.ends_on), mondays) for term in facts.year.terms}
    now = _nearest(monday_of(facts.on), mondays)
    return [
        Week(number, monday, monday == now, monday in ends, days[monday], capacity)
        for monday, number in numbered(facts.year).items()
    ]


def _row(
    facts: Facts,
    place: Place,
    weeks: Sequence[Week],
    held: dict[tuple[UUID, date], list[Event]],
) -> Row:
    mine = [event for event in facts.events if event.academy_id == place.academy_id]
    visits, teachers = sum(it.visits for it in mine), facts.teachers.get(place.academy_id, 0)
    return Row(
        place=place,
        tier=facts.tiers[place.academy_id],
        cells=tuple(
            Cell(
                week,
                tuple(held.get((place.academy_id, week.monday), ())),
                _is_closed(place, week.monday),
            )
            for week in weeks
        ),
        hours=sum(it.hours for it in mine),
        visits=visits / teachers if teachers else None,
    )


def _is_closed(place: Place, monday: date) -> bool:
    return not any(monday + timedelta(days=n) in place.works_on for n in range(5))


def tally(events: Iterable[Event]) -> dict[str, int]:
    """Count the reviews of the year by how they stand."""
    counts = dict.fromkeys((DONE, AGREED, PROPOSED, LATE), 0)
    for event in events:
        counts[event.state] += 1
    return counts


def terms_to_show(terms: Sequence[Term]) -> list[tuple[str, str]]:
    """Return the choices of what to show: the year, and each term by its number."""
    return [("", "Year"), *((str(at), _short(term.name)) for at, term in enumerate(terms))]


def _short(name: str) -> str:
    return name.removesuffix(" term").removesuffix(" Term")
