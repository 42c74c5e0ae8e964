"""Somebody clicks twice because nothing seemed to happen: one thing is made, and no refusal is shown."""

import pytest

from tests.factories import ReviewFactory, StandardFactory, person
from trigpoint.people.roles import Role
from trigpoint.reviews.models import LineOfEnquiry

QUESTION = "Does reading build on what pupils know?"


@pytest.mark.django_db(transaction=True)
def test_a_line_asked_with_two_clicks_is_asked_once_and_another_may_follow(open_page):
    review = ReviewFactory.create()
    standard = StandardFactory.create(area__version=review.policy_version)
    review.areas.add(standard.area)
    page = open_page(user=person(Role.QA_LEAD, at=review.trust))
    page.goto(f"/reviews/{review.pk}/ask/")
    for question in (QUESTION, f"{QUESTION} And why?"):
        page.get_by_label("Question").fill(question)
        page.get_by_role("checkbox").first.check()

        with page.expect_navigation():
            page.get_by_role("button", name="Add the line").dblclick()
        page.wait_for_load_state()

        assert page.locator(".tp-alert").count() == 0

    asked = LineOfEnquiry.objects.filter(review=review).order_by("number")
    assert list(asked.values_list("question", flat=True)) == [QUESTION, f"{QUESTION} And why?"]
