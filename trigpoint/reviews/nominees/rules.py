"""Who says who receives a review."""

from typing import TYPE_CHECKING

from trigpoint.records.refusals import Verdict
from trigpoint.reviews.reviews.models import Review
from trigpoint.reviews.reviews.rules import may_restaff

if TYPE_CHECKING:
    from trigpoint.people.models import User


def may_name(user: "User", review: Review) -> Verdict:
    """Change who receives the review for the academy: whoever changes its team, as long."""
    return may_restaff(user, review)
