"""A head asks students; five answer on devices of their own, and nobody's answer can be told."""

from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import AcademyFactory, SurveyFactory, SurveyReplyFactory, person
from tests.journeys.browsing import PHONE, look
from trigpoint.evidence.models import SurveyReply
from trigpoint.people.roles import Role

WORDS = "Quieter corridors after lunch."


def make(page):
    """Make a survey of two questions and an open one; return the address of its link."""
    page.goto("/evidence/surveys/")
    page.get_by_role("link", name="Make a survey").first.click()
    page.get_by_label("For which review or academy").select_option(label="Thornmere")
    page.get_by_label("Question 1 (optional)", exact=True).fill("Lessons start calmly.")
    page.get_by_label("Question 2 (optional)", exact=True).fill("Do you feel safe?")
    page.get_by_label("How question 2 is answered").select_option("YES_NO")
    for number in range(3, 9):
        page.get_by_label(f"Question {number} (optional)", exact=True).fill("")
    look(page)
    page.get_by_role("button", name="Make the survey").click()
    expect(page.get_by_text("The survey is made.")).to_be_visible()
    return page.locator("main code").inner_text()


def answer(page, address, *, safe, words=""):
    page.goto(address)
    page.get_by_role("group", name="Lessons start calmly.").get_by_label(
        "Agree", exact=True
    ).check()
    page.get_by_role("group", name="Do you feel safe?").get_by_label(safe, exact=True).check()
    page.get_by_role("textbox").fill(words)
    if words:
        look(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="Thank you. Your answers are in.")).to_be_visible()


def test_five_answer_by_link_and_one_answer_is_not_told_apart(transactional_db, open_page):
    academy = AcademyFactory.create(name="Thornmere")
    office = open_page(person(Role.HEADTEACHER, at=academy))
    address = make(office)

    phone = open_page(size=PHONE)
    for number in range(5):
        phone.context.clear_cookies()  # all that tells one device from the next
        answer(phone, address, safe="Yes" if number else "No", words="" if number else WORDS)
    look(phone)
    phone.goto(address)
    expect(phone.get_by_text("This device has answered now")).to_be_visible()
    assert SurveyReply.objects.count() == 5

    office.reload()
    expect(office.get_by_text("5 replies", exact=True)).to_be_visible()
    expect(office.get_by_text(WORDS)).to_have_count(0)
    expect(office.get_by_text("not shown", exact=True)).to_have_count(0)
    look(office)
    office.get_by_role("link", name="Close it now").click()
    office.get_by_role("button", name="Close it").click()
    expect(office.get_by_text("The survey is closed.")).to_be_visible()

    results = office.get_by_role("region", name="What came")
    expect(results.get_by_text("not shown", exact=True)).to_have_count(2)  # the one, and the four
    expect(results).to_contain_text("5 of 5")
    expect(results).to_contain_text(WORDS)
    look(office)

    late = open_page(size=PHONE)
    late.goto(address)
    expect(late.get_by_role("heading", name="This survey is not open")).to_be_visible()
    look(late)


def test_of_too_few_replies_nothing_is_shown(transactional_db, open_page):
    academy, today = AcademyFactory.create(), timezone.localdate()
    head = person(Role.HEADTEACHER, at=academy)
    survey = SurveyFactory.create(
        academy=academy, made_by=head.person, opens_on=today, closes_on=today
    )
    SurveyReplyFactory.create_batch(4, survey=survey, words=WORDS)
    page = open_page(head)

    page.goto(f"/evidence/surveys/{survey.pk}/")
    page.get_by_role("link", name="Close it now").click()
    look(page)
    page.get_by_role("button", name="Close it").click()

    results = page.get_by_role("region", name="What came")
    expect(results).to_contain_text("Too few to show.")
    expect(results).not_to_contain_text("Lessons start on time.")
    expect(page.get_by_text(WORDS)).to_have_count(0)
    expect(page.get_by_role("button", name="Make it evidence")).to_be_disabled()
    look(page)
