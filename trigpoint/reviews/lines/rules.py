"""When a line of enquiry may still be said otherwise or dropped."""

from typing import TYPE_CHECKING

from trigpoint.records.refusals import Verdict, denied
from trigpoint.reviews.reviews.models import LineOfEnquiry
from trigpoint.reviews.reviews.rules import BEFORE_FIELDWORK, may_run

if TYPE_CHECKING:
    from trigpoint.people.models import User


def may_reword(user: "User", line: LineOfEnquiry) -> Verdict:
    """Whoever runs the review, while it is being planned."""
    if line.review.status not in BEFORE_FIELDWORK:
        return denied(
            "Fieldwork has started, so this line stays as it is. Add another line to ask more."
        )
    return may_run(user, line.review)


def may_drop(user: "User", line: LineOfEnquiry) -> Verdict:
    """The same people, as long: what was looked for is not taken back afterwards."""
    return may_reword(user, line)
