"""The story's day, dice, people and policy, handed from scene to scene."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from trigpoint.demo.cast.rules import Cast, Diary
from trigpoint.demo.programme.rules import Script
from trigpoint.demo.words.rules import Words
from trigpoint.evidence.models import EvidenceRecord, Note
from trigpoint.instruments.models import InstrumentVersion
from trigpoint.judgements.models import Claim, Finding
from trigpoint.people.models import User
from trigpoint.policies.models import Area, Level, LookFor, PolicyVersion, Standard
from trigpoint.reporting.models import Report
from trigpoint.reviews.models import Activity, LineOfEnquiry, Review
from trigpoint.trusts.models import Team

FIRST_BELL = 9
FULLY_TOLD = timedelta(days=220)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A policy version as the story uses it; read once."""

    version: PolicyVersion
    areas: dict[str, Area]
    standards: dict[str, list[Standard]]
    look_fors: dict[UUID, list[LookFor]]
    levels: dict[int, Level]
    instruments: dict[str, InstrumentVersion]


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to be: what it looks at, when and by whom."""

    kind: str
    area: str
    second: str
    standard: Standard
    also: Standard
    line: int
    by: User
    starts_at: datetime
    minutes: int
    room: int


@dataclass(frozen=True, slots=True)
class Booked:
    """A visit on the timetable."""

    visit: Visit
    activity: Activity | None
    subject: str
    topic: str
    year: str
    team: Team
    observed: User | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """One record of the story, with what a claim may quote from it."""

    record: EvidenceRecord
    areas: tuple[str, ...]
    standards: tuple[Standard, ...]
    notes: tuple[tuple[str, str], ...]  # kind and text
    observed: User | None = None
    is_private: bool = False


@dataclass(slots=True)
class Held:
    """One review of the story while it is held, and what came of it."""

    script: Script
    review: Review
    lead: User
    team: list[User]
    lines: list[LineOfEnquiry] = field(default_factory=list)
    booked: list[Booked] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    notes: dict[str, Note] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    report: Report | None = None

    @property
    def is_self(self) -> bool:
        """Whether the academy reviews itself."""
        return self.script.kind == Review.Kind.SELF

    def is_recent(self, story: "Story") -> bool:
        """Whether it is told in full; of what is longer ago the story keeps the gist."""
        return self.script.ends_on >= story.today - FULLY_TOLD

    @property
    def weighers(self) -> list[User]:
        """Those of the team who weigh evidence: all of them, or whoever leads a self-review."""
        return [self.lead] if self.is_self else self.team

    def day(self, working_days: int) -> date:
        """Return the day so many working days after fieldwork ended."""
        return self.script.place.calendar.add(self.script.ends_on, working_days)


@dataclass(slots=True)
class Story:
    """Everything a scene needs."""

    cast: Cast
    words: Words
    today: date
    diary: Diary = field(default_factory=Diary)
    books: list[Rulebook] = field(default_factory=list)
    finished: list[Held] = field(default_factory=list)
    shown: Held | None = None  # in fieldwork, led by the reviewer who can be tried out
    turn: int = 0
    named: int = 0
    tick: Callable[[], None] = lambda: None

    @property
    def book(self) -> Rulebook:
        """The policy in force where the story has come to."""
        return self.books[-1]

    def next_named(self) -> int:
        """Count the records that name somebody."""
        self.named += 1
        return self.named

    def next(self) -> int:
        """Count on, for taking turns."""
        self.turn += 1
        return self.turn


def moment(day: date, hour: int = FIRST_BELL, minute: int = 0) -> datetime:
    """Return a moment of a day, local time."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))
