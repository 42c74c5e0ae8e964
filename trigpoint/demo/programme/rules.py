"""The year's programmes of the story, worked out from today alone. Nothing is read or stored."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from trigpoint.demo.cast.rules import Place
from trigpoint.demo.founding.rules import school_years
from trigpoint.demo.words.rules import spoken
from trigpoint.reviews.models import Review
from trigpoint.trusts.calendars.rules import WorkingCalendar

Kind, Status = Review.Kind, Review.Status
AREAS = (
    "curriculum",
    "teaching-and-learning",
    "assessment",
    "resources",
    "behaviour",
    "welfare",
    "quality-assurance",
)
SUBJECT_AREAS = AREAS[:3]
SETTLED_DAYS = 36  # a review that began longer ago than this has its final report
TIER_ATTENTION = 3
# How a level moves in a year, by the academy's course; less is better.
SLOPES = {"falling": 0.8, "slipping": 0.5, "rising": -0.6, "steady": 0.0, "strong": -0.2}
NOW = {"falling": 3.7, "slipping": 3.4, "rising": 2.7, "steady": 2.8, "strong": 2.0}


@dataclass(frozen=True, slots=True)
class Script:
    """One review of the story: what, where, when, and how far it comes.

    ``stage`` names a place inside reporting: draft, qa, check, answered; empty otherwise.
    """

    place: Place
    kind: str
    starts_on: date
    ends_on: date
    areas: tuple[str, ...]
    subject: str = ""
    until: str = Status.CLOSED
    stage: str = ""
    part: str = ""  # shown to one of those who can be tried out

    @property
    def title(self) -> str:
        """What it is called."""
        about = self.subject or AREA_NAMES.get(self.areas[0], "") if self.areas else ""
        if self.kind == Kind.DEEP_DIVE:
            return f"{about} deep dive"
        if self.kind == Kind.TRUST:
            return "Whole-academy review" if set(self.areas) >= set(AREAS) else "Trust review"
        if self.kind == Kind.SELF:
            return f"Self-review {year_name(self.starts_on)}"
        return f"{Kind(self.kind).label}: {spoken(about)}"

    @property
    def days(self) -> list[date]:
        """The working days of fieldwork."""
        span = (self.ends_on - self.starts_on).days + 1
        listed = [self.starts_on + timedelta(days=n) for n in range(span)]
        return [day for day in listed if self.place.calendar.is_working(day)]


AREA_NAMES = {
    "curriculum": "Curriculum",
    "teaching-and-learning": "Teaching",
    "assessment": "Assessment",
    "resources": "Resources",
    "behaviour": "Behaviour",
    "welfare": "Welfare",
    "quality-assurance": "Quality assurance",
}
LEFT_OUT = ("resources", "welfare")
# Month and day of each yearly look, before the academy's own shift: kind, month, day, which area.
YEARLY = (
    (Kind.TRUST, 10, 6, None),
    (Kind.DEEP_DIVE, 1, 20, 0),
    (Kind.DEEP_DIVE, 4, 28, 1),
    (Kind.SELF, 6, 15, None),
)


def year_name(day: date) -> str:
    """Return the school year of a day, such as 2026-27."""
    first = day.year if day.month >= 9 else day.year - 1  # noqa: PLR2004 -- September
    return f"{first}-{(first + 1) % 100:02d}"


def history(places: Sequence[Place], today: date) -> list[Script]:
    """Return the reviews whose reports are final by today, oldest first."""
    years = school_years(today)
    scripts = [
        script
        for number, year in enumerate(years)
        for place in places
        for script in _of_year(place, year, number)
        if script.starts_on + timedelta(days=SETTLED_DAYS) <= today
    ]
    return sorted(scripts, key=lambda script: (script.starts_on, script.place.index, script.kind))


def _of_year(place: Place, year: int, number: int) -> Iterator[Script]:
    """Yield one academy's reviews of one school year."""
    for kind, month, day, which in YEARLY:
        base = date(year + (month < 9), month, day)  # noqa: PLR2004 -- September
        if kind == Kind.TRUST and number > 0:  # in spring; in the current year in September
            base = date(year + 1, 3, 2) if number == 1 else date(year, 9, 8)
        first = _spread(place, base)
        areas = _of_all(place, number) if which is None else _dive(place, number * 2 + which)
        subject = _subject(place, number * 2 + which) if which is not None else ""
        if which is not None and areas[0] not in SUBJECT_AREAS:
            subject = ""
        if kind == Kind.SELF:
            areas = tuple(AREAS[(place.index + n) % len(AREAS)] for n in range(4))
        yield at(place, kind, first, areas=areas, subject=subject)
    if number == 2:  # noqa: PLR2004 -- the third year
        areas = _dive(place, 4)
        subject = _subject(place, 4) if areas[0] in SUBJECT_AREAS else ""
        start = _spread(place, date(year, 9, 16))
        yield at(place, Kind.DEEP_DIVE, start, areas=areas, subject=subject)
    outside = {0: Kind.EXTERNAL, 1: Kind.PEER}.get((place.index + number) % 3)
    if outside:
        areas = (AREAS[(place.index + number * 3) % len(AREAS)],)
        yield at(place, outside, _spread(place, date(year + 1, 2, 4)), areas=areas)


def _of_all(place: Place, number: int) -> tuple[str, ...]:
    """Leave two areas out this year where the trust looks every term: they are overdue a look."""
    skipped = LEFT_OUT if place.course == "slipping" and number == 2 else ()  # noqa: PLR2004 -- as above
    return tuple(area for area in AREAS if area not in skipped)


def _spread(place: Place, base: date) -> date:
    """Give each academy days of its own, so that reviewers are not wanted everywhere at once."""
    return place.calendar.add(base, 2 * place.index + 1)


def _dive(place: Place, turn: int) -> tuple[str, ...]:
    first = AREAS[(place.index * 2 + turn) % len(AREAS)]
    second = AREAS[(place.index * 2 + turn + 3) % len(AREAS)]
    return (first, second)


def _subject(place: Place, turn: int) -> str:
    return place.subjects[(place.index + turn) % len(place.subjects)]


def at(  # noqa: PLR0913 -- a script is said whole
    place: Place,
    kind: str,
    day: date,
    *,
    areas: tuple[str, ...],
    subject: str = "",
    length: int = 2,
    until: str = Status.CLOSED,
    stage: str = "",
    part: str = "",
) -> Script:
    """Put a review on the first working days from a day on."""
    first = working(place.calendar, day)
    last = place.calendar.add(first, length - 1)
    return Script(place, kind, first, last, areas, subject, until, stage, part)


def working(calendar: WorkingCalendar, day: date) -> date:
    """Return the day itself when the academy is open, else the next day it is."""
    return day if calendar.is_working(day) else calendar.add(day, 1)


def today_at(calendar: WorkingCalendar, today: date) -> date:
    """Return today when the academy is open, else the last day it was."""
    return today if calendar.is_working(today) else calendar.add(today, -1)


# What is open today: academy, kind, working days from today, areas, subject, how far, stage, whose.
OPEN = (
    (5, Kind.DEEP_DIVE, -1, ("teaching-and-learning", "curriculum"), "Reading", Status.FIELDWORK, "", "staff"),
    (5, Kind.TRUST, -12, AREAS, "", Status.REPORTING, "check", "headteacher"),
    (6, Kind.EXTERNAL, -1, ("behaviour", "welfare"), "", Status.FIELDWORK, "", "external"),
    (11, Kind.PEER, 0, ("assessment",), "Communication", Status.FIELDWORK, "", ""),
    (7, Kind.DEEP_DIVE, -4, ("assessment", "teaching-and-learning"), "Science", Status.CORROBORATING, "", ""),
    (0, Kind.TRUST, -5, AREAS, "", Status.CORROBORATING, "", ""),
    (1, Kind.DEEP_DIVE, -7, ("assessment", "quality-assurance"), "Mathematics", Status.REPORTING, "draft", ""),
    (8, Kind.TRUST, -9, AREAS, "", Status.REPORTING, "qa", ""),
    (3, Kind.DEEP_DIVE, -13, ("behaviour", "welfare"), "", Status.REPORTING, "answered", ""),
    (5, Kind.SELF, -6, ("assessment", "behaviour", "welfare"), "", Status.CORROBORATING, "", ""),
    (4, Kind.DEEP_DIVE, 6, ("curriculum", "assessment"), "Reading", Status.NOTIFIED, "", ""),
    (9, Kind.TRUST, 9, AREAS, "", Status.NOTIFIED, "", ""),
    (2, Kind.EXTERNAL, 14, ("resources",), "", Status.PLANNED, "", ""),
    (10, Kind.SELF, 18, ("curriculum", "assessment", "welfare"), "", Status.PLANNED, "", ""),
    (0, Kind.DEEP_DIVE, 24, ("behaviour", "curriculum"), "", Status.PLANNED, "", ""),
    (1, Kind.PEER, -9, ("curriculum",), "English", Status.CANCELLED, "", ""),
    (7, Kind.TRUST, 5, AREAS, "", Status.CANCELLED, "", ""),
)  # fmt: skip


def open_now(places: Sequence[Place], today: date) -> list[Script]:
    """Return the reviews that are open, planned or called off today, by the day they start."""
    by_name = {place.index: place for place in places}
    if len(places) < 12:  # noqa: PLR2004 -- a small story shows everything at the academies it has
        by_name = {index: places[index % len(places)] for index in range(12)}
        by_name[5] = by_name[6] = places[0]
    scripts = []
    for index, kind, offset, areas, subject, until, stage, part in OPEN:
        place = by_name[index]
        day = place.calendar.add(today_at(place.calendar, today), offset)
        told = subject if subject in place.subjects else ""
        told = told or (place.subjects[0] if subject else "")
        length = 1 if kind in {Kind.PEER, Kind.SELF} else 3 if part == "staff" else 2
        scripts.append(
            at(place, kind, day, areas=areas, subject=told, length=length, until=until, stage=stage, part=part)
        )  # fmt: skip
    return sorted(scripts, key=lambda script: (script.starts_on, script.place.index, script.kind))


def rank(place: Place, area: str, on: date, today: date, *, of: int = 5) -> int:
    """Return the level of an area of an academy on a day, 1 the best.

    It moves with the academy's course, differs between areas, and is the same whenever asked.

    Args:
        place: the academy.
        area: the area's lineage.
        on: the day asked about.
        today: the day the story ends with.
        of: how many levels the scale has.

    """
    years = (today - on).days / 365
    swing = (zlib.crc32(f"{place.academy.name} {area}".encode()) % 100 - 50) / 42
    drift = (zlib.crc32(f"{place.academy.name} {area} {on.year} {on.month // 4}".encode()) % 100 - 50) / 250  # fmt: skip
    value = NOW[place.course] + swing - SLOPES[place.course] * years + drift
    return min(max(round(value), 1), of)


def tone(level: int) -> str:
    """Return which words fit a level: good, mixed or weak."""
    return "good" if level <= 2 else "mixed" if level == TIER_ATTENTION else "weak"  # noqa: PLR2004
