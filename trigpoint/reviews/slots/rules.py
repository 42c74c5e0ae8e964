"""Who may move a proposed review, agree and drop it; where it can go; what it is called then."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from trigpoint.people.roles import Capability
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.workflow import Step, Workflow
from trigpoint.reviews.assignment.rules import Breach, Place, Reviewer, Slot, monday_of
from trigpoint.reviews.programme.models import Programme, ProgrammeSlot
from trigpoint.reviews.programme.rules import ONLY_THE_LEAD
from trigpoint.reviews.reviews.models import Review

if TYPE_CHECKING:
    from trigpoint.people.models import User

S, Kind = ProgrammeSlot.Status, Review.Kind
LIFECYCLE = Workflow(
    "proposed review",
    initial=S.PROPOSED,
    steps=(
        Step("agree", frozenset({S.PROPOSED}), S.AGREED),
        Step("drop", frozenset({S.PROPOSED}), S.DROPPED),
        Step("restore", frozenset({S.DROPPED}), S.PROPOSED),
    ),
)
TITLES = {Kind.TRUST: "Whole-academy review", Kind.EXTERNAL: "External review"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where a proposed review goes: to a day, or to the best day of a week; and with whom.

    ``people`` has the lead first; None keeps those there are. ``finds_people`` asks for whoever
    is free and knows the area, as a new proposal would.
    """

    starts_on: date | None = None
    week: date | None = None
    people: tuple[UUID, ...] | None = None
    finds_people: bool = False


def may_view(user: "User", slot: ProgrammeSlot) -> Verdict:
    """Whoever may see the programme at the academy. Agrees with ``visible_to``."""
    if user.access.covers(
        Capability.PROGRAMME_VIEW, trust_id=slot.trust_id, academy_id=slot.academy_id
    ):
        return ALLOWED
    return denied("The year's programme is seen by the trust's QA lead until it is agreed.")


def _may_plan(user: "User", slot: ProgrammeSlot) -> Verdict:
    covers = user.access.covers(
        Capability.REVIEW_PLAN, trust_id=slot.trust_id, academy_id=slot.academy_id
    )
    return ALLOWED if covers else denied(ONLY_THE_LEAD)


def may_move(user: "User", slot: ProgrammeSlot) -> Verdict:
    """Whoever plans reviews there, while it is only proposed."""
    if slot.status == S.AGREED:
        return denied("This review is agreed and planned. Move its dates on the review's own page.")
    if slot.status == S.DROPPED:
        return denied("This review was dropped. Take it up again first.")
    return _may_plan(user, slot)


def may_agree(user: "User", slot: ProgrammeSlot) -> Verdict:
    """Whoever plans reviews there, while it is only proposed."""
    return _may_plan(user, slot) and LIFECYCLE.may("agree", slot.status)


def may_agree_all(user: "User", programme: Programme) -> Verdict:
    """Whoever plans reviews somewhere in the trust; what they do not see is not theirs to agree."""
    if user.trust_id == programme.trust_id and user.access.holds(Capability.REVIEW_PLAN):
        return ALLOWED
    return denied(ONLY_THE_LEAD)


def may_drop(user: "User", slot: ProgrammeSlot) -> Verdict:
    """Whoever plans reviews there, while it is only proposed."""
    return _may_plan(user, slot) and LIFECYCLE.may("drop", slot.status)


def may_restore(user: "User", slot: ProgrammeSlot) -> Verdict:
    """Whoever plans reviews there, after it was dropped."""
    return _may_plan(user, slot) and LIFECYCLE.may("restore", slot.status)


def may_stand(broken: Sequence[Breach]) -> Verdict:
    """Refuse what breaks a hard rule, with every rule's own sentence."""
    if not broken:
        return ALLOWED
    words = dict.fromkeys(breach.words for breach in broken)
    return denied(" ".join(words))


def may_be_asked(people: Iterable[UUID], reviewers: Iterable[Reviewer]) -> Verdict:
    """Refuse people who are not among the trust's reviewers."""
    if set(people) <= {one.person_id for one in reviewers}:
        return ALLOWED
    return denied(
        "Somebody chosen is not one of the trust's reviewers, or not available. Choose from the "
        "reviewers, or add them there first."
    )


def may_look_at(area: str, areas: Container[str]) -> Verdict:
    """Refuse a deep dive in an area that the policy in force does not have."""
    if not area or area in areas:
        return ALLOWED
    return denied(
        "The policy in force has no such area any more, so there is nothing to look at. Leave this "
        "review out, and propose dates again."
    )


def days_to_try(move: Move, *, days: int, place: Place) -> list[date]:
    """Return the days a moved review could begin on: the one asked for, or those of the week."""
    if move.starts_on:
        return [move.starts_on]
    monday = monday_of(move.week or date.min)
    last_start = 5 - days
    tried = [monday + timedelta(days=n) for n in range(max(last_start, 0) + 1)]
    span = range(days)
    return [day for day in tried if all(day + timedelta(days=n) in place.works_on for n in span)]


def may_be_open(starts: Sequence[date], *, days: int, place: Place, week: date | None) -> Verdict:
    """Refuse a week without enough open days in a row."""
    if starts:
        return ALLOWED
    many = "an open day" if days == 1 else f"{days} open days in a row"
    return denied(
        f"{place.name} does not have {many} in the week of {week:%-d %B}. Choose another week."
    )


def best_start(tried: Iterable[tuple[Slot, list[Breach]]]) -> tuple[Slot, list[Breach]]:
    """Return the first way that breaks nothing, or the one that breaks least."""
    return min(tried, key=lambda way: (len(way[1]), way[0].starts_on))


def title(kind: str, *, area: str, year: str) -> str:
    """Return what an agreed review is called."""
    if kind == Kind.DEEP_DIVE and area:
        return f"{area} deep dive"
    if kind == Kind.SELF:
        return f"Self-review {year}"
    return TITLES.get(Kind(kind), Kind(kind).label)
