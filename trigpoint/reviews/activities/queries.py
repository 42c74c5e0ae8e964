"""Who is where when."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Value

from trigpoint.people.models import Person, Post
from trigpoint.people.roles import Capability
from trigpoint.reviews.activities.models import Activity
from trigpoint.reviews.reviews.models import Review
from trigpoint.reviews.visits.queries import Year
from trigpoint.trusts.models import Team

if TYPE_CHECKING:
    from trigpoint.people.models import User

# An activity missed or called off and those of a cancelled review take nobody's time.
NOT_DONE = (Activity.Status.MISSED, Activity.Status.OFF)
NOT_HAPPENING = Q(status__in=NOT_DONE) | Q(review__status=Review.Status.CANCELLED)


def of_review(review: Review, *, viewer: "User") -> "QuerySet[Activity]":
    """Return a review's activities in time order, with whoever does them."""
    return (
        Activity.objects.visible_to(viewer)
        .filter(review=review)
        .select_related("observed", "instrument_version__instrument")
        .prefetch_related("reviewers", "lines")
        .order_by("starts_at", "title", "id")
    )


def team(review: Review, *, viewer: "User") -> "QuerySet[Person]":
    """Return the lead and the members of a review the viewer may view, for a choice of reviewers.

    The names are part of the review, so seeing staff in general is not asked for.
    """
    seen = Review.objects.visible_to(viewer).filter(pk=review.pk)
    return (
        Person.objects.filter(Q(reviews_led__in=seen) | Q(review_places__review__in=seen))
        .distinct()
        .order_by("name", "id")
    )


def teams(review: Review, *, viewer: "User") -> "QuerySet[Team]":
    """Return the academy's teams, for whoever may view the review."""
    seen = Review.objects.visible_to(viewer).filter(pk=review.pk)
    return Team.objects.filter(academy__reviews__in=seen).order_by("name", "id")


def teachers(review: Review, *, viewer: "User", on: date) -> "QuerySet[Person]":
    """Return people with a post at the academy, for whoever runs reviews there.

    Planning a visit to a lesson means knowing whose lesson it is; nobody else learns it here.
    """
    runs = Review.objects.filter(
        viewer.access.where(Capability.REVIEW_RUN, review="id"), pk=review.pk
    )
    posts = Post.objects.filter(person=OuterRef("pk"), academy__reviews__in=runs)
    return Person.objects.here(on=on).filter(Exists(posts)).order_by("name", "id")


def system_overlapping(
    trust_id: UUID, starts_at: datetime, ends_at: datetime
) -> "QuerySet[Activity]":
    """Return the trust's activities at that time; touching ends do not overlap."""
    return (
        _happening(Q(trust=trust_id, starts_at__lt=ends_at, ends_at__gt=starts_at))
        .select_related("review")
        .prefetch_related("reviewers")
        .order_by("starts_at", "id")
    )


def system_planned(review_id: UUID, person_id: UUID) -> "QuerySet[Activity]":
    """Return what a reviewer is still to do in a review, in time order."""
    return Activity.objects.filter(
        review=review_id, reviewers=person_id, status=Activity.Status.PLANNED
    ).order_by("starts_at", "id")


def system_stays(person_id: UUID, year: Year) -> "QuerySet[Any]":
    """Return the visits planned to somebody, between two days, both included."""
    planned = _happening(Q(observed=person_id, starts_at__date__range=year))
    return planned.annotate(
        source_id=F("id"),
        activity_id=F("id"),
        minutes=Value(None, IntegerField()),
        is_plan=Value(value=True),
    )


def _happening(which: Q) -> "QuerySet[Activity]":
    return Activity.objects.filter(which).exclude(NOT_HAPPENING)
