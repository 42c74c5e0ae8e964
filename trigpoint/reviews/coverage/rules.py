"""What a day asks of one academy: done, due, overdue or not required, and why, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models

from trigpoint.people.roles import Capability
from trigpoint.policies.cadence import rules as cadence
from trigpoint.policies.cadence.rules import Promise, Window
from trigpoint.policies.rhythms.rules import Rhythm
from trigpoint.policies.versions.rules import REVIEW_KINDS
from trigpoint.records.days import day_words
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.reviews.models import Review
from trigpoint.trusts.models import Academy

if TYPE_CHECKING:
    from trigpoint.people.models import User

TO_COME = (Review.Status.PLANNED, Review.Status.NOTIFIED, Review.Status.FIELDWORK)
Looks = Mapping[tuple[str, str | None], date]  # kind, area or None for any: the last day


class State(models.TextChoices):
    """How an academy stands towards what was promised."""

    OVERDUE = "OVERDUE", "Overdue"
    DUE = "DUE", "Due"
    DONE = "DONE", "Done"
    NOT_REQUIRED = "NOT_REQUIRED", "Not required"


WORST_FIRST = (State.OVERDUE, State.DUE, State.DONE)


@dataclass(frozen=True, slots=True)
class Column:
    """What is looked at: one area, or one kind of review of the academy as a whole."""

    key: str
    name: str
    short_name: str
    area: str | None = None  # the area's lineage


@dataclass(frozen=True, slots=True)
class Ground:
    """What one academy is measured by on a day."""

    promised: Sequence[Promise]
    since: date  # the day the promises began for it
    by: Rhythm
    looks: Looks


@dataclass(frozen=True, slots=True)
class Required:
    """One promise on a day: when the last look was, when the next is due, and where that leaves it."""

    promise: Promise
    window: Window
    last_on: date | None
    last_kind: str
    state: State
    is_soon: bool  # due within the policy's days of notice

    @property
    def words(self) -> str:
        """Say why, as ``Trust review every term for tier 3: last look 12 March 2026, …``."""
        rule = self.window.rule
        also = "" if self.last_kind in ("", rule.review_kind) else f", {_kind(self.last_kind)}"
        last = f"last look {day_words(self.last_on)}{also}" if self.last_on else "no look yet"
        leads = {State.OVERDUE: "was due by", State.DUE: "due by"}
        due = f"{leads.get(self.state, 'next due by')} {day_words(self.window.due_on)}"
        return f"{cadence.in_words(rule)}: {last}, {due}."


@dataclass(frozen=True, slots=True)
class Cell:
    """One academy and one column; the worst of what is required decides, then the earliest."""

    column: Column
    required: tuple[Required, ...] = ()

    @property
    def state(self) -> State:
        """The state of what decides."""
        return self.required[0].state if self.required else State.NOT_REQUIRED

    @property
    def due_on(self) -> date | None:
        """The day by which the next look is due."""
        return min((it.window.due_on for it in self.required), default=None)

    @property
    def is_first_to_come(self) -> bool:
        """Whether nothing is pressing but a first look, later than soon."""
        return self.state is State.DUE and not any(it.is_soon for it in self.required)

    @property
    def last_on(self) -> date | None:
        """The day of the last look that keeps what decides."""
        return self.required[0].last_on if self.required else None

    @property
    def words(self) -> str:
        """Say why, for what decides first."""
        if self.required:
            return " ".join(it.words for it in self.required)
        if self.column.area:
            return "The policy promises no look at this area in this tier."
        return f"The policy promises no {_kind(self.column.key)} in this tier."


def may_view(user: "User", academy: Academy) -> Verdict:
    """Whoever holds the academy's overview. Agrees with ``queries.academies``."""
    if user.access.covers(
        Capability.ACADEMY_OVERVIEW, trust_id=academy.trust_id, academy_id=academy.pk
    ):
        return ALLOWED
    return denied("This academy is outside what you look after. Ask the trust's administrator.")


def measure(column: Column, ground: Ground, *, on: date, soon_days: int) -> Cell:
    """Hold one academy to what is promised of one column.

    Args:
        column: an area, or a kind of review.
        ground: what is promised, and the looks there were by that day.
        on: the day.
        soon_days: from how many days before it falls due a look counts as due.

    """
    promised = _promised(column, ground)
    found = [_required(promise, ground, on=on, soon_days=soon_days) for promise in promised]
    found.sort(key=lambda it: (WORST_FIRST.index(it.state), it.window.due_on))
    return Cell(column, tuple(found))


def due_on(column: Column, ground: Ground) -> date | None:
    """Return the day by which the next look at a column is due; None when nothing is promised."""
    found = (_next(promise, ground)[0].due_on for promise in _promised(column, ground))
    return min(found, default=None)


def _promised(column: Column, ground: Ground) -> list[Promise]:
    if column.area:
        return cadence.of_area(ground.promised, column.area)
    whole = cadence.of_the_academy(ground.promised, column.key)
    return [whole] if whole else []


def last_look(promise: Promise, looks: Looks) -> tuple[date | None, str]:
    """Return the last day a promise was kept and by which kind of review."""
    days = [
        (looks[kind, promise.area], kind) for kind in promise.kinds if (kind, promise.area) in looks
    ]
    return max(days, default=(None, ""))


def _required(promise: Promise, ground: Ground, *, on: date, soon_days: int) -> Required:
    window, last_on, kind = _next(promise, ground)
    is_soon = on <= window.due_on <= on + timedelta(days=soon_days)
    state = _state(window.due_on, last_on, on=on, is_soon=is_soon)
    return Required(promise, window, last_on, kind, state, is_soon)


def _next(promise: Promise, ground: Ground) -> tuple[Window, date | None, str]:
    last_on, kind = last_look(promise, ground.looks)
    window = cadence.window(promise, last_on=last_on, since=ground.since, by=ground.by)
    return window, last_on, kind


def _state(due_on: date, last_on: date | None, *, on: date, is_soon: bool) -> State:
    """Past its day it is overdue; what was never looked at, or falls due soon, is due."""
    if due_on < on:
        return State.OVERDUE
    if last_on is None or is_soon:
        return State.DUE
    return State.DONE


def counts(cells: Iterable[Cell]) -> dict[State, int]:
    """Count cells by their state, every state named."""
    found = dict.fromkeys(State, 0)
    for cell in cells:
        found[cell.state] += 1
    return found


def kinds_of(cell: Cell) -> frozenset[str]:
    """Return the kinds of review that count for a cell."""
    return frozenset().union(*(it.promise.kinds for it in cell.required))


def _kind(kind: str) -> str:
    return REVIEW_KINDS[kind].lower()
