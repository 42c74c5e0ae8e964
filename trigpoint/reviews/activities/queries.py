"""Who is where when, and how often somebody has been visited."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from trigpoint.people.models import Person, Post
from trigpoint.people.roles import Capability
from trigpoint.reviews.activities.models import Activity
from trigpoint.reviews.activities.rules import Visited
from trigpoint.reviews.reviews.models import Review
from trigpoint.trusts.models import AcademicYear, Team, Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User

# A missed activity and those of a cancelled review take nobody's time.
NOT_HAPPENING = {"status": Activity.Status.MISSED}


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
        _happening(trust_id)
        .filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
        .select_related("review")
        .prefetch_related("reviewers")
        .order_by("starts_at", "id")
    )


def system_visited(person: Person, *, year: tuple[date, date]) -> Visited:
    """Count visits to somebody by anybody, between two days, both included."""
    spans = list(
        _happening(person.trust_id)
        .filter(observed=person, starts_at__date__range=year)
        .values_list("starts_at", "ends_at")
    )
    minutes = sum(int((last - first).total_seconds() // 60) for first, last in spans)
    return Visited(len(spans), minutes)


def _happening(trust_id: UUID) -> "QuerySet[Activity]":
    return (
        Activity.objects.filter(trust=trust_id)
        .exclude(**NOT_HAPPENING)
        .exclude(review__status=Review.Status.CANCELLED)
    )


def system_year_of(trust: Trust, day: date) -> tuple[date, date]:
    """Return the first and last day of the academic year a day falls in."""
    year = AcademicYear.objects.filter(trust=trust, starts_on__lte=day, ends_on__gte=day).first()
    if year:
        return year.starts_on, year.ends_on
    first = day.year if day.month >= trust.year_starts_month else day.year - 1
    starts_on = date(first, trust.year_starts_month, 1)
    return starts_on, date.fromordinal(starts_on.replace(year=first + 1).toordinal() - 1)
