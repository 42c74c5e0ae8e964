"""The reviewer on a tablet, while it happens; then the teacher who was seen."""

import io
import re

from PIL import Image

from tests.journeys.browsing import look
from tests.journeys.loop.hands import box, choose_file, press, submit

LESSON = (
    ("Note", "Pupils recall last week’s words before the new text."),
    ("WWW", "Every pair uses the new words to explain the text."),
    ("EBI", "Go back to the hardest word before moving on."),
)
BOOKS = (("WWW", "Twelve of fourteen journals show words returning weeks later."),)
VOICE = (("Note", "Four of six pupils could not recall any word from September."),)


def capture_everything(page):
    capture(page, "Year 4 reading lesson", LESSON, photo=True)
    capture(page, "Year 4 reading journals", BOOKS)
    capture(page, "Pupils of Year 4", VOICE)


def capture(page, what, notes, *, photo=False):
    page.goto("/evidence/entries/new/")
    look(page)
    page.get_by_role("listitem").filter(has_text=what).get_by_role("link").first.click()
    page.get_by_label("Your note").wait_for()
    look_for = page.locator("button.tp-lookfor:visible").first
    look_for.click()
    for kind, words in notes:
        page.get_by_label("Your note").fill(words)
        page.locator(".tp-picks label").filter(has_text=kind).click()
        page.get_by_role("button", name="Add note").click()
    page.locator("select[name^='look_for.']:visible").first.select_option(index=1)
    answer_questions(page)
    if photo:
        add_photo(page)
    saved(page)
    look(page)
    read_again(page, notes)
    page.get_by_role("button", name="Finish").click()
    page.wait_for_url(lambda url: "capture" not in url)
    look(page)
    press(page, "Submit")
    look(page)
    assert page.locator("main").get_by_text("Submitted").first.is_visible(), page.inner_text("main")


def saved(page):
    page.locator("#state").get_by_text(re.compile("^Saved")).wait_for()


def answer_questions(page):
    """Answer what the form insists on; the rest is optional."""
    page.get_by_role("link", name="Questions").click()
    for field in page.locator("#part-questions .tp-field").all():
        if "(optional)" in field.inner_text():
            continue
        if (choice := field.get_by_role("radio").first).is_visible():
            choice.check()
        else:
            written = field.locator("textarea, input").first
            is_count = written.get_attribute("type") == "number"
            written.fill("14" if is_count else "To use new words to explain a text.")
    look(page)
    page.get_by_role("link", name="Notes", exact=True).click()


def add_photo(page):
    drawn = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(drawn, "JPEG")
    page.get_by_role("link", name="Photos").click()
    choose_file(page, "Add a photo or a PDF", "board.jpg", drawn.getvalue(), kind="image/jpeg")
    page.get_by_text("Added at").wait_for()
    look(page)
    page.get_by_role("link", name="Notes", exact=True).click()


def read_again(page, notes):
    """Load the page afresh: every word is on the server."""
    page.reload()
    saved(page)
    shown = page.locator("#notes").inner_text()
    assert all(words in shown for _, words in notes)


def share_the_visit(page):
    page.goto("/evidence/entries/?mine=1&kind=LESSON_VISIT")
    look(page)
    page.locator("main table").get_by_role("link", name="Year 4 reading lesson").click()
    page.locator("main").get_by_role("link", name="Share").click()
    page.wait_for_url("**/share/")
    look(page)
    if (checked := page.get_by_label("I have checked these words")).is_visible():
        checked.check()
    submit(page, "Share")
    look(page)


def read_and_reply(page):
    page.goto("/")
    assert "/insight/me/" in page.url
    look(page)
    page.get_by_role("link", name="Year 4 reading lesson").first.click()
    page.get_by_role("button", name="I have read this").wait_for()
    look(page)
    assert page.get_by_text(LESSON[1][1]).first.is_visible()
    press(page, "I have read this")
    look(page)
    box(page, "Your reply").fill("They had met two of the words the day before.")
    press(page, "Reply or add context")
    look(page)
    page.goto("/insight/me/")
    look(page)
    assert page.get_by_text("the day before").is_visible()
