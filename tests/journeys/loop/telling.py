"""The report: assembled, checked by the academy, final; then what the academy does about it."""

import io

from pypdf import PdfReader

from tests.journeys.browsing import look
from tests.journeys.loop.hands import box, fill, press, submit
from tests.journeys.loop.weighing import CLAIM, FINDING, open_the_review

ACTION = "Plan a return to the hardest words"


def assemble(page):
    open_the_review(page)
    press(page, "Start the report")
    look(page)
    page.get_by_role("link", name="Report", exact=True).click()
    page.get_by_text("No report yet").wait_for()
    look(page)
    press(page, "Assemble the draft")
    look(page)
    assert page.get_by_text(CLAIM).first.is_visible()


def send_to_internal_qa(page):
    open_the_report(page)
    press(page, "Send to internal QA")
    look(page)
    assert page.get_by_text("You sent this report to internal QA").is_visible()
    assert page.get_by_role("button", name="Open to the academy").is_disabled()


def open_to_the_academy(page):
    open_the_report(page)
    press(page, "Open to the academy")
    look(page)


def walk_from_a_statement_to_the_evidence(page):
    """How we know: statement, claim, record."""
    shown = page.url
    page.get_by_role("link", name="How we know").filter(has_not_text="^How we know$").last.click()
    page.wait_for_url("**/claims/*/")
    look(page)
    page.locator(".tp-ev-card").first.click()
    page.wait_for_url("**/evidence/entries/*/")
    look(page)
    page.goto(shown)


def open_the_report(page):
    page.goto("/reporting/reports/")
    look(page)
    page.locator("main table").get_by_role("link").first.click()
    page.get_by_role("article").first.wait_for()
    look(page)


def correct_a_fact(page):
    open_the_report(page)
    statement = page.locator(".tp-statement").filter(has_text=CLAIM).first
    statement.get_by_role("link", name="Correct").click()
    page.get_by_label("What is not right?").fill("There were two classes, not one.")
    look(page)
    press(page, "Send the comment")
    look(page)


def dispose(page):
    open_the_report(page)
    assert page.get_by_role("button", name="Make it final").is_disabled()
    page.get_by_role("link", name="Answer").first.click()
    page.get_by_label("Declined").check()
    box(page, "Why?").fill("The statement holds for both classes.")
    look(page)
    press(page, "Answer")
    look(page)
    assert page.get_by_text("The academy has until").is_visible()
    assert page.get_by_role("button", name="Make it final").is_disabled()


def confirm(page):
    open_the_report(page)
    press(page, "Confirm the facts")
    look(page)
    assert page.get_by_text("You confirmed the facts on").is_visible()


def finalise(page):
    open_the_report(page)
    assert page.get_by_text("Confirmed by the academy on").is_visible()
    press(page, "Make it final")
    look(page)
    assert page.get_by_text("Final", exact=True).first.is_visible()


def download(page, name):
    """Download the report as PDF or Word; return its bytes."""
    with page.expect_download() as coming:
        page.locator("main").get_by_role("link", name=name, exact=True).click()
    return coming.value.path().read_bytes()


def words_of_pdf(data):
    """Read all the words of a PDF, as one line."""
    pages = PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def act_on_the_finding(page):
    page.goto("/judgements/findings/")
    look(page)
    page.get_by_role("link", name=FINDING).first.click()
    page.get_by_role("link", name="Add an action").wait_for()
    look(page)
    page.get_by_role("link", name="Add an action").click()
    page.get_by_label("What will be done?").fill(ACTION)
    fill(page, What_will_be_seen="Pupils use the hardest words a term later.")
    page.get_by_label("Who owns it?").select_option(label="Cleo Marsh")
    fill(page, Due="2025-12-12", Look_again_by="2026-02-27")
    look(page)
    submit(page)
    look(page)


def mark_done_but_not_worked(page):
    page.goto("/improvement/actions/")
    look(page)
    page.get_by_role("link", name=ACTION).first.click()
    page.get_by_role("heading", name=ACTION).wait_for()
    look(page)
    page.get_by_role("link", name="Mark as done").click()
    page.get_by_label("What was done?").fill("It is in the plans of both classes.")
    look(page)
    submit(page, "Mark as done")
    look(page)
    assert page.get_by_text("Nobody has looked again yet").is_visible()
