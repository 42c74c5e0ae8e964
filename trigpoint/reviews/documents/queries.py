"""What an academy was asked for."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from trigpoint.reviews.documents.models import ReviewDocument
from trigpoint.reviews.reviews.models import Review

if TYPE_CHECKING:
    from trigpoint.people.models import User


def register(review: Review, *, viewer: "User") -> QuerySet[ReviewDocument]:
    """Return a review's documents in the order they were asked for."""
    return (
        ReviewDocument.objects.visible_to(viewer)
        .filter(review=review)
        .select_related("handed_over_by", "review__lead")
        .order_by("position", "id")
    )
