"""Who asks an academy for documents, who hands them over, and until when."""

from typing import TYPE_CHECKING

from trigpoint.people.roles import Capability
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.reviews.documents.models import ReviewDocument
from trigpoint.reviews.reviews.models import Review
from trigpoint.reviews.reviews.rules import BEFORE_REPORTING, may_run

if TYPE_CHECKING:
    from trigpoint.people.models import User

MOST = 30
SUGGESTED = (  # what most reviews ask for; whoever asks changes the list
    "Self-review of the areas in scope",
    "Curriculum plans of the subjects in scope",
    "Latest assessment summary by year group",
    "Timetable of lessons and rooms for the days of fieldwork",
    "Notes of the last review and what became of its actions",
)


def may_ask(user: "User", review: Review) -> Verdict:
    """Whoever runs the review, until it is written up."""
    return _is_open(review) and may_run(user, review)


def may_drop(user: "User", document: ReviewDocument) -> Verdict:
    """The same people, while it has not been handed over."""
    if document.received_on:
        return denied("It has been handed over, so it stays on the list.")
    return may_ask(user, document.review)


def may_hand_over(user: "User", document: ReviewDocument) -> Verdict:
    """The academy: its nominee, and who answers for it there; and whoever runs the review."""
    review = document.review
    answers = user.access.covers(
        Capability.REPORT_CHECK, trust_id=review.trust_id, academy_id=review.academy_id
    )
    if answers or user.person_id == review.nominee_id:
        return _is_open(review)
    if may_run(user, review):
        return _is_open(review)
    return denied("Documents are handed over by the academy. Ask its headteacher or nominee.")


def _is_open(review: Review) -> Verdict:
    if review.status in BEFORE_REPORTING:
        return ALLOWED
    return denied("This review is being written up, so its list of documents is closed.")
