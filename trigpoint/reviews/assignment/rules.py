"""The facts a year is proposed from, and an account of every hard rule a year would break.

Nothing here reads a table or knows how a year was found: the same account is taken of what the
solver proposes, of what somebody moves by hand and of what the benchmark counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from trigpoint.records.days import day_words

DAYS_OF_WORK = 5  # Monday to Friday
NO_PLACE = (
    "This academy has closed or left the trust, so no review is held there. Leave the review out."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One review the policy asks for.

    ``seats`` counts the lead; a review nobody of the reviewers is needed for has none, as an
    academy's self-review. ``key`` is the same whenever the same need is asked for again.
    """

    key: str
    academy_id: UUID
    kind: str
    due_on: date
    earliest_on: date
    latest_on: date
    days: int
    seats: int
    hours: int
    why: str
    area: str = ""  # the lineage
    area_name: str = ""
    is_any_area: bool = False  # the policy names none: ``area`` is the one looked at longest ago
    label: str = "review"
    is_led_from_outside: bool = False  # by somebody from outside the trust
    tier: int = 1


@dataclass(frozen=True, slots=True)
class Spell:
    """The days on which somebody must not review an academy, and why. No day is without end."""

    academy_id: UUID
    words: str
    first_on: date | None = None
    last_on: date | None = None

    def meets(self, first: date, last: date) -> bool:
        """Say whether it has a day in common with a review."""
        return (self.first_on or first) <= last and first <= (self.last_on or last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """Somebody who may be asked: what they know, how much they can do, and where they must not.

    ``conflicts`` says for an academy why they may not review it, whatever the day: "is related to
    somebody there". ``spells`` says so for some days; what comes first is said.
    """

    person_id: UUID
    name: str
    days_a_term: int
    areas: frozenset[str] = frozenset()
    conflicts: Mapping[UUID, str] = field(default_factory=dict)
    spells: Sequence[Spell] = ()
    home_id: UUID | None = None
    is_external: bool = False
    never_on: frozenset[date] = frozenset()

    def kept_from(self, academy_id: UUID, first: date, last: date) -> str:
        """Say why they may not review an academy on some days; empty when they may."""
        always = self.conflicts.get(academy_id, "")
        there = (it for it in self.spells if it.academy_id == academy_id)
        return always or next((it.words for it in there if it.meets(first, last)), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One academy: the days it works with pupils, and the first day that keeps its notice."""

    academy_id: UUID
    name: str
    works_on: frozenset[date]
    not_before: date
    ceiling_hours: int


@dataclass(frozen=True, slots=True)
class Term:
    """One term of the trust, first and last day, as capacity is counted by it."""

    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A review with its days and its people: asked for, proposed, agreed or planned already."""

    key: str
    academy_id: UUID
    kind: str
    starts_on: date
    ends_on: date
    people: tuple[UUID, ...]  # the lead first
    hours: int
    label: str = "review"
    is_led_from_outside: bool = False
    is_fixed: bool = False  # planned or held already: it stands as it is
    is_by_hand: bool = False  # its people were chosen by hand, and need be no reviewers
    area: str = ""

    @property
    def monday(self) -> date:
        """The Monday of the week it begins in."""
        return monday_of(self.starts_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """Everything a year is proposed from."""

    terms: Sequence[Term]
    places: Sequence[Place]
    reviewers: Sequence[Reviewer]
    needs: Sequence[Need] = ()
    fixed: Sequence[Slot] = ()
    buffer_weeks: int = 1  # kept free, where it can be, at each end of a term

    def place_of(self, slot: Slot) -> Place | None:
        """Return the academy of a slot; None when it is not in the trust any more."""
        return next((it for it in self.places if it.academy_id == slot.academy_id), None)

    def term_of(self, day: date) -> int:
        """Return the number of the term whose capacity a day counts against."""
        return next(
            (at for at, term in enumerate(self.terms) if day <= term.ends_on), len(self.terms) - 1
        )


COUNTED = {2: "two", 3: "three"}


class Rule(StrEnum):
    """The hard rules: none is ever broken by a proposal."""

    CLOSED = "the academy works with pupils on every day"
    NOTICE = "the academy has its notice"
    WEEK = "one review at an academy in a week"
    TWICE = "nobody is in two places on a day"
    CAPACITY = "nobody gives more days a term than they have"
    CONFLICT = "nobody reviews where they have a conflict of interest"
    AWAY = "everybody on the team is there to be asked"
    OUTSIDE = "somebody on the team is from outside the academy"
    EXTERNAL = "an external review is led from outside the trust"


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule broken: by which slots, and what to say about it."""

    rule: Rule
    keys: tuple[str, ...]
    words: str


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def days_of(slot: Slot, works_on: frozenset[date]) -> list[date]:
    """Return the days a slot takes of its people: the academy's working days among its own."""
    span = range((slot.ends_on - slot.starts_on).days + 1)
    days = [slot.starts_on + timedelta(days=n) for n in span]
    return [day for day in days if day in works_on]


def breaches(year: Year, slots: Iterable[Slot]) -> list[Breach]:
    """Say every hard rule the slots break, together with what is fixed already.

    What was planned by hand may break a rule among itself; only what involves a slot is told.
    """
    told = sorted(slots, key=lambda slot: (slot.starts_on, slot.key))
    known = [*year.fixed, *told]
    places = {place.academy_id: place for place in year.places}
    people = {one.person_id: one for one in year.reviewers}
    found = [
        breach for slot in told for breach in _alone(slot, places.get(slot.academy_id), people)
    ]
    found += _weeks(known, places)
    found += _twice(known, places, people)
    found += _capacity(year, known, places, people)
    ours = {slot.key for slot in told}
    return [breach for breach in found if ours.intersection(breach.keys)]


def _alone(slot: Slot, place: Place | None, people: Mapping[UUID, Reviewer]) -> Iterator[Breach]:
    """Yield what one slot breaks by itself."""
    if place is None:
        yield Breach(Rule.CLOSED, (slot.key,), NO_PLACE)
        return
    yield from _of_days(slot, place)
    yield from _of_people(slot, place, people)


def _of_days(slot: Slot, place: Place) -> Iterator[Breach]:
    key = (slot.key,)
    span = range((slot.ends_on - slot.starts_on).days + 1)
    for day in (slot.starts_on + timedelta(days=n) for n in span):
        is_between = slot.starts_on < day < slot.ends_on and day.weekday() >= DAYS_OF_WORK
        if day not in place.works_on and not is_between:
            yield Breach(
                Rule.CLOSED, key, f"{place.name} does not work with pupils on {day_words(day)}."
            )
    if slot.starts_on < place.not_before and not slot.is_fixed:
        yield Breach(
            Rule.NOTICE,
            key,
            f"{day_words(slot.starts_on)} leaves {place.name} less than its notice: the first day "
            f"that keeps it is {day_words(place.not_before)}.",
        )


def _of_people(slot: Slot, place: Place, people: Mapping[UUID, Reviewer]) -> Iterator[Breach]:
    key, day = (slot.key,), day_words(slot.starts_on)
    team = [people[one] for one in slot.people if one in people]
    for one in team:
        if why := one.kept_from(slot.academy_id, slot.starts_on, slot.ends_on):
            words = f"{one.name} cannot review {place.name} on {day}: {why}."
            yield Breach(Rule.CONFLICT, key, words)
    if len(team) < len(slot.people) and not slot.is_by_hand:
        yield Breach(
            Rule.AWAY,
            key,
            f"Somebody on the team for {place.name} on {day} is no longer available as a reviewer. "
            "Find people again.",
        )
    if team and all(one.home_id == slot.academy_id for one in team):
        yield Breach(
            Rule.OUTSIDE,
            key,
            f"Nobody on the team of {day} is from outside {place.name}. Ask somebody.",
        )
    if slot.is_led_from_outside and not (team and team[0].is_external):
        yield Breach(
            Rule.EXTERNAL,
            key,
            f"The external review of {place.name} on {day} is led from outside the trust.",
        )


def _weeks(slots: Iterable[Slot], places: Mapping[UUID, Place]) -> Iterator[Breach]:
    there: defaultdict[tuple[UUID, date], list[Slot]] = defaultdict(list)
    for slot in slots:
        there[slot.academy_id, slot.monday].append(slot)
    for (academy_id, monday), same in there.items():
        if len(same) > 1 and academy_id in places:
            yield Breach(
                Rule.WEEK,
                tuple(slot.key for slot in same),
                f"{places[academy_id].name} would have {len(same)} reviews in the week of "
                f"{day_words(monday)}. One a week is the most.",
            )


def _twice(
    slots: Iterable[Slot], places: Mapping[UUID, Place], people: Mapping[UUID, Reviewer]
) -> Iterator[Breach]:
    there: defaultdict[tuple[UUID, date], list[Slot]] = defaultdict(list)
    for slot in slots:
        for day in _taken(slot, places):
            for person_id in slot.people:
                there[person_id, day].append(slot)
    told: set[tuple[UUID, tuple[str, ...]]] = set()
    for (person_id, day), same in there.items():
        keys = tuple(slot.key for slot in same)
        if len(same) > 1 and person_id in people and (person_id, keys) not in told:
            told.add((person_id, keys))
            at = dict.fromkeys(
                places[slot.academy_id].name if slot.academy_id in places else "another academy"
                for slot in same
            )
            where = (
                f"at {' and '.join(at)}"
                if len(at) > 1
                else f"on {COUNTED.get(len(same), len(same))} reviews at {next(iter(at))}"
            )
            yield Breach(
                Rule.TWICE,
                keys,
                f"{people[person_id].name} would be {where} on {day_words(day)}.",
            )


def _taken(slot: Slot, places: Mapping[UUID, Place]) -> list[date]:
    place = places.get(slot.academy_id)
    return days_of(slot, place.works_on) if place else []


def _capacity(
    year: Year,
    slots: Iterable[Slot],
    places: Mapping[UUID, Place],
    people: Mapping[UUID, Reviewer],
) -> Iterator[Breach]:
    used: defaultdict[tuple[UUID, int], list[str]] = defaultdict(list)
    for slot in slots:
        for day in _taken(slot, places):
            for person_id in slot.people:
                used[person_id, year.term_of(day)].append(slot.key)
    for (person_id, term), keys in used.items():
        one = people.get(person_id)
        if one and len(keys) > one.days_a_term:
            yield Breach(
                Rule.CAPACITY,
                tuple(dict.fromkeys(keys)),
                f"{one.name} would give {len(keys)} days in {year.terms[term].name}, and has "
                f"{one.days_a_term}.",
            )
