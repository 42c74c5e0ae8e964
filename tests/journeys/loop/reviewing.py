"""The trust's QA lead: what the review is about, who does it, when, and the day it starts."""

from tests.journeys.browsing import look
from tests.journeys.loop.hands import box, fill, press, submit

DAY = "2025-11-12"
VISITS = (
    ("LESSON_VISIT", "Year 4 reading lesson", "08:05", "08:30"),
    ("BOOK_SCRUTINY", "Year 4 reading journals", "08:30", "08:40"),
    ("STUDENT_VOICE", "Pupils of Year 4", "08:40", "08:55"),
)


def read_the_policy(page):
    page.goto("/policies/")
    look(page)
    assert page.get_by_text("Essential knowledge and vocabulary").first.is_visible()


def plan_the_review(page):
    page.goto("/reviews/")
    look(page)
    page.goto("/reviews/plan/")
    look(page)
    page.get_by_label("Academy").select_option(label="Ash Primary, tier 2")
    submit(page, "Continue")
    look(page)
    fill(page, Title="Reading deep dive", Subjects="Reading", Year_groups="Year 4")
    box(page, "Curriculum").check()
    fill(page, First_day_of_fieldwork=DAY, Last_day_of_fieldwork=DAY)
    box(page, "Lead reviewer").select_option(label="Bram Stoke")
    box(page, "Nominee").select_option(label="Cleo Marsh")
    fill(page, Why_this_review="The policy promises one look a year.")
    submit(page, "Plan it")
    look(page)
    ask(page)


def ask(page):
    fill(page, Question="Does reading build on what pupils already know?")
    box(page, "C3 ").check()
    submit(page, "Add the line")
    look(page)
    assert page.get_by_text("1. Does reading build").is_visible()


def plan_the_visits(page):
    page.locator("main").get_by_role("link", name="Go on to the timetable").click()
    page.wait_for_url("**/schedule/")
    timetable = page.url
    for kind, what, starts, ends in VISITS:
        page.goto(f"{timetable}?kind={kind}")
        fill(page, What=what, Day=DAY, From=starts, To=ends)
        box(page, "Bram Stoke").check()
        box(page, "1. Does reading build").check()
        if kind == "LESSON_VISIT":
            box(page, "Who is observed").select_option(label="Dov Pearl")
        look(page)
        submit(page, "Put it on the timetable")
    look(page)


def start_fieldwork(page):
    page.locator("main").get_by_role("link", name="Back to the review").click()
    page.get_by_role("heading", name="What we have seen").wait_for()
    look(page)
    press(page, "Academy has been told")
    look(page)
    press(page, "Start fieldwork")
    look(page)
