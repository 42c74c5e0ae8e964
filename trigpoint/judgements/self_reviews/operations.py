"""Finishing a self-review: from that day on what the school judged of itself stands."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.judgements.self_reviews import queries, rules
from trigpoint.reviews.models import Review
from trigpoint.reviews.reviews.operations import locked
from trigpoint.reviews.self_reviews import operations as self_reviews
from trigpoint.reviews.self_reviews.queries import system_has_report

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def finish(*, review: Review, by: "User", on: date) -> Review:
    """Close a self-review. Its levels stand, and count on the overviews, from this day on.

    Raises:
        Refused: a contradiction is unanswered, nothing is judged, evidence changed after it was
            cited, or it is not theirs to finish.

    """
    review = locked(review)
    rules.may_finish(
        by,
        review,
        has_report=system_has_report(review),
        waiting=queries.system_waiting(review),
        is_judged=queries.system_is_judged(review),
    ).enforce()
    return self_reviews.finish(review=review, by=by, on=on)
