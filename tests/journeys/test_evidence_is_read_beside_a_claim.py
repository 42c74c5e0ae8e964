"""A reviewer opens evidence beside a claim by keyboard; the focus goes with it, and comes back."""

import pytest
from playwright.sync_api import expect

from tests.factories import CitationFactory, person
from tests.journeys.browsing import PHONE, look
from trigpoint.people.roles import Role


@pytest.fixture
def citation(transactional_db):
    return CitationFactory.create(
        record__title="Year 9, forces", claim__review__status="CORROBORATING"
    )


def test_evidence_is_read_beside_a_claim(citation, open_page):
    review = citation.claim.review
    page = open_page(user=person(Role.QA_LEAD, at=review.trust), size=PHONE)
    page.goto(f"/judgements/reviews/{review.pk}/claims/?claim={citation.claim_id}")
    card = page.locator(f"#card-{citation.pk}")

    card.focus()
    page.keyboard.press("Enter")

    opened = page.get_by_role("heading", name="Year 9, forces")
    expect(opened).to_be_focused()
    look(page)

    page.keyboard.press("Escape")

    expect(opened).to_have_count(0)
    expect(card).to_be_focused()

    page.get_by_role("searchbox", name="Find evidence of this review").fill("forces")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="1 record found")).to_be_focused()
