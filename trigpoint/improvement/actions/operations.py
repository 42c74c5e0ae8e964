"""The verbs of an action."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from trigpoint.improvement.actions import rules
from trigpoint.improvement.actions.models import Action, ImpactCheck
from trigpoint.judgements.models import Finding
from trigpoint.people.models import Notice, Person
from trigpoint.people.notices.operations import News, tell
from trigpoint.people.notices.rules import noon
from trigpoint.policies.models import LookFor
from trigpoint.records import history
from trigpoint.records.days import day_words
from trigpoint.records.refusals import Refused

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """What is agreed when an action is added."""

    title: str
    success_criterion: str
    owner: Person
    due_on: date
    check_due_on: date
    look_for: LookFor | None = None


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """What somebody saw when they looked again. Counts are of records, whole and >= 0.

    ``due_on`` and ``check_due_on`` are the new dates when it has not worked yet.
    """

    outcome: str
    words: str
    seen_before_count: int | None = None
    looked_before_count: int | None = None
    seen_after_count: int | None = None
    looked_after_count: int | None = None
    due_on: date | None = None
    check_due_on: date | None = None


@transaction.atomic
def raise_action(*, finding: Finding, facts: ActionFacts, by: "User", on: date) -> Action:
    """Add an action that answers a finding.

    Raises:
        Refused: the person may not, the dates are wrong, the owner is of another trust, or it
            was raised already.

    """
    finding = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    rules.may_raise_action(by, finding).enforce()
    rules.dates_are_sound(due_on=facts.due_on, check_due_on=facts.check_due_on, on=on).enforce()
    if facts.owner.trust_id != finding.trust_id:
        msg = "The owner must be somebody of this trust. Choose a name from the list."
        raise Refused(msg)
    same = Action.objects.filter(finding=finding, title=facts.title)
    is_raised = same.filter(owner=facts.owner, due_on=facts.due_on).exists()
    rules.may_raise_another(facts.title, is_raised=is_raised).enforce()
    action = Action.objects.create(
        trust_id=finding.trust_id,
        academy_id=finding.academy_id,
        finding=finding,
        title=facts.title,
        success_criterion=facts.success_criterion,
        owner=facts.owner,
        due_on=facts.due_on,
        check_due_on=facts.check_due_on,
        look_for=facts.look_for,
        raised_by=by.person,
        raised_on=on,
    )
    history.write(action, "raised", by=by, title=action.title, due_on=action.due_on)
    _tell_owner(action, by=by, on=on)
    return action


def _tell_owner(action: Action, *, by: "User", on: date) -> None:
    """Tell somebody else that an action is theirs; what it is stands on its page alone."""
    news = News(
        kind=Notice.Kind.ACTION,
        sentence=f"An action is yours to do, by {day_words(action.due_on)}.",
        address=reverse("improvement:actions-show", args=[action.pk]),
        once_key=f"action:{action.pk}",
    )
    tell([action.owner], news, at=noon(on), besides=by)


@transaction.atomic
def start(*, action: Action, by: "User", on: date) -> Action:
    """Take an action in hand."""
    action = _lock(action)
    rules.may_start(by, action).enforce()
    action.status = rules.LIFECYCLE.target("start")
    action.started_on = on
    action.save(update_fields=["status", "started_on"])
    history.write(action, "started", by=by, on=on)
    return action


@transaction.atomic
def finish(*, action: Action, words: str, by: "User", on: date) -> Action:
    """Say that an action is done. Whether it worked is for somebody else to see."""
    action = _lock(action)
    rules.may_finish(by, action).enforce()
    action.status = rules.LIFECYCLE.target("finish")
    action.done_on = on
    action.started_on = action.started_on or on
    action.progress = words
    action.save(update_fields=["status", "done_on", "started_on", "progress"])
    history.write(action, "finished", by=by, on=on, words=words)
    return action


@transaction.atomic
def check(*, action: Action, facts: CheckFacts, by: "User", on: date) -> ImpactCheck:
    """Look again at what the action was to change.

    It closes when it worked. Otherwise it goes back in hand with new dates, and the check stays
    on record.

    Raises:
        Refused: the person may not, the counts are impossible, or new dates are missing.

    """
    action = _lock(action)
    rules.may_check(by, action).enforce()
    rules.check_is_sound(
        seen_before=facts.seen_before_count,
        looked_before=facts.looked_before_count,
        seen=facts.seen_after_count,
        looked=facts.looked_after_count,
    ).enforce()
    made = ImpactCheck.objects.create(
        trust_id=action.trust_id,
        action=action,
        checked_by=by.person,
        checked_on=on,
        outcome=facts.outcome,
        words=facts.words,
        seen_before_count=facts.seen_before_count,
        looked_before_count=facts.looked_before_count,
        seen_after_count=facts.seen_after_count,
        looked_after_count=facts.looked_after_count,
    )
    if facts.outcome == Action.Outcome.WORKED:
        _close(action, on=on)
    else:
        _continue(action, due_on=facts.due_on, check_due_on=facts.check_due_on, on=on)
    history.write(action, "checked", by=by, on=on, outcome=facts.outcome, words=facts.words)
    return made


@transaction.atomic
def reopen(
    *, action: Action, because: str, due_on: date, check_due_on: date, by: "User", on: date
) -> Action:
    """Take an action in hand again, with new dates and the reason."""
    action = _lock(action)
    rules.may_reopen(by, action).enforce()
    _continue(action, due_on=due_on, check_due_on=check_due_on, on=on)
    history.write(action, "reopened", by=by, on=on, because=because)
    return action


def _lock(action: Action) -> Action:
    return (
        Action.objects.select_for_update(of=("self",)).select_related("finding").get(pk=action.pk)
    )


def _close(action: Action, *, on: date) -> None:
    action.status = rules.LIFECYCLE.target("close")
    action.outcome = Action.Outcome.WORKED
    action.closed_on = on
    action.save(update_fields=["status", "outcome", "closed_on"])


def _continue(action: Action, *, due_on: date | None, check_due_on: date | None, on: date) -> None:
    if due_on is None or check_due_on is None:
        msg = "It has not worked yet, so say when it is due now and when somebody looks again."
        raise Refused(msg)
    rules.dates_are_sound(due_on=due_on, check_due_on=check_due_on, on=on).enforce()
    action.status = rules.LIFECYCLE.target("reopen")
    action.done_on = action.closed_on = None
    action.outcome = ""
    action.due_on, action.check_due_on = due_on, check_due_on
    action.save(
        update_fields=["status", "done_on", "closed_on", "outcome", "due_on", "check_due_on"]
    )
