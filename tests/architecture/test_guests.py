"""A guest holds a role for one review: they see that review, find it, and nothing around it."""

import re

import pytest
from django.urls import reverse

from tests.factories import (
    ActivityFactory,
    FindingFactory,
    GoodPracticeFactory,
    PostFactory,
    ReviewFactory,
    grant,
    person,
)
from trigpoint.people.roles import FOR_ONE_REVIEW, ROLE_CAPABILITIES, Role

pytestmark = pytest.mark.django_db
ENTRY = re.compile(r'<nav class="tp-nav".*?</nav>', re.DOTALL)
LABEL = re.compile(r"</svg><span>([^<]+)</span>")
SHUT = (
    "improvement:practices-index",
    "improvement:needs-index",
    "insight:overviews-academies",
    "insight:practice-show",
    "people:staff-index",
    "governance:assurance-show",
)


def sidebar(client, url="/people/account/"):
    return LABEL.findall(ENTRY.search(client.get(url).content.decode()).group())


@pytest.fixture
def review():
    review = ReviewFactory.create()
    GoodPracticeFactory.create(academy=review.academy, published=True)
    FindingFactory.create(review__academy=review.academy, published=True, title="Another review")
    return review


def test_a_guests_sidebar_holds_what_they_have_and_nothing_else(client, review):
    client.force_login(person(Role.REVIEWER, at=review))

    assert sidebar(client) == [
        "Policy", "Instruments",
        "Reviews", "Reports", "Evidence", "Capture", "Surveys", "Findings",
        "Actions", "Fair to people",
    ]  # fmt: skip
    assert client.get("/").url == reverse("reviews:reviews-index")


def test_a_guest_sees_their_review_and_none_beside_it(client, review):
    other = ReviewFactory.create(academy=review.academy)
    finding = FindingFactory.create(review=review, title="Of this review")
    ActivityFactory.create(review=other)
    client.force_login(person(Role.REVIEWER, at=review))

    reviews = client.get(reverse("reviews:reviews-index")).content.decode()
    findings = client.get(reverse("judgements:findings-index")).content.decode()

    assert (review.title in reviews, other.title in reviews) == (True, False)
    assert ("Of this review" in findings, "Another review" in findings) == (True, False)
    shown = client.get(reverse("judgements:findings-show", args=[finding.pk]))
    assert shown.status_code == 200
    assert client.get(reverse("reviews:reviews-show", args=[other.pk])).status_code == 404
    assert {client.get(reverse(name)).status_code for name in SHUT} == {403}


def test_a_member_of_staff_who_is_a_guest_elsewhere_finds_the_review_too(client, review):
    user = person(Role.STAFF, at=PostFactory.create(academy__trust=review.trust).academy)
    grant(user, Role.REVIEWER, at=review)
    client.force_login(user)

    assert "Reviews" in sidebar(client)
    assert review.title in client.get(reverse("reviews:reviews-index")).content.decode()


def test_for_one_review_is_less_than_a_reviewer_has_elsewhere():
    assert ROLE_CAPABILITIES[Role.REVIEWER] > FOR_ONE_REVIEW
