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
from trigpoint.reviews.visits.rules import may_visit_together, most_visitors
from trigpoint.trusts.calendars import queries as calendars
from trigpoint.trusts.models import Team

if TYPE_CHECKING:
    from trigpoint.people.models import User

FACTS = (
    "title", "place", "with_whom", "team", "subject", "year_groups", "starts_at", "ends_at",
    "observed", "is_paired",
)  # fmt: skip


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
    is_paired: bool = False

    @property
    def slot(self) -> rules.Slot:
        """When and who."""
        return rules.Slot(self.starts_at, self.ends_at, self.reviewers)


@transaction.atomic
def schedule(*, plan: ActivityPlan, by: "User") -> Activity:
    """Put an activity on a review's timetable, within the rules of fairness.

    Raises:
        Refused: the review is past fieldwork, the academy is closed that day, a reviewer is
            elsewhere, the room is full, the title names a member of staff, a person is observed
            with a form that names nobody, or a named person's
            budget is spent and no reason given.

    """
    review = _review(plan)
    review_rules.may_schedule(by, review).enforce()
    rules.may_use(plan.kind, plan.instrument_version).enforce()
    activity = Activity(
        trust_id=review.trust_id,
        review=review,
        kind=plan.kind,
        instrument_version=plan.instrument_version,
    )
    _put(activity, plan, by=by)
    activity.save(force_insert=True)
    activity.reviewers.add(*plan.reviewers)
    activity.lines.add(*plan.lines)
    because = activity.budget_reason
    history.write(activity, "scheduled", by=by, past_budget=bool(because), because=because)
    return activity


@transaction.atomic
def change(
    *, activity: Activity, plan: ActivityPlan, because: str, by: "User", at: datetime
) -> Activity:
    """Plan an activity otherwise, within the same rules; its kind and instrument stay.

    Raises:
        Refused: it has begun or is settled, or what :func:`schedule` refuses.

    """
    review = _review(plan)
    activity = _locked(activity)
    rules.may_change(by, activity, at=at).enforce()
    activity.review = review
    before = {name: str(getattr(activity, name) or "") for name in FACTS}
    _put(activity, plan, by=by)
    activity.save(update_fields=[*FACTS, "budget_reason"])
    activity.reviewers.set(plan.reviewers)
    activity.lines.set(plan.lines)
    reason = activity.budget_reason
    history.write(activity, "changed", by=by, before=before, because=because, budget_reason=reason)
    return activity


def _review(plan: ActivityPlan) -> Review:
    review = (
        Review.objects.select_for_update(of=("self",))
        .select_related("academy", "policy_version", "trust")
        .get(pk=plan.review.pk)
    )
    _belong(review, plan)
    return review


def _put(activity: Activity, plan: ActivityPlan, *, by: "User") -> None:
    """Say of an activity what its plan says, where that fits."""
    trust_id, academy_id = activity.review.trust_id, activity.review.academy_id
    named = system_staff_named(trust_id, plan.title, academy_id=academy_id)
    rules.may_be_called(named).enforce()
    form = plan.instrument_version.content
    rules.may_be_about(plan.kind, form, observed=plan.observed is not None).enforce()
    rules.may_take_time(plan.slot).enforce()
    rules.may_pair(len(plan.reviewers), is_paired=plan.is_paired).enforce()
    _hold_people(plan)
    for name in FACTS:
        setattr(activity, name, getattr(plan, name))
    _fit(activity, plan, by)
    activity.budget_reason = ""
    if plan.observed:
        activity.budget_reason = visits.spend(
            person=plan.observed,
            trust=activity.review.trust,
            stay=rules.stay(activity),
            reason=plan.budget_reason,
        )


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


def _fit(activity: Activity, plan: ActivityPlan, by: "User") -> None:
    """Check the day, the reviewers and how many are there."""
    review = activity.review
    calendar = calendars.system_calendar(review.academy_id)
    day = timezone.localtime(plan.starts_at).date()
    calendar.may_work_on(day, academy=review.academy.name).enforce()
    then = queries.system_overlapping(review.trust_id, plan.starts_at, plan.ends_at)
    taken = [other for other in then if other.pk != activity.pk]
    rules.may_book(by, plan.slot, taken).enforce()
    may_visit_together(
        rules.party(activity, plan.reviewers),
        [rules.party(other, other.reviewers.all()) for other in taken],
        most=most_visitors(review.policy_version.settings),
    ).enforce()


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
def call_off(*, activity: Activity, because: str, by: "User", at: datetime) -> Activity:
    """Say that an activity will not take place, and why. Whoever was to be visited reads it."""
    activity = _locked(activity)
    activity.missed_because = because
    verdict = rules.may_call_off(by, activity, at=at)
    return _settle(activity, "call_off", verdict, by=by, on=timezone.localtime(at).date())


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


@transaction.atomic
def open_pair(*, activity: Activity, because: str, is_handed_in: bool, by: "User") -> Activity:
    """Let the two of a paired visit read each other before both have handed in, and say why.

    Raises:
        Refused: it is no pair or open already, nobody has handed in, or the person is one of the
            two or runs no review.

    """
    activity = _locked(activity)
    is_rater = activity.reviewers.filter(pk=by.person_id).exists()
    rules.may_open(by, activity, is_rater=is_rater, is_handed_in=is_handed_in).enforce()
    activity.opened_because = because
    activity.save(update_fields=["opened_because"])
    history.write(activity, "pair opened", by=by, because=because)
    return activity


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
