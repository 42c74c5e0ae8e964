"""What may be planned, fairly, and what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from trigpoint.instruments.library.rules import may_name as form_may_name
from trigpoint.instruments.models import ActivityKind, InstrumentVersion
from trigpoint.instruments.voices.rules import may_name as kind_may_name
from trigpoint.people.names.rules import names_nobody
from trigpoint.people.roles import Capability
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.workflow import Step, Workflow
from trigpoint.reviews.activities.models import Activity
from trigpoint.reviews.reviews.rules import OVER, is_on_team, may_run
from trigpoint.reviews.visits.rules import Party, Stay

if TYPE_CHECKING:
    from trigpoint.people.models import Person, User

S = Activity.Status
A_PAIR = 2
LIFECYCLE = Workflow(
    "activity",
    initial=S.PLANNED,
    steps=(
        Step("finish", frozenset({S.PLANNED}), S.DONE),
        Step("miss", frozenset({S.PLANNED}), S.MISSED),
        Step("change", frozenset({S.PLANNED}), S.PLANNED),
        Step("call_off", frozenset({S.PLANNED}), S.OFF),
        Step("witness", frozenset(S), S.DONE),  # who hands in a record of it was there
    ),
)


@dataclass(frozen=True, slots=True)
class Slot:
    """When an activity is to be, and who goes."""

    starts_at: datetime
    ends_at: datetime
    reviewers: tuple["Person", ...]


def stay(activity: Activity) -> Stay:
    """Return an activity as the visit it plans to whoever is observed."""
    return Stay(
        source_id=activity.pk,
        activity_id=activity.pk,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        is_plan=True,
    )


def party(activity: Activity, reviewers: Iterable["Person"]) -> Party:
    """Return an activity as those who are there together."""
    return Party(
        kind=activity.kind,
        visitors=frozenset(person.pk for person in reviewers),
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        academy_id=activity.review.academy_id,
        activity_id=activity.pk,
        observed_id=activity.observed_id,
        team_id=activity.team_id,
        group=(activity.subject, activity.year_groups),
    )


def may_be_called(named: Sequence[str]) -> Verdict:
    """Refuse a title that names a member of staff: the whole academy reads it."""
    return names_nobody(
        "The title of an activity",
        named,
        instead="Say what is visited, such as “Year 4 reading lesson”.",
    )


def may_be_about(kind: str, form: Mapping[str, Any], *, observed: bool) -> Verdict:
    """Plan nothing to a person where the form names nobody; a learning walk may, when asked for."""
    if not observed or kind == ActivityKind.LEARNING_WALK:
        return ALLOWED
    by_kind = kind_may_name(kind)
    return form_may_name(form) if by_kind else by_kind


def may_view(user: "User", activity: Activity) -> Verdict:
    """Whoever may view its review."""
    if user.access.covers(
        Capability.REVIEW_VIEW,
        trust_id=activity.trust_id,
        academy_id=activity.review.academy_id,
        review_id=activity.review_id,
    ):
        return ALLOWED
    return denied("This activity belongs to a review you don't work with.")


def may_finish(user: "User", activity: Activity) -> Verdict:
    """Whoever runs the review, while it is still open."""
    return _may_settle("finish", user, activity)


def may_miss(user: "User", activity: Activity) -> Verdict:
    """Say that an activity did not happen: whoever runs the review, while it is still open."""
    return _may_settle("miss", user, activity)


def may_change(user: "User", activity: Activity, *, at: datetime) -> Verdict:
    """Plan an activity otherwise, until it begins; a pair stays the two who recorded it."""
    return (
        _is_ahead(activity, at)
        and _is_still_free(activity)
        and _may_settle("change", user, activity)
    )


def may_call_off(user: "User", activity: Activity, *, at: datetime) -> Verdict:
    """Say that an activity will not take place, until it would begin."""
    return _is_ahead(activity, at) and _may_settle("call_off", user, activity)


def _is_ahead(activity: Activity, at: datetime) -> Verdict:
    if activity.status != S.PLANNED or at < activity.starts_at:
        return ALLOWED
    return denied(
        f"“{activity.title}” has begun. Say on the timetable that it is done or did not happen."
    )


def _is_still_free(activity: Activity) -> Verdict:
    """A record handed in is hidden from the other of its two observers, so they stay the two."""
    if not activity.is_paired or activity.status != S.DONE:
        return ALLOWED
    return denied(
        f"“{activity.title}” is a paired visit that has happened, so its two observers stay the two. "
        "If one of them cannot hand in, open the pair and say why; whoever else was there records "
        "a visit of their own."
    )


def may_witness(user: "User", activity: Activity) -> Verdict:
    """Whoever hands in a record of it and may view its review, while that is still open."""
    return may_view(user, activity) and _may_move("witness", activity)


def _may_settle(verb: str, user: "User", activity: Activity) -> Verdict:
    if not is_on_team(user, activity.review):
        return denied("Only the review's team can say what became of an activity. Ask its lead.")
    return _may_move(verb, activity)


def _may_move(verb: str, activity: Activity) -> Verdict:
    if activity.review.status in OVER:
        return denied("This review is over, so its activities can no longer change.")
    return LIFECYCLE.may(verb, activity.status)


def may_use(kind: str, version: InstrumentVersion) -> Verdict:
    """Allow only a published instrument made for that kind of activity."""
    if version.status != InstrumentVersion.Status.PUBLISHED:
        return denied(f"{version.instrument.name} is still a draft. Choose a published instrument.")
    if version.instrument.kind != kind:
        return denied(
            f"{version.instrument.name} is not made for a {ActivityKind(kind).label.lower()}. "
            "Choose an instrument of that kind."
        )
    return ALLOWED


def may_take_time(slot: Slot) -> Verdict:
    """Refuse a time that ends before it starts or runs past midnight, and an activity of nobody."""
    if slot.ends_at <= slot.starts_at:
        return denied("It would end before it starts. Give a later end.")
    if timezone.localtime(slot.starts_at).date() != timezone.localtime(slot.ends_at).date():
        return denied("An activity is on one day. Plan the rest as another activity.")
    if not slot.reviewers:
        return denied("Somebody has to go. Choose at least one reviewer.")
    return ALLOWED


def may_pair(count: int, *, is_paired: bool) -> Verdict:
    """A paired visit is made by two, no more and no fewer."""
    if not is_paired or count == A_PAIR:
        return ALLOWED
    return denied("A paired visit takes two observers. Choose two, or leave it unpaired.")


def may_open(user: "User", activity: Activity, *, is_rater: bool, is_handed_in: bool) -> Verdict:
    """Open a pair early: whoever leads the review or plans reviews there, but neither of the two.

    Args:
        user: who would open it.
        activity: the paired visit.
        is_rater: they are one of the two.
        is_handed_in: one of the two has handed in a record of it.

    """
    if not activity.is_paired:
        return denied("This visit is not paired, so there is nothing to open.")
    if activity.opened_because:
        return denied("This pair is open already.")
    if not is_handed_in:
        return denied("Neither of the two has handed in yet, so there is nothing to open.")
    if is_rater:
        return denied(
            "You are one of the two, so somebody else opens it: the review's lead or the trust's "
            "QA lead. Or wait until both have handed in."
        )
    return may_run(user, activity.review)


def may_book(user: "User", slot: Slot, taken: Iterable[Activity]) -> Verdict:
    """Refuse a reviewer who is elsewhere then; say where only to those who may know."""
    wanted = {person.pk for person in slot.reviewers}
    for activity in taken:
        for busy in activity.reviewers.all():
            if busy.pk in wanted:
                return denied(
                    f"{busy.name} is {_where(user, activity)} from {_clock(activity.starts_at)} to "
                    f"{_clock(activity.ends_at)}. Choose another time or another reviewer."
                )
    return ALLOWED


def _where(user: "User", activity: Activity) -> str:
    return f"at “{activity.title}”" if may_view(user, activity) else "on another review"


def _clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"
