"""Tells those who receive a review for its academy."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from trigpoint.people.grants.queries import system_holders
from trigpoint.people.models import Notice
from trigpoint.people.notices.operations import News, tell
from trigpoint.people.notices.rules import noon
from trigpoint.people.roles import Capability

if TYPE_CHECKING:
    from trigpoint.people.models import User
    from trigpoint.reviews.reviews.models import Review


def tell_academy(review: "Review", *, when: str, by: "User", on: date) -> None:
    """Tell the academy's heads, and its nominee, when a review comes."""
    heads = system_holders(
        Capability.REPORT_CHECK, trust_id=review.trust_id, academy_id=review.academy_id, on=on
    )
    receiving = [*heads, *([review.nominee] if review.nominee else [])]
    tell(receiving, _coming(review, when), at=noon(on), besides=by)


def tell_nominee(review: "Review", *, when: str, by: "User", on: date) -> None:
    """Tell whoever was named after the academy was told."""
    if review.nominee:
        tell([review.nominee], _coming(review, when), at=noon(on), besides=by)


def _coming(review: "Review", when: str) -> News:
    return News(
        kind=Notice.Kind.REVIEW_COMING,
        sentence=(
            f"{review.get_kind_display()} at {review.academy}, {when}: "
            "see what it asks and what to have ready."
        ),
        address=reverse("reviews:reviews-show", args=[review.pk]),
        once_key=f"review-coming:{review.pk}:{review.fieldwork_starts_on}",
    )
