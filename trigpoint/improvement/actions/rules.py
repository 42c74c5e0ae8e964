"""What may be done with an action, and how it stands. *Done* and *worked* are separate facts."""

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from trigpoint.improvement.actions.models import Action
from trigpoint.judgements.models import Finding
from trigpoint.people.roles import Capability
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.workflow import Step, Workflow

if TYPE_CHECKING:
    from trigpoint.people.models import User

OPEN, IN_HAND, DONE, CLOSED = (
    Action.Status.OPEN,
    Action.Status.IN_HAND,
    Action.Status.DONE,
    Action.Status.CLOSED,
)

LIFECYCLE = Workflow(
    "action",
    initial=OPEN,
    steps=(
        Step("start", frozenset({OPEN}), IN_HAND),
        Step("finish", frozenset({OPEN, IN_HAND}), DONE),
        Step("close", frozenset({DONE}), CLOSED),
        Step("reopen", frozenset({DONE, CLOSED}), IN_HAND),
    ),
)

NEEDS_ACTION = frozenset({Finding.Kind.DEVELOPMENT, Finding.Kind.URGENT})


class Health(StrEnum):
    """How an action stands, in one word. A question about dates, never stored."""

    COMPLETE = "Complete"
    ON_TRACK = "On track"
    AT_RISK = "At risk"
    OFF_TRACK = "Off track"


def may_view(user: "User", action: Action) -> Verdict:
    """Its owner, and whoever may view actions there. Agrees with ``visible_to``."""
    if action.trust_id == user.trust_id and action.owner_id == user.person_id:
        return ALLOWED
    if _reaches(user, Capability.ACTION_VIEW, action.finding):
        return ALLOWED
    return denied("Only the owner and those who lead the academy or the review see an action.")


def may_raise_action(user: "User", finding: Finding) -> Verdict:
    """The academy's head or the trust's QA lead, once the finding is published."""
    if not _reaches(user, Capability.ACTION_RAISE, finding):
        return denied("Only the academy's headteacher or the trust's QA lead can add an action.")
    if finding.status != Finding.Status.PUBLISHED:
        return denied(
            "This finding has not been published yet. Actions can be added once the report is final."
        )
    return ALLOWED


def may_start(user: "User", action: Action) -> Verdict:
    """The owner, or somebody who can add actions here."""
    return _may_work(user, action) and LIFECYCLE.may("start", action.status)


def may_finish(user: "User", action: Action) -> Verdict:
    """The owner, or somebody who can add actions here."""
    return _may_work(user, action) and LIFECYCLE.may("finish", action.status)


def may_check(user: "User", action: Action) -> Verdict:
    """Somebody other than the owner, once the action is done."""
    if not _reaches(user, Capability.ACTION_CHECK, action.finding):
        return denied("Only a reviewer or the trust's QA lead can look again.")
    if action.owner_id == user.person_id:
        return denied(
            "Somebody other than the owner looks again. Ask another reviewer or the QA lead."
        )
    if action.status != DONE:
        return denied("This action is not done yet. Look again once its owner has finished it.")
    return ALLOWED


def may_reopen(user: "User", action: Action) -> Verdict:
    """The academy's head or the trust's QA lead, when the work has to go on after all."""
    if not _reaches(user, Capability.ACTION_RAISE, action.finding):
        return denied("Only the academy's headteacher or the trust's QA lead can reopen an action.")
    return LIFECYCLE.may("reopen", action.status)


def check_is_sound(
    *, seen_before: int | None, looked_before: int | None, seen: int | None, looked: int | None
) -> Verdict:
    """Each pair of counts is whole and possible: seen is never more than looked at."""
    for part, total in ((seen_before, looked_before), (seen, looked)):
        if (part is None) != (total is None):
            return denied("Give both counts, seen and looked at, or leave both empty.")
        if part is not None and total is not None and part > total:
            return denied(f"It cannot have been seen {part} times in {total} looks.")
    return ALLOWED


def may_raise_another(title: str, *, is_raised: bool) -> Verdict:
    """Refuse what answers the finding already, as a form sent a second time would make it."""
    if is_raised:
        return denied(
            f"“{title}” answers this finding already, with the same owner and day. If this is "
            "another one, say in its title what is different."
        )
    return ALLOWED


def dates_are_sound(*, due_on: date, check_due_on: date, on: date) -> Verdict:
    """An action is due today or later, and looked at again after that."""
    if due_on < on:
        return denied("The due date has passed already. Choose today or a later day.")
    if check_due_on <= due_on:
        return denied("Look again after the action is due, not before: choose a later day.")
    return ALLOWED


def is_overdue(action: Action, *, on: date) -> bool:
    """Say whether the owner should have finished by now."""
    return action.status in (OPEN, IN_HAND) and action.due_on < on


def is_check_overdue(action: Action, *, on: date) -> bool:
    """Say whether somebody should have looked again by now."""
    return action.status == DONE and action.check_due_on < on


def health(action: Action, *, on: date, late_start_days: int, last_outcome: str = "") -> Health:
    """Return how the action stands on a day.

    Args:
        action: the action.
        on: the day asked about.
        late_start_days: how long before its day an action should be in hand; the policy says.
        last_outcome: what the latest impact check found, empty when nobody has looked.

    Source: docs/decisions/0007-measures-and-their-definitions.md.

    """
    if action.status == CLOSED:
        return Health.COMPLETE
    if is_overdue(action, on=on):
        return Health.OFF_TRACK
    started_late = action.status == OPEN and action.due_on <= on + timedelta(days=late_start_days)
    not_yet = last_outcome in (Action.Outcome.PARTLY, Action.Outcome.DID_NOT)
    if is_check_overdue(action, on=on) or started_late or not_yet:
        return Health.AT_RISK
    return Health.ON_TRACK


def _may_work(user: "User", action: Action) -> Verdict:
    owns = action.trust_id == user.trust_id and action.owner_id == user.person_id
    if owns or _reaches(user, Capability.ACTION_RAISE, action.finding):
        return ALLOWED
    return denied("Only the action's owner or the academy's headteacher can move it on.")


def _reaches(user: "User", capability: Capability, finding: Finding) -> bool:
    return user.access.covers(
        capability,
        trust_id=finding.trust_id,
        academy_id=finding.academy_id,
        team_id=finding.team_id,
        review_id=finding.review_id,
    )
