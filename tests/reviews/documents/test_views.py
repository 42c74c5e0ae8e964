import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import (
    ActivityFactory,
    LineOfEnquiryFactory,
    ReviewDocumentFactory,
    ReviewFactory,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.reviews.models import ReviewDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    return ReviewFactory.create(title="Reading deep dive", reason="Results fell in Year 4.")


def url(verb, row):
    return reverse(f"reviews:documents-{verb}", args=[row.pk])


def test_index_tells_the_head_what_is_coming_and_what_to_send(client, review):
    LineOfEnquiryFactory.create(review=review, question="Do pupils read widely?")
    ActivityFactory.create(review=review, title="Year 4 reading lesson")
    document = ReviewDocumentFactory.create(review=review)
    client.force_login(person(Role.HEADTEACHER, at=review.academy))

    page = client.get(url("index", review)).content.decode()

    for words in (
        "notice to",
        "Results fell in Year 4.",
        "Do pupils read widely?",
        "Year 4 reading lesson",
        "hours planned",
        document.title,
        url("hand_over", document),
    ):
        assert words in page
    assert url("ask", review) not in page
    assert url("drop", document) not in page


def test_index_of_a_bare_review_says_what_is_not_there_yet(client, review):
    client.force_login(person(Role.QA_LEAD, at=review.trust))

    page = client.get(url("index", review)).content.decode()

    assert "Nothing is asked for." in page
    assert url("ask", review) in page


def test_index_costs_the_same_however_many(client, review, assert_flat):
    client.force_login(person(Role.QA_LEAD, at=review.trust))

    assert_flat(
        url("index", review),
        add_row=lambda: ReviewDocumentFactory.create(
            review=review,
            where="Here",
            received_on=dt.date(2025, 11, 3),
            handed_over_by=review.lead,
        ),
        at_most=13,
    )


def test_ask_suggests_a_list_and_takes_a_line_each(client, review):
    client.force_login(person(Role.QA_LEAD, at=review.trust))

    page = client.get(url("ask", review)).content.decode()
    answer = client.post(url("ask", review), {"titles": "Plans\r\n\r\n  Room   list \r\nPlans"})

    assert "Self-review of the areas in scope" in page
    assert answer.url == url("index", review)
    assert list(review.documents.order_by("position").values_list("title", flat=True)) == [
        "Plans",
        "Room list",
    ]
    assert client.post(url("ask", review), {"titles": "x" * 161}).status_code == 422
    assert client.post(url("ask", review), {"titles": " "}).status_code == 422


def test_hand_over_by_the_head_and_drop_by_the_lead(client, review):
    document, other = ReviewDocumentFactory.create_batch(2, review=review)
    client.force_login(person(Role.HEADTEACHER, at=review.academy))
    assert client.get(url("hand_over", document)).status_code == 200
    assert client.post(url("hand_over", document), {"where": ""}).status_code == 422
    assert client.post(url("hand_over", document), {"where": "Shared drive"}).status_code == 302
    assert client.post(url("drop", other)).status_code == 403

    client.force_login(person(Role.QA_LEAD, at=review.trust))
    assert client.post(url("drop", document)).status_code == 409
    assert client.post(url("drop", other)).status_code == 302
    assert list(ReviewDocument.objects.all()) == [document]


def test_drop_finds_nothing_of_another_trust(client, review):
    document = ReviewDocumentFactory.create()
    client.force_login(person(Role.QA_LEAD, at=review.trust))

    assert client.post(url("drop", document)).status_code == 404
    assert client.get(url("hand_over", document)).status_code == 404
