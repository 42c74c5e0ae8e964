import datetime as dt

import pytest

from tests.factories import ReviewDocumentFactory, ReviewFactory, person
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused
from trigpoint.reviews.documents import operations
from trigpoint.reviews.models import ReviewDocument

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 11, 3)


def test_ask_adds_what_is_not_asked_for_yet():
    review = ReviewFactory.create()
    lead = person(Role.QA_LEAD, at=review.trust)

    asked = [
        operations.ask(review=review, titles=["Self-review", "Plans", "Plans"], by=lead),
        operations.ask(review=review, titles=["Plans", "Timetable"], by=lead),
    ]

    titles = review.documents.order_by("position").values_list("title", flat=True)
    assert (asked, list(titles)) == ([2, 1], ["Self-review", "Plans", "Timetable"])


def test_ask_keeps_the_list_short_and_to_the_trust():
    review = ReviewFactory.create()
    many = [f"Document {number}" for number in range(31)]

    with pytest.raises(Refused, match="at most 30"):
        operations.ask(review=review, titles=many, by=person(Role.QA_LEAD, at=review.trust))
    with pytest.raises(Refused, match="Only the lead"):
        operations.ask(
            review=review, titles=["Plans"], by=person(Role.HEADTEACHER, at=review.academy)
        )
    assert not ReviewDocument.objects.exists()


def test_hand_over_says_where_and_keeps_its_first_day():
    document = ReviewDocumentFactory.create()
    head = person(Role.HEADTEACHER, at=document.review.academy)

    operations.hand_over(document=document, where="Shared drive", by=head, on=DAY)
    later = operations.hand_over(
        document=document, where="Head's desk", by=head, on=dt.date(2025, 11, 5)
    )

    assert (later.where, later.received_on, later.handed_over_by) == (
        "Head's desk",
        DAY,
        head.person,
    )
    assert HistoryEntry.objects.filter(verb="document handed over").count() == 2


def test_hand_over_and_drop_are_refused_in_words():
    document = ReviewDocumentFactory.create()
    lead = person(Role.QA_LEAD, at=document.trust)
    staff = person(Role.STAFF, at=document.review.academy)

    with pytest.raises(Refused, match="handed over by the academy"):
        operations.hand_over(document=document, where="Here", by=staff, on=DAY)
    operations.drop(document=document, by=lead)
    with pytest.raises(Refused, match="a moment ago"):
        operations.drop(document=document, by=lead)
