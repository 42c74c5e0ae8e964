"""Reviews as JSON say what the screens say, to the same people."""

import pytest
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    DeadlineFactory,
    LineOfEnquiryFactory,
    ReviewFactory,
    person,
)
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


def test_index_lists_what_the_person_may_view(client):
    review = ReviewFactory.create(lead__name="Gareth Pellow")
    ReviewFactory.create(academy=AcademyFactory.create(trust=review.trust))
    client.force_login(person(Role.HEADTEACHER, at=review.academy))

    found = client.get(reverse("api:reviews-index")).json()

    assert found["items"] == [
        {
            "id": str(review.pk),
            "title": review.title,
            "kind": "DEEP_DIVE",
            "status": "PLANNED",
            "academy_id": str(review.academy_id),
            "lead": "Gareth Pellow",
            "fieldwork_starts_on": "2025-11-12",
            "fieldwork_ends_on": "2025-11-12",
        }
    ]


def test_index_costs_the_same_for_any_number_of_reviews(client, assert_flat):
    review = ReviewFactory.create()
    client.force_login(person(Role.QA_LEAD, at=review.trust))

    assert_flat(
        reverse("api:reviews-index"),
        add_row=lambda: ReviewFactory.create(academy=review.academy),
        at_most=5,
    )


def test_index_filters_and_pages(client):
    review = ReviewFactory.create()
    other = ReviewFactory.create(academy=AcademyFactory.create(trust=review.trust))
    client.force_login(person(Role.QA_LEAD, at=review.trust))
    url = reverse("api:reviews-index")

    found = client.get(url, {"academy": other.academy_id, "show": "open"}).json()

    assert [row["id"] for row in found["items"]] == [str(other.pk)]
    assert client.get(url, {"page": 2}).json()["items"] == []
    assert client.get(url, {"page": 10**30}).status_code == 422
    assert client.get(url, {"academy": "nowhere"}).status_code == 422


def test_show_gives_the_clock_and_the_lines(client):
    review = ReviewFactory.create()
    DeadlineFactory.create(review=review)
    LineOfEnquiryFactory.create(review=review, number=1, wanted={"LESSON_VISIT": 4})
    client.force_login(person(Role.REVIEWER, at=review))

    found = client.get(reverse("api:reviews-show", args=[review.pk])).json()

    assert found["deadlines"] == [{"step": "DRAFT", "due_on": "2025-11-19", "done_on": None}]
    assert found["lines"][0]["wanted"] == {"LESSON_VISIT": 4}


def test_show_hides_other_reviews_and_wants_a_sign_in(client):
    url = reverse("api:reviews-show", args=[ReviewFactory.create().pk])

    assert client.get(url).status_code == 401
    client.force_login(person(Role.QA_LEAD, at=AcademyFactory.create().trust))
    assert client.get(url).status_code == 404
