"""A review's timetable by day, what is still missing from it, and who would be free to do it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from trigpoint.instruments.models import ActivityKind

VISIT = timedelta(minutes=30)
FIRST_START, LAST_START = time(9), time(15)  # when a school day has room for a visit
MANY_AT_ONCE = frozenset({ActivityKind.BOOK_SCRUTINY})  # one activity looks at many books


@dataclass(frozen=True, slots=True)
class Line:
    """A line of enquiry with what is planned for it, by kind of activity."""

    pk: UUID
    number: int
    question: str
    wanted: Mapping[str, int]
    planned: Mapping[str, int] = field(default_factory=dict)

    @property
    def parts(self) -> list["Part"]:
        """What is wanted, kind by kind, in the order of the kinds."""
        return [
            Part(kind.label, self.wanted[kind], self.planned.get(kind, 0))
            for kind in ActivityKind
            if kind in self.wanted
        ]


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of activity a line wants: how much would be enough, how much is planned."""

    label: str
    wanted: int
    planned: int


@dataclass(frozen=True, slots=True)
class Appointment:
    """One activity on the timetable, with the ids and names of whoever does it."""

    pk: UUID
    title: str
    kind: str
    place: str
    with_whom: str
    starts_at: datetime
    ends_at: datetime
    status: str
    missed_because: str = ""
    is_paired: bool = False
    people: tuple[tuple[UUID, str], ...] = ()

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return ActivityKind(self.kind).label

    @property
    def where(self) -> str:
        """Place and company in a line."""
        return ", ".join(part for part in (self.place, self.with_whom) if part)

    @property
    def is_missed(self) -> bool:
        """Say whether it did not happen, or is called off and will not."""
        return self.status in {"MISSED", "OFF"}

    @property
    def missed_label(self) -> str:
        """Say which of the two it is."""
        return "Called off" if self.status == "OFF" else "Missed"

    @property
    def is_planned(self) -> bool:
        """Say whether it has yet to be said what became of it."""
        return self.status == "PLANNED"

    @property
    def is_done(self) -> bool:
        """Say whether it happened."""
        return self.status == "DONE"

    def phase(self, at: datetime) -> str:
        """Say whether it is past, now or to come."""
        if self.ends_at <= at:
            return "past"
        return "now" if self.starts_at <= at else "later"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the timetable: each appointment with its phase."""

    on: date
    appointments: tuple[tuple[Appointment, str], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a line of enquiry wants and nobody has planned, and who could do it when."""

    line: Line
    kind: str
    wanted: int
    planned: int
    free_person: str = ""
    free_at: datetime | None = None

    @property
    def words(self) -> str:
        """Say what is missing, as a sentence."""
        label = ActivityKind(self.kind).label
        if not self.planned:
            return f"No {label.lower()} is planned"
        return f"{label}: {self.planned} of {self.wanted} planned"


def by_day(appointments: Iterable[Appointment], *, at: datetime) -> list[Day]:
    """Group appointments by their local day, in time order, each past, now or later."""
    days: defaultdict[date, list[tuple[Appointment, str]]] = defaultdict(list)
    for it in sorted(appointments, key=lambda it: (it.starts_at, it.title)):
        days[timezone.localtime(it.starts_at).date()].append((it, it.phase(at)))
    return [Day(on, tuple(found)) for on, found in sorted(days.items())]


def gaps(
    lines: Iterable[Line],
    appointments: Sequence[Appointment],
    team: Sequence[tuple[UUID, str]],
    *,
    day: date | None,
    at: datetime,
) -> list[Gap]:
    """Return what the lines want and the timetable lacks, each with a free reviewer and time.

    Args:
        lines: the review's lines of enquiry.
        appointments: what is on the timetable.
        team: id and name of the lead and the members.
        day: the day of fieldwork to find room in; None when all are past.
        at: now; no earlier time is offered.

    """
    taken = {pk: _busy(pk, appointments) for pk, _ in team}
    found = []
    for line in lines:
        for kind, wanted in line.wanted.items():
            planned = line.planned.get(kind, 0)
            enough = min(wanted, 1) if kind in MANY_AT_ONCE else wanted
            if planned >= enough:
                continue
            person, start = _room(team, taken, day=day, at=at)
            found.append(Gap(line, kind, wanted, planned, person, start))
    return found


def _busy(pk: UUID, appointments: Iterable[Appointment]) -> list[tuple[datetime, datetime]]:
    return [
        (appointment.starts_at, appointment.ends_at)
        for appointment in appointments
        if not appointment.is_missed and pk in {person for person, _ in appointment.people}
    ]


def _room(
    team: Sequence[tuple[UUID, str]],
    taken: dict[UUID, list[tuple[datetime, datetime]]],
    *,
    day: date | None,
    at: datetime,
) -> tuple[str, datetime | None]:
    """Find the first half hour somebody is free that day and hold it for the next gap."""
    for start in _starts(day) if day else ():
        if start < at:
            continue
        for pk, name in team:
            if all(end <= start or begin >= start + VISIT for begin, end in taken[pk]):
                taken[pk].append((start, start + VISIT))
                return name, start
    return "", None


def _starts(day: date) -> list[datetime]:
    """Return the half hours of a school day at which a visit can start."""
    first = timezone.make_aware(datetime.combine(day, FIRST_START))
    last = timezone.make_aware(datetime.combine(day, LAST_START))
    return [first + n * VISIT for n in range((last - first) // VISIT + 1)]


def day_to_fill(starts_on: date, ends_on: date, *, on: date) -> date | None:
    """Return the day of fieldwork there is still time in: today or the first; None afterwards."""
    if on > ends_on:
        return None
    return max(starts_on, on)


def hours(appointments: Iterable[Appointment]) -> float:
    """Return the hours of everything that happened or is planned, to the half hour."""
    total = sum(
        (it.ends_at - it.starts_at).total_seconds() for it in appointments if not it.is_missed
    )
    return round(total / 1800) / 2
