"""What a review can be drawn from, and what it has drawn."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from trigpoint.people.models import Person
from trigpoint.reviews.activities.queries import team
from trigpoint.reviews.reviews.models import Review
from trigpoint.reviews.samples.models import Sample
from trigpoint.trusts.models import Team

if TYPE_CHECKING:
    from trigpoint.people.models import User


def register(review: Review, *, viewer: "User") -> QuerySet[Sample]:
    """Return a review's draws, the latest first."""
    return (
        Sample.objects.visible_to(viewer)
        .filter(review=review)
        .select_related("drawn_by")
        .order_by("-drawn_at", "-id")
    )


def system_subjects(review: Review) -> list[str]:
    """Return the subjects taught at the academy, by its teams; those of the review's scope too."""
    taught = (
        Team.objects.filter(academy=review.academy_id)
        .exclude(subject="")
        .values_list("subject", flat=True)
        .distinct()
    )
    scope = [part.strip() for part in review.subjects.split(",") if part.strip()]
    return sorted({*taught, *scope})


def system_team(review: Review) -> set[str]:
    """Return the ids of a review's lead and members, as a sample keeps them."""
    members = review.members.values_list("person", flat=True)
    return {str(pk) for pk in (review.lead_id, *members)}


def observers(review: Review, *, viewer: "User") -> list[Person]:
    """Return the lead and the members of a review's team."""
    return list(team(review, viewer=viewer))
