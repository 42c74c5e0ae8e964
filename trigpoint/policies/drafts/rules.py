"""When the next version may be written, consulted on, approved or given up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from trigpoint.policies.models import Area, PolicyVersion, Standard
from trigpoint.policies.versions.rules import LIFECYCLE, Approval, may_adopt, may_draft
from trigpoint.records.days import NO_DAY, day_words, within_years
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.trusts.models import Body

if TYPE_CHECKING:
    from trigpoint.people.models import User

Status = PolicyVersion.Status
LONGEST_CONSULTATION = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Decision:
    """Which body decided, on which day, and where that is written down."""

    body: Body
    decided_on: date
    minute: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """What still stands between a draft and its approval: comments without answer, faults."""

    comments_count: int = 0
    faults: Sequence[str] = ()


def may_consult(user: "User", version: PolicyVersion, *, until: date, on: date) -> Verdict:
    """Its writers, with a last day for comments that is still to come."""
    if not within_years(until):
        return denied(NO_DAY)
    if until < on:
        return denied(f"Comments could be made until {day_words(until)}, which has gone by.")
    if until > on + LONGEST_CONSULTATION:
        last = day_words(on + LONGEST_CONSULTATION)
        return denied(f"A consultation lasts half a year at most: choose a day up to {last}.")
    return LIFECYCLE.may("consult", version.status) and may_draft(user, version.trust)


def may_redraft(user: "User", version: PolicyVersion) -> Verdict:
    """Its writers, while it is consulted on."""
    return LIFECYCLE.may("redraft", version.status) and may_draft(user, version.trust)


def may_approve(user: "User", version: PolicyVersion, still: Open) -> Verdict:
    """Who adopts policies, once every comment is answered and the contents are in order."""
    step = LIFECYCLE.may("approve", version.status) and may_adopt(user, version.trust)
    if not step:
        return step
    if still.comments_count:
        count = still.comments_count
        noun = "comment waits" if count == 1 else "comments wait"
        return denied(f"{count} {noun} for an answer. Say of each what was done with it.")
    if still.faults:
        return denied("The draft is not in order yet. " + " ".join(still.faults[:3]))
    return ALLOWED


def is_dated_by_now(approval: Approval, *, on: date) -> Verdict:
    """A body has met by the day its approval is recorded."""
    if approval.approved_on > on:
        return denied(
            f"The meeting is on {day_words(approval.approved_on)}. Record the approval once it has "
            "taken place."
        )
    return ALLOWED


def is_after_its_consultation(version: PolicyVersion, approval: Approval) -> Verdict:
    """A body decides on what colleagues said: not before the last day on which they say it."""
    until = version.consult_until
    if version.status == Status.CONSULTATION and until and approval.approved_on < until:
        return denied(
            f"Colleagues comment on this version until {day_words(until)}. Record the approval of a "
            "meeting on that day or later, or take the version back to a draft first."
        )
    return ALLOWED


def may_withdraw(user: "User", version: PolicyVersion) -> Verdict:
    """Who adopts policies, until the version is in force."""
    if version.status == Status.IN_FORCE:
        return denied(
            "This version is in force. It ends when the next one takes effect, so begin that one."
        )
    return LIFECYCLE.may("withdraw", version.status) and may_adopt(user, version.trust)


def may_take_back(version: PolicyVersion, decision: Decision | None, *, on: date) -> Verdict:
    """What a body approved, a body takes back: without its decision nobody withdraws it."""
    if version.status != Status.APPROVED:
        return ALLOWED
    if decision is None:
        return denied("A body approved this version. Say which body takes it back, and when.")
    if decision.body.trust_id != version.trust_id or decision.body.kind == Body.Kind.LOCAL:
        return denied("The trust board or one of its committees takes it back. Choose one of them.")
    if not (version.approved_on and version.approved_on <= decision.decided_on <= on):
        return denied("The body decides after it was approved, and not later than today.")
    return ALLOWED


def contents(
    areas: Iterable[Area], standards: Iterable[Standard]
) -> list[tuple[Area, list[Standard]]]:
    """Put each area beside its standards; an area without any is there too."""
    kept = list(standards)
    return [(area, [it for it in kept if it.area_id == area.pk]) for area in areas]
