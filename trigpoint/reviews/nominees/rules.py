"""Who says who receives a review."""

from typing import TYPE_CHECKING

from trigpoint.records.refusals import Verdict
from trigpoint.reviews.reviews.models import Review
from trigpoint.reviews.reviews.rules import may_restaff

if TYPE_CHECKING:
    from trigpoint.people.models import User


def may_name(user: "User", review: Review) -> Verdict:
    """Whoever changes the review's team says who receives it, for as long as they may."""
    return may_restaff(user, review)
