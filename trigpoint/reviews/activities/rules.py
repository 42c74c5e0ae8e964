"""What may be planned, fairly: open days, free reviewers, two in a room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from trigpoint.instruments.models import ActivityKind, InstrumentVersion
from trigpoint.people.names.rules import names_nobody
from trigpoint.people.roles import Capability
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.workflow import Step, Workflow
from trigpoint.reviews.activities.models import Activity
from trigpoint.reviews.reviews.models import Review
from trigpoint.reviews.reviews.rules import OVER, is_on_team
from trigpoint.reviews.visits.rules import Stay

if TYPE_CHECKING:
    from trigpoint.people.models import Person, User

S = Activity.Status
LIFECYCLE = Workflow(
    "activity",
    initial=S.PLANNED,
    steps=(
        Step("finish", frozenset({S.PLANNED}), S.DONE),
        Step("miss", frozenset({S.PLANNED}), S.MISSED),
        Step("witness", frozenset(S), S.DONE),  # who hands in a record of it was there
    ),
)
IN_A_LESSON = frozenset({ActivityKind.LESSON_VISIT, ActivityKind.LEARNING_WALK})


@dataclass(frozen=True, slots=True)
class Slot:
    """When and where an activity is to be, and who goes."""

    starts_at: datetime
    ends_at: datetime
    place: str
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


def may_be_called(named: Sequence[str]) -> Verdict:
    """Refuse a title that names a member of staff: the whole academy reads it."""
    return names_nobody(
        "The title of an activity",
        named,
        instead="Say what is visited, such as “Year 4 reading lesson”.",
    )


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


def may_fill(
    kind: str,
    slot: Slot,
    *,
    review: Review,
    taken: Sequence[Activity],
    most: int | None,
) -> Verdict:
    """Keep the visitors of one lesson to the policy's number, joint visits counted together.

    Args:
        kind: what is planned; only lesson visits and learning walks have visitors in a room.
        slot: when, where and who.
        review: the review it is planned for; rooms are compared within its academy.
        taken: activities at that time.
        most: visitors allowed in one room, or None when the policy sets no number.

    """
    if kind not in IN_A_LESSON or most is None:
        return ALLOWED
    there = [
        activity
        for activity in taken
        if activity.kind in IN_A_LESSON
        and activity.review.academy_id == review.academy_id
        and slot.place.strip()
        and activity.place.strip().casefold() == slot.place.strip().casefold()
    ]
    already = sum(len(activity.reviewers.all()) for activity in there)
    if already + len(slot.reviewers) <= most:
        return ALLOWED
    if there:
        return denied(
            f"{slot.place} already has {_visitors(already)} at that time, and at most {most} may "
            "be in a room. Choose another time or fewer reviewers."
        )
    return denied(
        f"{_visitors(len(slot.reviewers))} are too many for one room: the policy allows "
        f"{most}. Choose fewer, or split the visit in two."
    )


def _clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def _visitors(count: int) -> str:
    return "1 visitor" if count == 1 else f"{count} visitors"
