"""What one visit is, how many may be there, and when one more goes past the year's budget.

A visit is one person and one activity, or, where nothing was planned, one occasion; however many
observers there are, and however many records they write.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from trigpoint.instruments.models import ActivityKind
from trigpoint.policies.settings.rules import number
from trigpoint.records.refusals import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from trigpoint.people.models import Person
    from trigpoint.trusts.models import Trust

IN_A_LESSON = frozenset({ActivityKind.LESSON_VISIT, ActivityKind.LEARNING_WALK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One time somebody is visited, as one plan or one record has it.

    ``source_id`` is the plan's or the record's own id. One of unknown length ends as it starts.
    """

    source_id: UUID
    activity_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    is_plan: bool = False


@dataclass(frozen=True, slots=True)
class Visited:
    """How often somebody is visited: visits, and the minutes with at least one visitor there."""

    count: int
    minutes: int


def visited(stays: Iterable[Stay]) -> Visited:
    """Count the visits of one person. The one definition, for planning and for capture.

    The plan of an activity and all its records are one visit, and a recorded length replaces the
    planned one. Stays that nobody planned are one visit while their times overlap, and none of
    their own where they overlap an activity's.
    """
    known = list(stays)
    timed = {
        stay.activity_id for stay in known if stay.ends_at > stay.starts_at and not stay.is_plan
    }
    runs = _runs(stay for stay in known if not (stay.is_plan and stay.activity_id in timed))
    activities = {stay.activity_id for stay in known} - {None}
    unplanned = sum(all(stay.activity_id is None for stay in run) for run in runs)
    return Visited(len(activities) + unplanned, sum(map(_minutes, runs)))


def _runs(stays: Iterable[Stay]) -> list[list[Stay]]:
    """Put together what overlaps or begins at the same moment, directly or through others."""
    runs: list[list[Stay]] = []
    for stay in sorted(stays, key=lambda stay: stay.starts_at):
        run = runs[-1] if runs else []
        if run and (stay.starts_at < _end(run) or stay.starts_at == run[0].starts_at):
            run.append(stay)
        else:
            runs.append([stay])
    return runs


def _end(run: list[Stay]) -> datetime:
    return max(stay.ends_at for stay in run)


def _minutes(run: list[Stay]) -> int:
    return int((_end(run) - run[0].starts_at).total_seconds() // 60)


def is_past_budget(trust: "Trust", *, before: Visited, after: Visited) -> bool:
    """Say whether what comes on top goes past the year's budget; what is past already stays so."""
    return after.count > max(before.count, trust.visit_budget_count) or after.minutes > max(
        before.minutes, trust.visit_budget_minutes
    )


def may_spend(
    person: "Person", *, trust: "Trust", before: Visited, after: Visited, reason: str
) -> Verdict:
    """Keep visits to one person within the year's budget, unless a reason is given.

    Args:
        person: who is visited.
        trust: holds the budget, in visits and in minutes a year.
        before: the school year's visits, by all observers together, as they stand.
        after: the same with this visit.
        reason: why a visit past the budget is needed; it is kept and logged.

    """
    if reason.strip() or not is_past_budget(trust, before=before, after=after):
        return ALLOWED
    visits = "visit" if before.count == 1 else "visits"
    return denied(
        f"{person.name} has {before.count} {visits} of {trust.visit_budget_count} this year, "
        f"{before.minutes} of {trust.visit_budget_minutes} minutes, so this one goes past the "
        "budget. Give a reason why it is needed, or leave the person unnamed."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who is there together when, as one plan or one record has it.

    ``group`` is what tells the lessons of one team apart: subject and year groups, in any case.
    """

    kind: str
    visitors: frozenset[UUID]
    starts_at: datetime
    ends_at: datetime
    academy_id: UUID
    activity_id: UUID | None = None
    observed_id: UUID | None = None
    team_id: UUID | None = None
    group: tuple[str, ...] = ()


def most_visitors(settings: Mapping[str, Any]) -> int:
    """Return how many may visit at a time, from a policy version's settings."""
    return number(settings, "capture", "max_visitors")


def is_one_visit(one: Party, other: Party) -> bool:
    """Say whether two plans or records are of the same visit, whatever their rooms are called.

    The same activity; or at the same time the same person, or, where one of them names nobody,
    the same group of the same team.
    """
    if one.activity_id is not None and one.activity_id == other.activity_id:
        return True
    overlaps = one.starts_at < other.ends_at and other.starts_at < one.ends_at
    if not overlaps and one.starts_at != other.starts_at:
        return False
    if one.observed_id and other.observed_id:
        return one.observed_id == other.observed_id
    where = [(it.academy_id, it.team_id, [g.casefold() for g in it.group]) for it in (one, other)]
    return one.team_id is not None and where[0] == where[1]


def may_visit_together(party: Party, others: Iterable[Party], *, most: int) -> Verdict:
    """Keep the visitors of one lesson to the policy's number, however they came to be there."""
    if party.kind not in IN_A_LESSON:
        return ALLOWED
    there = {
        visitor
        for other in others
        if other.kind in IN_A_LESSON and is_one_visit(party, other)
        for visitor in other.visitors
    } - party.visitors
    if len(there) + len(party.visitors) <= most:
        return ALLOWED
    if there:
        return denied(
            f"This visit already has {_visitors(len(there))}, and at most {most} may be there at "
            "a time. Go at another time, or add to what they record."
        )
    return denied(
        f"{_visitors(len(party.visitors))} are too many for one room: at most {most} may be there "
        "at a time. Choose fewer, or split the visit in two."
    )


def _visitors(count: int) -> str:
    return "1 visitor" if count == 1 else f"{count} visitors"
