"""The QA lead brings in an old spreadsheet, puts right a row it stumbles over, and undoes it all."""

from playwright.sync_api import expect

from tests.factories import AcademyFactory, InstrumentVersionFactory, TrustFactory, person
from tests.journeys.browsing import look
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.people.roles import Role

HEAD = "School,Date,Kind,Title,Seen there"
FIRST = "Hill,2024-11-12,Lesson visit,Year 4 reading,Every pupil had the text open"
SECOND = "{school},2024-11-13,Lesson visit,Year 5 fractions,Two pupils explained the bar model"


def send(page, school):
    """Upload the spreadsheet, its second row about a school."""
    page.goto("/evidence/imports/")
    page.get_by_role("link", name="Bring in a spreadsheet").first.click()
    text = "\n".join([HEAD, FIRST, SECOND.format(school=school)])
    page.get_by_label("Spreadsheet").set_input_files(
        {"name": "visits.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Read this file").click()
    page.get_by_role("heading", name="What the columns are").wait_for()
    look(page)


def check(page):
    page.get_by_role("button", name="Check every row").click()
    page.get_by_role("heading", name="Check before bringing it in").wait_for()


def test_a_spreadsheet_is_previewed_put_right_brought_in_and_undone(transactional_db, open_page):
    trust = TrustFactory.create()
    AcademyFactory.create(trust=trust, name="Hill")
    InstrumentVersionFactory.create(instrument__trust=trust)
    page = open_page(person(Role.QA_LEAD, at=trust))

    send(page, "Nowhere")
    expect(page.get_by_role("combobox", name="School")).to_have_value("Academy (name or URN)")
    page.get_by_role("combobox", name="Seen there").fill("Notes")
    page.keyboard.press("Tab")
    check(page)
    row = page.get_by_role("row", name="Year 5 fractions")
    expect(row).to_contain_text("There is no academy called Nowhere")
    look(page)
    page.get_by_role("button", name="Bring these in").click()
    expect(page.get_by_role("heading", name="Brought in")).to_have_count(0)
    assert not EvidenceRecord.objects.exists()

    send(page, "Hill")
    expect(page.get_by_role("combobox", name="Seen there")).to_have_value("Notes")  # as last time
    check(page)
    expect(page.get_by_role("table").get_by_text("Problem", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Bring these in").click()
    expect(page.get_by_role("heading", name="Brought in")).to_be_visible()
    look(page)
    titles = EvidenceRecord.objects.order_by("title").values_list("title", flat=True)
    assert [*titles] == ["Year 4 reading", "Year 5 fractions"]

    page.get_by_role("link", name="Undo the whole import").click()
    look(page)
    page.get_by_role("button", name="Undo it").click()
    expect(page.get_by_role("heading", name="Undone")).to_be_visible()
    look(page)
    assert not EvidenceRecord.objects.exists()
