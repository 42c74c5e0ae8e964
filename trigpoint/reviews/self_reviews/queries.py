"""The self-reviews of one academy."""

from uuid import UUID

from trigpoint.reviews.models import Review
from trigpoint.reviews.reviews.queries import system_made
from trigpoint.reviews.reviews.rules import BEFORE_FIELDWORK, LOOKED, RUNNING

READ = 12  # the latest ones; a page asks what runs, what is planned and what was finished last


def system_of_academy(academy_id: UUID) -> list[Review]:
    """Return an academy's latest self-reviews that were not called off, newest first, leads loaded."""
    found = Review.objects.filter(academy=academy_id, kind=Review.Kind.SELF)
    return list(
        found.exclude(status=Review.Status.CANCELLED)
        .select_related("lead", "policy_version", "academy")
        .order_by("-fieldwork_starts_on", "-id")[:READ]
    )


def system_running(reviews: list[Review]) -> Review | None:
    """Return the one that has begun and is not over."""
    return next((it for it in reviews if it.status in RUNNING), None)


def system_planned(reviews: list[Review]) -> Review | None:
    """Return the next one that is planned and has not begun."""
    planned = [it for it in reviews if it.status in BEFORE_FIELDWORK]
    return min(planned, key=lambda it: it.fieldwork_starts_on, default=None)


def system_finished(reviews: list[Review]) -> Review | None:
    """Return the one that was finished last."""
    closed = [(it.closed_on, it) for it in reviews if it.closed_on]
    return max(closed, key=lambda it: it[0])[1] if closed else None


def system_looked(reviews: list[Review]) -> Review | None:
    """Return the last that counts as a look: its fieldwork is over."""
    looked = [it for it in reviews if it.status in LOOKED]
    return max(looked, key=lambda it: it.fieldwork_ends_on, default=None)


def system_has_report(review: Review) -> bool:
    """Say whether a report of a self-review was begun, which it does not need."""
    return review.status == Review.Status.REPORTING and bool(system_made(review))
