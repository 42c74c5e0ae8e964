"""Putting activities on a review's timetable, and saying what became of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from trigpoint.instruments.models import InstrumentVersion
from trigpoint.people.models import Person
from trigpoint.people.names.queries import system_staff_named
from trigpoint.records import history
from trigpoint.records.refusals import Verdict
from trigpoint.reviews.activities import queries, rules
from trigpoint.reviews.activities.models import Activity
from trigpoint.reviews.reviews import rules as review_rules
from trigpoint.reviews.reviews.models import LineOfEnquiry, Review
from trigpoint.reviews.visits import operations as visits
from trigpoint.trusts.calendars import queries as calendars
from trigpoint.trusts.models import Team

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityPlan:
    """Everything there is to say when an activity is put on the timetable."""

    review: Review
    kind: str
    instrument_version: InstrumentVersion
    title: str
    starts_at: datetime
    ends_at: datetime
    reviewers: tuple[Person, ...]
    place: str = ""
    with_whom: str = ""
    team: Team | None = None
    subject: str = ""
    year_groups: str = ""
    observed: Person | None = None
    lines: tuple[LineOfEnquiry, ...] = ()
    budget_reason: str = ""

    @property
    def slot(self) -> rules.Slot:
        """When, where and who."""
        return rules.Slot(self.starts_at, self.ends_at, self.place, self.reviewers)


@transaction.atomic
def schedule(*, plan: ActivityPlan, by: "User") -> Activity:
    """Put an activity on a review's timetable, within the rules of fairness.

    Raises:
        Refused: the review is past fieldwork, the academy is closed that day, a reviewer is
            elsewhere, the room is full, the title names a member of staff, or a named person's
            budget is spent and no reason given.

    """
    review = (
        Review.objects.select_for_update(of=("self",))
        .select_related("academy", "policy_version", "trust")
        .get(pk=plan.review.pk)
    )
    _belong(review, plan)
    review_rules.may_schedule(by, review).enforce()
    rules.may_use(plan.kind, plan.instrument_version).enforce()
    named = system_staff_named(review.trust_id, plan.title, academy_id=review.academy_id)
    rules.may_be_called(named).enforce()
    rules.may_take_time(plan.slot).enforce()
    _hold_people(plan)
    _fit(review, plan, by)
    activity = Activity(
        trust_id=review.trust_id,
        review=review,
        kind=plan.kind,
        instrument_version=plan.instrument_version,
        title=plan.title,
        place=plan.place,
        with_whom=plan.with_whom,
        team=plan.team,
        subject=plan.subject,
        year_groups=plan.year_groups,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        observed=plan.observed,
    )
    if plan.observed:
        activity.budget_reason = visits.spend(
            person=plan.observed,
            trust=review.trust,
            stay=rules.stay(activity),
            reason=plan.budget_reason,
        )
    activity.save(force_insert=True)
    activity.reviewers.set(plan.reviewers)
    activity.lines.set(plan.lines)
    because = activity.budget_reason
    history.write(activity, "scheduled", by=by, past_budget=bool(because), because=because)
    return activity


def _belong(review: Review, plan: ActivityPlan) -> None:
    """Stop a plan that mixes trusts or reviews: forms never offer such a choice."""
    people = [*plan.reviewers, *([plan.observed] if plan.observed else [])]
    trusts = {plan.instrument_version.trust_id, *(person.trust_id for person in people)}
    if plan.team:
        trusts.add(plan.team.trust_id)
    if trusts != {review.trust_id}:
        msg = "An activity's people, team and instrument belong to the review's own trust."
        raise ValueError(msg)
    if {line.review_id for line in plan.lines} - {review.pk}:
        msg = "An activity's lines of enquiry belong to its own review."
        raise ValueError(msg)


def _hold_people(plan: ActivityPlan) -> None:
    """Lock everybody concerned, in one order, so that two planners cannot book them at once."""
    people = {person.pk for person in plan.reviewers}
    if plan.observed:
        people.add(plan.observed.pk)
    list(Person.objects.select_for_update().filter(pk__in=people).order_by("pk"))


def _fit(review: Review, plan: ActivityPlan, by: "User") -> None:
    """Check the day, the reviewers and the room."""
    calendar = calendars.system_calendar(review.academy_id)
    day = timezone.localtime(plan.starts_at).date()
    calendar.may_work_on(day, academy=review.academy.name).enforce()
    taken = list(queries.system_overlapping(review.trust_id, plan.starts_at, plan.ends_at))
    rules.may_book(by, plan.slot, taken).enforce()
    most = review.policy_version.settings.get("capture", {}).get("max_visitors")
    rules.may_fill(plan.kind, plan.slot, review=review, taken=taken, most=most).enforce()


@transaction.atomic
def finish(*, activity: Activity, by: "User", on: date) -> Activity:
    """Say that an activity happened."""
    activity = _locked(activity)
    return _settle(activity, "finish", rules.may_finish(by, activity), by=by, on=on)


@transaction.atomic
def miss(*, activity: Activity, because: str, by: "User", on: date) -> Activity:
    """Say that an activity did not happen, and why."""
    activity = _locked(activity)
    activity.missed_because = because
    return _settle(activity, "miss", rules.may_miss(by, activity), by=by, on=on)


@transaction.atomic
def witness(*, activity: Activity, by: "User", on: date) -> Activity:
    """Say that an activity happened, because a record of it is handed in.

    Of several observers the first one says it and the others change nothing. A record also
    corrects an activity put down as missed; why it was stays in its history.
    """
    activity = _locked(activity)
    verdict = rules.may_witness(by, activity)
    if verdict and activity.status == Activity.Status.DONE:
        return activity
    activity.missed_because = ""
    return _settle(activity, "witness", verdict, by=by, on=on)


def _locked(activity: Activity) -> Activity:
    return (
        Activity.objects.select_for_update(of=("self",))
        .select_related("review")
        .get(pk=activity.pk)
    )


def _settle(activity: Activity, verb: str, verdict: Verdict, *, by: "User", on: date) -> Activity:
    verdict.enforce()
    activity.status = rules.LIFECYCLE.target(verb)
    activity.save(update_fields=["status", "missed_because"])
    history.write(activity, verb, by=by, on=on, because=activity.missed_because)
    return activity
