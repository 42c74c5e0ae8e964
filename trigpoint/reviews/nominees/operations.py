"""The one verb of a review's nominee: name, also after the review was planned."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.people.models import Person
from trigpoint.records import history
from trigpoint.reviews.nominees.rules import may_name
from trigpoint.reviews.reviews.models import Review
from trigpoint.reviews.reviews.operations import check_nominee, locked
from trigpoint.reviews.reviews.rules import Dates, may_staff
from trigpoint.reviews.telling.operations import tell_nominee

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def name(*, review: Review, nominee: Person | None, by: "User", on: date) -> Review:
    """Say who receives the review for the academy from now on, or that nobody does yet.

    Between the academy being told and the fieldwork, whoever is named is told as well.

    Raises:
        Refused: they are on the review's team or cannot open it, the review is over, or it is not
            the person's to run.
        ValueError: they are of another trust.

    """
    review = locked(review)
    may_name(by, review).enforce()
    if nominee and nominee.trust_id != review.trust_id:
        msg = "A review's nominee belongs to the academy's own trust."
        raise ValueError(msg)
    team = [member.person for member in review.members.select_related("person")]
    may_staff(review.lead, team, nominee=nominee).enforce()
    was = review.nominee
    if was == nominee:
        return review
    review.nominee = nominee
    check_nominee(review, on=on)
    review.save(update_fields=["nominee"])
    named = {"was": was.name if was else "", "now": nominee.name if nominee else ""}
    history.write(review, "nominee named", by=by, on=on, **named)
    if nominee and review.status == Review.Status.NOTIFIED:
        dates = Dates(review.fieldwork_starts_on, review.fieldwork_ends_on)
        tell_nominee(review, when=dates.words, by=by, on=on)
    return review
