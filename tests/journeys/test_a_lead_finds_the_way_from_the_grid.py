"""From the trust's grid a cell opens its reasons beside it, and a name opens the academy's page."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from tests.factories import AcademyFactory, AreaFactory, JudgementFactory, ReviewFactory, person
from tests.journeys.browsing import look
from trigpoint.insight.standings import operations
from trigpoint.people.roles import Role


@pytest.mark.django_db(transaction=True)
def test_a_lead_opens_a_cell_and_then_the_academy(open_page):
    area = AreaFactory.create(name="Assessment", short_name="Assessment")
    academies = [AcademyFactory.create(trust=area.trust) for _ in range(2)]
    for academy in academies:
        review = ReviewFactory.create(
            academy=academy,
            policy_version=area.version,
            looked_on=dt.date(2025, 11, 19),
            areas=[area],
        )
        JudgementFactory.create(review=review, area=area)
        operations.system_refresh(review.pk)
    name = academies[0].name

    page = open_page(person(Role.QA_LEAD, at=area.trust))
    page.goto("/insight/trust/")
    page.get_by_role("link", name=f"{name}, Assessment").click()
    expect(page.get_by_role("heading", name="Why this level", exact=True)).to_be_visible()
    look(page)

    page.get_by_role("row", name=name).get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
