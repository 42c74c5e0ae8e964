"""The lead: a claim, what supports and contradicts it, the answer, the level and the finding."""

from tests.journeys.browsing import look
from tests.journeys.loop.capturing import BOOKS, LESSON, VOICE
from tests.journeys.loop.hands import box, fill, press, submit

CLAIM = "Year 4 pupils use the words they were taught earlier to explain new texts."
LEVEL = "Meets standard"
FINDING = "Come back to the hardest words each half term"


def open_the_review(page):
    page.goto("/reviews/")
    page.get_by_role("link", name="Reading deep dive").first.click()
    page.get_by_role("heading", name="What we have seen").wait_for()
    look(page)


def start_corroborating(page):
    open_the_review(page)
    press(page, "Start corroborating")
    look(page)
    page.get_by_role("link", name="Corroborate", exact=False).first.click()
    page.get_by_text("No claim yet").wait_for()
    look(page)


def propose(page):
    page.locator("main").get_by_role("link", name="Propose a claim").click()
    page.wait_for_url("**/propose/")
    look(page)
    fill(page, What_can_we_say=CLAIM)
    standard = page.get_by_label("About which standard?")
    standard.select_option(label=standard.locator("option", has_text="C3 ").first.inner_text())
    page.get_by_label("Which line of enquiry").select_option(index=1)
    submit(page, "Propose it")
    look(page)


def weigh(page):
    cite(page, LESSON[1][1], "Supports the claim", find="reading lesson")
    cite(page, BOOKS[0][1], "Supports the claim", find="journals")
    cite(page, VOICE[0][1], "Contradicts it", find="Pupils of")
    set_level(page)
    assert "needs an answer before sign-off" in page.locator("main").inner_text()
    assert page.get_by_role("button", name="Sign off this claim").is_disabled()
    answer(page)
    press(page, "Sign off this claim")
    look(page)
    assert page.get_by_text("Signed off by Bram Stoke").is_visible()


def cite(page, words, stance, *, find):
    page.get_by_label("Find evidence of this review").fill(find)
    page.get_by_role("button", name="Find", exact=True).click()
    drawer = page.locator("#drawer")
    drawer.locator("a.tp-ev-card").first.click()
    drawer.get_by_role("button", name="Cite it").wait_for()
    look(page)
    drawer.get_by_label(stance).check()
    drawer.get_by_label(words).check()
    press(page, "Cite it")
    look(page)


def set_level(page):
    page.get_by_role("link", name="Set level").click()
    page.wait_for_url("**/level/")
    look(page)
    page.get_by_label(LEVEL).check()
    submit(page)
    look(page)


def answer(page):
    page.locator(".tp-answer").get_by_text("Outweighed, because").click()
    box(page, "Why does that settle it?").fill(
        "They were asked without a text; in lessons and books the words come back."
    )
    press(page, "Save answer")
    look(page)


def judge(page):
    page.get_by_role("link", name="Levels").first.click()
    page.get_by_role("heading", name="Standards and areas").wait_for()
    look(page)
    place = page.get_by_label("What do you judge?")
    area = next(it for it in place.locator("option").all_inner_texts() if "C3" not in it)
    place.select_option(label=area)
    press(page, "Go on")
    page.get_by_text("Judge something else").wait_for()
    look(page)
    page.locator("#judge").get_by_label(LEVEL).check()
    fill(page, Why_this_level="Earlier words return in lessons and in books.")
    press(page, "Make the judgement")
    look(page)


def raise_a_finding(page):
    open_the_review(page)
    page.get_by_role("link", name="Findings").last.click()
    page.get_by_role("link", name="Raise a finding").first.click()
    page.wait_for_url("**/raise/**")
    look(page)
    page.get_by_label("Development area").check()
    fill(page, What_was_found=FINDING, Theme="Vocabulary")
    page.get_by_label("In which area?").select_option(label="Curriculum")
    page.get_by_label("Which claim does it rest on?").select_option(index=1)
    submit(page, "Raise it")
    look(page)
