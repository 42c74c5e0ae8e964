"""From the rules of how often to the reviews of one school year: which, by when, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from trigpoint.policies.cadence.rules import Promise, Window, in_words, promises, window
from trigpoint.policies.models import CadenceRule
from trigpoint.policies.rhythms.rules import Rhythm
from trigpoint.policies.settings.rules import Stored, number
from trigpoint.records.days import day_words
from trigpoint.reviews.assignment.rules import Need
from trigpoint.reviews.reviews.models import Review

Kind = Review.Kind
MOST_TURNS = 40  # of one promise in one year; more is a mistake in the policy
LABELS = {
    Kind.TRUST: "whole review",
    Kind.SELF: "self-review",
    Kind.DEEP_DIVE: "deep dive",
    Kind.EXTERNAL: "external review",
    Kind.PEER: "peer review",
}


def label(kind: str) -> str:
    """Return what a kind of review is called within a sentence."""
    return LABELS[Kind(kind)]


@dataclass(frozen=True, slots=True)
class Look:
    """A review that was held or is planned: its kind, its areas by lineage, its last day."""

    kind: str
    areas: frozenset[str]
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One academy, as its promises are read."""

    academy_id: UUID
    tier: int
    since: date  # the day its promises began
    rhythm: Rhythm
    looks: Sequence[Look]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is the same for every academy: the policy, the school year, the areas and today."""

    rules: Sequence[CadenceRule]
    settings: Stored
    version: str  # "Policy version 3"
    areas: Mapping[str, str]  # lineage and name, in the policy's order
    starts_on: date
    ends_on: date
    today: date


@dataclass(frozen=True, slots=True)
class Turn:
    """One look that a promise asks for in the year.

    ``named`` is the day it is known by: when it would be due had the turns before it been held on
    their days. It stands still, while what follows an overdue turn moves on with every day.
    """

    window: Window
    last_on: date | None
    named: date


def shape(kind: str, settings: Stored) -> tuple[int, int, int]:
    """Return the days, the people and the staff hours that a review of a kind takes.

    A self-review takes none of the trust's reviewers.
    """
    if kind == Kind.SELF:
        return 1, 0, number(settings, "programme", "hours_a_self_review")
    if kind == Kind.DEEP_DIVE:
        names = ("deep_dive_days", "deep_dive_team", "hours_a_deep_dive")
    else:
        names = ("fieldwork_days", "team_size", "hours_a_review")
    days, seats, hours = (number(settings, "programme", name) for name in names)
    return days, seats, hours


def needs(asked: Asked, subject: Subject) -> list[Need]:
    """Return the reviews of one academy that the policy asks for and nobody has planned yet."""
    looks, found = list(subject.looks), []
    promised = sorted(promises(asked.rules, tier=subject.tier), key=_named_first)
    for promise in promised:
        (kind,) = promise.kinds
        for turn in _turns(asked, subject, promise, looks):
            area = promise.area or (_longest_since(asked, looks) if kind == Kind.DEEP_DIVE else "")
            need = _need(asked, subject, kind, area, turn)
            found.append(replace(need, is_any_area=promise.area is None))
            looks.append(Look(kind, frozenset([area] if area else asked.areas), found[-1].due_on))
    return found


def _named_first(promise: Promise) -> tuple[bool, str, str]:
    """Read what names an area first: a deep dive of it is also one in some area."""
    return promise.area is None, min(promise.kinds), promise.area or ""


def _turns(
    asked: Asked, subject: Subject, promise: Promise, looks: Iterable[Look]
) -> Iterator[Turn]:
    """Yield what is due in the year, past what is held and planned."""
    held = sorted(
        look.ends_on
        for look in looks
        if look.kind in promise.kinds and (promise.area is None or promise.area in look.areas)
    )
    last = next((day for day in reversed(held) if day < asked.starts_on), None)
    in_time, ahead = last, [day for day in held if day >= asked.starts_on]
    for _turn in range(MOST_TURNS):
        found = window(promise, last_on=last, since=subject.since, by=subject.rhythm)
        if ahead and not _leaves_a_gap(asked, subject, promise, found, ahead[0]):
            last = in_time = ahead.pop(0)
            continue
        if found.due_on > asked.ends_on:
            return
        named = window(promise, last_on=in_time, since=subject.since, by=subject.rhythm).due_on
        if found.due_on >= asked.starts_on or asked.today >= asked.starts_on:
            yield Turn(found, last, named)
            last, in_time = max(found.due_on, asked.today), named
        else:  # still the year before's to hold
            last = in_time = found.due_on


def _leaves_a_gap(
    asked: Asked, subject: Subject, promise: Promise, due: Window, look: date
) -> bool:
    """Whether what is due can still be held in time, and the look ahead is the next turn's."""
    if not asked.today <= due.due_on < look:
        return False
    after = window(promise, last_on=due.due_on, since=subject.since, by=subject.rhythm)
    return after.opens_on <= look


def _longest_since(asked: Asked, looks: Iterable[Look]) -> str:
    """Return the area that others looked at longest ago, or never; the policy's order decides."""
    latest: defaultdict[str, date] = defaultdict(lambda: date.min)
    for look in looks:
        if look.kind not in {Kind.SELF, Kind.TRUST}:
            for area in look.areas:
                latest[area] = max(latest[area], look.ends_on)
    return min(asked.areas, key=lambda area: latest[area], default="")


def _need(asked: Asked, subject: Subject, kind: str, area: str, turn: Turn) -> Need:
    days, seats, hours = shape(kind, asked.settings)
    due_on = turn.window.due_on
    last = f"The last one ended on {day_words(turn.last_on)}." if turn.last_on else "None so far."
    return Need(
        key=f"{subject.academy_id}/{kind}/{area}/{turn.named}",
        academy_id=subject.academy_id,
        kind=kind,
        due_on=due_on,
        earliest_on=max(turn.window.opens_on, asked.starts_on),
        latest_on=asked.ends_on,
        days=days,
        seats=seats,
        hours=hours,
        why=f"{asked.version} promises: {_lower(in_words(turn.window.rule))}. {last}",
        area=area,
        area_name=asked.areas.get(area, ""),
        label=LABELS[Kind(kind)],
        is_led_from_outside=kind == Kind.EXTERNAL,
        tier=subject.tier,
    )


def _lower(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"
