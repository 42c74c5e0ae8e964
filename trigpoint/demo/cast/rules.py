"""The people of the story and where they work; who is free on a day; whose visits are spent."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from trigpoint.demo.words.rules import read
from trigpoint.people import access
from trigpoint.people.models import Person, User
from trigpoint.trusts.calendars.rules import WorkingCalendar
from trigpoint.trusts.models import Academy, Body, Team, Trust

DOMAIN = "wetherlow.example"  # a domain that belongs to nobody, for good (RFC 2606)
NAMED_A_YEAR = 2  # the story stays within the trust's budget of three, but for one visit


@dataclass(slots=True)
class Place:
    """An academy of the story: who works there and which way it is going."""

    index: int
    academy: Academy
    course: str
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)
    leadership: list[User] = field(default_factory=list)  # the head, then the academy's QA lead
    teams: list[Team] = field(default_factory=list)
    leaders: dict[UUID, User] = field(default_factory=dict)
    staff: list[Person] = field(default_factory=list)
    watched: list[tuple[User, Team]] = field(default_factory=list)  # may be named on a visit

    @property
    def head(self) -> User:
        """The headteacher."""
        return self.leadership[0]

    @property
    def deputy(self) -> User:
        """The deputy, who is the academy's QA lead."""
        return self.leadership[1]

    @property
    def phase(self) -> str:
        """The phase, as the word lists spell it."""
        return str(self.academy.phase)

    @property
    def subjects(self) -> Sequence[str]:
        """What is taught there."""
        subjects: Sequence[str] = read("trust")["subjects"][self.phase]
        return subjects

    @property
    def years(self) -> Sequence[str]:
        """The year groups there."""
        years: Sequence[str] = read("trust")["years"][self.phase]
        oldest = self.academy.age_to or 0
        return years if self.phase != "PRIMARY" or oldest > 7 else years[:3]  # noqa: PLR2004 -- infants

    def team_for(self, subject: str, year: str) -> Team:
        """Return the team that teaches a subject to a year group there."""
        entries: Sequence[dict[str, Any]] = read("trust")["teams"][self.phase]
        for team, entry in zip(self.teams, entries, strict=False):
            if subject and entry["subject"] == subject:
                return team
        for team, entry in zip(self.teams, entries, strict=False):
            if year in entry["years"]:
                return team
        return self.teams[len(subject) % max(len(self.teams) - 1, 1)]


@dataclass(slots=True)
class Cast:
    """Everybody and everything the story needs."""

    trust: Trust
    board: Body
    committees: list[Body]
    local: Body | None = None
    places: list[Place] = field(default_factory=list)
    parts: dict[str, User] = field(default_factory=dict)
    reviewers: list[User] = field(default_factory=list)
    externals: list[User] = field(default_factory=list)
    trustees: list[User] = field(default_factory=list)

    @property
    def lead(self) -> User:
        """The trust QA lead."""
        return self.parts["qa-lead"]


class Diary:
    """Who is away on which days and for how many visits, and who was visited by name how often."""

    def __init__(self) -> None:
        self.slots: defaultdict[tuple[UUID, date], int] = defaultdict(int)
        self._away: set[tuple[UUID, date]] = set()
        self._named: defaultdict[tuple[UUID, int], int] = defaultdict(int)

    def free(self, users: Sequence[User], days: Iterable[date], *, count: int) -> list[User]:
        """Book the first so many who are free on all the days; fewer when there are not enough."""
        wanted = list(days)
        found = [
            user for user in users if not any((user.person_id, day) in self._away for day in wanted)
        ][:count]
        self._away.update((user.person_id, day) for user in found for day in wanted)
        return found

    def name(self, place: Place, team: Team, *, year: int) -> User | None:
        """Return somebody of the team who may still be visited by name that school year."""
        for user, own in place.watched:
            key = (user.person_id, year)
            if own == team and self._named[key] < NAMED_A_YEAR:
                self._named[key] += 1
                return user
        return None


def act_on(user: User, day: date) -> User:
    """Let somebody act on a day of the story: with the roles they held then."""
    user.access = access.of(user.person, on=day)
    return user


def address(part: str) -> str:
    """Return the email address of one of those who can be tried out."""
    return f"{part}@{DOMAIN}"
