"""Those who ask "how do you know?": the trustee, then the trust's QA lead, from number to evidence."""

from tests.journeys.browsing import look
from tests.journeys.loop.weighing import LEVEL

STAFF_NAMES = ("Dov Pearl", "Cleo Marsh", "Bram Stoke", "Ada Quill")


def read_as_a_trustee(page):
    page.goto("/")
    look(page)
    page.goto("/governance/assurance/")
    look(page)
    said = page.locator("main").inner_text()
    assert "Reading deep dive" in said
    assert LEVEL in said
    assert not [name for name in STAFF_NAMES if name in said]
    page.get_by_role("link", name="Reading deep dive").first.click()
    page.get_by_role("article").first.wait_for()
    look(page)
    said = page.locator("main").inner_text()
    assert not [name for name in STAFF_NAMES if name in said]


def walk_from_a_number_to_the_evidence(page):
    """A cell of the overview, the judgement, its claim, the record: three clicks from the panel."""
    page.goto("/insight/trust/")
    look(page)
    cell = page.locator(".tp-heat").get_by_role("row", name="Ash Primary").get_by_role("link")
    cell.filter(has_text=LEVEL).first.click()
    page.get_by_role("heading", name="Why this level").wait_for()
    look(page)
    page.locator("#why").get_by_role("link", name="Open record").click()
    page.wait_for_url("**/levels/*/")
    look(page)
    page.locator("main").get_by_role("link", name="1.1").first.click()
    page.wait_for_url("**/claims/*/")
    look(page)
    page.locator(".tp-ev-card").first.click()
    page.wait_for_url("**/evidence/entries/*/")
    look(page)


def open_the_overviews(page):
    page.goto("/insight/academies/")
    look(page)
    page.get_by_role("link", name="Ash Primary").first.click()
    page.get_by_role("heading", name="Judgements").wait_for()
    look(page)
    assert page.get_by_text(LEVEL).first.is_visible()
    for place in ("/insight/teams/", "/insight/me/"):
        page.goto(place)
        look(page)
