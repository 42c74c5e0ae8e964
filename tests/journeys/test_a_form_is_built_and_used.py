"""The QA lead writes a form of their own and publishes it; a reviewer captures a visit with it."""

from playwright.sync_api import expect

from tests.factories import AcademyFactory, PolicyVersionFactory, person
from tests.journeys.browsing import PHONE, look
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.instruments.models import InstrumentVersion
from trigpoint.people.roles import Role


def add_question(page, kind, words, *, answers="", only_after=""):
    page.get_by_role("link", name="Add a question to “The text”").click()
    page.get_by_role("link", name=kind, exact=True).click()
    page.get_by_label("Question", exact=True).fill(words)
    if answers:
        page.get_by_label("Answers to choose from").fill(answers)
    if only_after:
        page.get_by_label(only_after, exact=True).check()
    expect(page.locator("#sample")).to_contain_text(words)
    look(page)
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("link", name=words, exact=True)).to_be_visible()


def build(page):
    page.goto("/instruments/new/")
    page.get_by_label("For which kind of activity?").select_option("LESSON_VISIT")
    page.get_by_label("Name", exact=True).fill("Shared reading visit")
    page.get_by_label("What it is for").fill("See how a text is read together.")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="Add a part").click()
    page.get_by_label("Title").fill("The text")
    page.get_by_role("button", name="Add it").click()
    add_question(
        page, "One of several answers", "Who has the text?", answers="Every pupil\nSome pupils"
    )
    add_question(page, "Longer text", "What did the others do?", only_after="Some pupils")
    page.get_by_role("link", name="Remove the part “What was seen”").click()
    page.get_by_role("button", name="Remove it").click()
    look(page)


def test_a_form_is_built_published_and_captured_with(transactional_db, open_page):
    trust = PolicyVersionFactory.create(in_force=True).trust
    AcademyFactory.create(trust=trust, name="Thornmere")
    office = open_page(person(Role.QA_LEAD, at=trust))

    build(office)
    office.get_by_role("link", name="Publish").click()
    look(office)
    office.get_by_role("button", name="Publish it").click()
    expect(office.get_by_text("Version 1 is published")).to_be_visible()
    look(office)

    room = open_page(person(Role.REVIEWER, at=trust), size=PHONE)
    room.goto("/evidence/entries/new/")
    room.get_by_label("Kind of visit").select_option("LESSON_VISIT")
    room.get_by_role("button", name="Start").click()
    room.wait_for_url("**/capture/**")
    room.get_by_role("link", name="Questions").click()
    others = room.get_by_label("What did the others do?")
    expect(others).to_be_hidden()
    room.get_by_label("Some pupils").check()
    others.fill("They looked on with a partner.")
    look(room)
    room.locator("#state").get_by_text("Saved at").wait_for()

    record = EvidenceRecord.objects.get()
    assert record.instrument_version == InstrumentVersion.objects.get()
    assert [*record.answers.values()][1:] == ["They looked on with a partner."]
