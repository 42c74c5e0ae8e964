"""What is in somebody's calendar: at this moment, and only what they may see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Max, Q
from django.urls import reverse

from trigpoint.people.names.rules import without_names
from trigpoint.people.roles import Capability
from trigpoint.records.models import HistoryEntry
from trigpoint.reviews.feeds.rules import FOR_THE_ACADEMY, FOR_THE_LEAD, Entry
from trigpoint.reviews.models import Activity, Deadline, Review
from trigpoint.reviews.reviews.queries import OPEN

if TYPE_CHECKING:
    from trigpoint.people.models import User

LOOKS_BACK = timedelta(days=365)
NOT_TO_BE = (Activity.Status.MISSED, Activity.Status.OFF)


@dataclass(frozen=True, slots=True)
class Changes:
    """How often things were changed, and when last: what a calendar program compares."""

    known: dict[UUID, tuple[int, datetime]]

    def of(self, *things: Review | Activity) -> dict[str, object]:
        """Return the two for an entry that tells of some things, as its fields."""
        known = [self.known.get(thing.pk, (0, thing.created_at)) for thing in things]
        return {
            "sequence": sum(count for count, _ in known),
            "changed_at": max(last for _, last in known),
        }


def entries(*, viewer: "User", on: date, site: str) -> list[Entry]:
    """Return everything in somebody's calendar, from a year ago on.

    Args:
        viewer: whose calendar it is.
        on: today.
        site: where this installation is, for the links: ``https://qa.trust.example``.

    """
    since = on - LOOKS_BACK
    reviews = list(_reviews(viewer, since))
    activities = list(_activities(viewer, since))
    told = {it.pk for it in (*reviews, *activities)} | {it.review_id for it in activities}
    changes = _changes(sorted(told))
    return [
        *(_of_review(it, changes, site) for it in reviews),
        *(_of_activity(it, viewer, changes, site) for it in activities),
        *_of_deadlines(viewer, reviews, changes, site),
    ]


def _reviews(viewer: "User", since: date) -> Iterator[Review]:
    """Return reviews the viewer leads, is on, receives, or is head of the academy of."""
    mine = Q(lead=viewer.person_id) | Q(nominee=viewer.person_id)
    mine |= Q(members__person=viewer.person_id)
    mine |= viewer.access.where(Capability.REPORT_CHECK)
    seen = Review.objects.visible_to(viewer).filter(mine, fieldwork_ends_on__gte=since)
    return (
        seen.select_related("academy").order_by("fieldwork_starts_on", "id").distinct().iterator()
    )


def _activities(viewer: "User", since: date) -> Iterator[Activity]:
    """Return what the viewer goes to do, and the visits to them: these they see on their own page."""
    seen = Activity.objects.visible_to(viewer).filter(reviewers=viewer.person_id)
    wanted = Q(pk__in=seen.values("pk")) | Q(observed=viewer.person_id)
    found = Activity.objects.filter(wanted, trust=viewer.trust_id, starts_at__date__gte=since)
    return (
        found.select_related("review__academy", "observed").order_by("starts_at", "id").iterator()
    )


def _changes(pks: list[UUID]) -> Changes:
    """Count what was done to things. History only grows, so its length makes a good sequence."""
    written = HistoryEntry.objects.filter(
        subject_type__in=[it._meta.label_lower for it in (Review, Activity)], subject_id__in=pks
    )
    counted = written.order_by().values("subject_id")
    rows = counted.annotate(count=Count("pk"), last=Max("created_at"))
    return Changes({row["subject_id"]: (row["count"], row["last"]) for row in rows})


def _of_review(review: Review, changes: Changes, site: str) -> Entry:
    return Entry(
        uid=f"review-{review.pk}@trigpoint",
        title=f"{review.title}, {review.academy}",
        starts=review.fieldwork_starts_on,
        ends=review.fieldwork_ends_on,
        place=str(review.academy),
        words=f"{review.get_kind_display()}: {review.get_status_display().lower()}.",
        address=site + reverse("reviews:reviews-show", args=[review.pk]),
        is_off=review.status == Review.Status.CANCELLED,
        **changes.of(review),  # type: ignore[arg-type]  # the two fields it names
    )


def _of_activity(activity: Activity, viewer: "User", changes: Changes, site: str) -> Entry:
    names = [activity.observed.name] if activity.observed else []
    is_visited = activity.observed_id == viewer.person_id
    where = ", ".join(part for part in (activity.place, str(activity.review.academy)) if part)
    page = (
        reverse("home")
        if is_visited
        else reverse("reviews:reviews-show", args=[activity.review_id])
    )
    return Entry(
        uid=f"activity-{activity.pk}@trigpoint",
        title=without_names(activity.title, names),
        starts=activity.starts_at,
        ends=activity.ends_at,
        place=without_names(where, names),
        words=without_names(
            f"{activity.get_kind_display()}, part of “{activity.review.title}”.", names
        ),
        address=site + page,
        is_off=activity.status in NOT_TO_BE or activity.review.status == Review.Status.CANCELLED,
        **changes.of(activity, activity.review),  # type: ignore[arg-type]  # the two fields it names
    )


def _of_deadlines(
    viewer: "User", reviews: list[Review], changes: Changes, site: str
) -> Iterator[Entry]:
    """Return the steps that are the viewer's to do, as lead or for the academy."""
    by_id = {review.pk: review for review in reviews}
    to_do = Deadline.objects.visible_to(viewer).filter(review__in=by_id, done_on=None)
    for_academy = Q(review__nominee=viewer.person_id) | viewer.access.where(
        Capability.REPORT_CHECK, academy="review__academy"
    )
    mine = Q(step__in=FOR_THE_LEAD, review__lead=viewer.person_id)
    mine |= for_academy & Q(step__in=FOR_THE_ACADEMY)
    still = Review.objects.filter(OPEN).values("pk")
    for step in to_do.filter(mine, review__in=still).order_by("due_on", "id"):
        review = by_id[step.review_id]
        yield Entry(
            uid=f"deadline-{review.pk}-{step.step.lower()}@trigpoint",
            title=f"{step.get_step_display()} due: {review.title}, {review.academy}",
            starts=step.due_on,
            ends=step.due_on,
            address=site + reverse("reviews:reviews-show", args=[review.pk]),
            **changes.of(review),  # type: ignore[arg-type]  # the two fields it names
        )
