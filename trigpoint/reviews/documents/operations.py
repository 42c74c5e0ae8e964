"""The verbs of a document: ask, drop, hand over."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from trigpoint.records import history
from trigpoint.records.refusals import Refused
from trigpoint.reviews.documents import rules
from trigpoint.reviews.documents.models import ReviewDocument
from trigpoint.reviews.reviews.models import Review

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def ask(*, review: Review, titles: Sequence[str], by: "User") -> int:
    """Ask an academy for documents; what is asked for already stays. Returns how many are new.

    Raises:
        Refused: the person does not run the review, it is being written up, or the list is too
            long.

    """
    review = _locked(review)
    rules.may_ask(by, review).enforce()
    there = set(review.documents.values_list("title", flat=True))
    new = [title for title in dict.fromkeys(titles) if title not in there]
    if len(there) + len(new) > rules.MOST:
        msg = f"An academy is asked for at most {rules.MOST} documents. Ask for fewer."
        raise Refused(msg)
    last = review.documents.aggregate(last=Max("position"))["last"] or 0
    ReviewDocument.objects.bulk_create(
        ReviewDocument(trust_id=review.trust_id, review=review, title=title, position=position)
        for position, title in enumerate(new, start=last + 1)
    )
    if new:
        history.write(review, "documents asked for", by=by, titles=new)
    return len(new)


@transaction.atomic
def drop(*, document: ReviewDocument, by: "User") -> Review:
    """No longer ask for a document.

    Raises:
        Refused: it has been handed over, or the person does not run the review.

    """
    document = _found(document)
    rules.may_drop(by, document).enforce()
    history.write(document.review, "document dropped", by=by, title=document.title)
    review = document.review
    document.delete()
    return review


@transaction.atomic
def hand_over(*, document: ReviewDocument, where: str, by: "User", on: date) -> ReviewDocument:
    """Say that a document is there, and where. Said again, it says where it is now.

    Raises:
        Refused: the person is not of the academy and does not run the review, or it is being
            written up.

    """
    document = _found(document)
    rules.may_hand_over(by, document).enforce()
    document.where = where
    document.received_on, document.handed_over_by = document.received_on or on, by.person
    document.save(update_fields=["where", "received_on", "handed_over_by"])
    history.write(document.review, "document handed over", by=by, title=document.title, where=where)
    return document


def _locked(review: Review) -> Review:
    return Review.objects.select_for_update(of=("self",)).select_related("lead").get(pk=review.pk)


def _found(document: ReviewDocument) -> ReviewDocument:
    review = _locked(document.review)
    found = ReviewDocument.objects.filter(pk=document.pk).first()
    if found is None:
        msg = "It was taken off the list a moment ago. Go back to see what is asked for."
        raise Refused(msg)
    found.review = review
    return found
