"""The main screens as each role opens them: in the dark, on a phone, and by keyboard alone."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine

from tests.factories import (
    AcademyFactory,
    ActionFactory,
    ActivityFactory,
    BodyFactory,
    CitationFactory,
    ClaimFactory,
    EvidenceRecordFactory,
    FindingFactory,
    InstrumentVersionFactory,
    JudgementFactory,
    LineOfEnquiryFactory,
    LookForFactory,
    MeetingFactory,
    NoteFactory,
    ReportFactory,
    ReportStatementFactory,
    ReviewFactory,
    person,
)
from tests.journeys.browsing import PHONE, look
from trigpoint.insight.standings import operations as standings
from trigpoint.people.roles import Role

NOW = dt.datetime(2025, 11, 12, 13, tzinfo=dt.UTC)  # an hour after the visit
FORM = {
    "sections": [
        {
            "title": "What was seen",
            "questions": [{"key": "focus", "type": "short_text", "label": "What was the focus?"}],
        }
    ]
}
WIDER_THAN_THE_WINDOW = "document.documentElement.scrollWidth - window.innerWidth"
FOCUSED = """() => {
  const on = document.activeElement;
  return on === document.body ? "" : [on.ariaLabel, on.labels?.[0]?.innerText, on.innerText].filter(Boolean).join(" ");
}"""
OPENED = {
    Role.QA_LEAD: (
        "/insight/trust/",
        "/reviews/",
        "/reviews/{review}/",
        "/judgements/reviews/{review}/claims/",
        "/reporting/reports/{report}/",
        "/improvement/actions/",
        "/policies/",
    ),
    Role.REVIEWER: ("/evidence/entries/new/", "/evidence/entries/", "/evidence/entries/{record}/"),
    Role.HEADTEACHER: ("/insight/academies/{academy}/", "/judgements/findings/"),
    Role.STAFF: ("/insight/me/", "/people/account/"),
    Role.TRUSTEE: ("/governance/assurance/", "/governance/meetings/{meeting}/"),
    Role.ADMINISTRATOR: ("/trusts/", "/people/staff/", "/people/roles/"),
    Role.DPO: ("/people/grants/",),
}


@pytest.fixture
def world(transactional_db):
    """An academy in the middle of a review, with an earlier one behind it."""
    with time_machine.travel(NOW, tick=True):
        yield _world()


def _world():
    look_for = LookForFactory.create(text="Every pupil reads aloud")
    standard = look_for.standard
    academy = AcademyFactory.create(trust=standard.trust, name="Ash Lane Primary")
    review = ReviewFactory.create(
        academy=academy, policy_version=standard.version, status="FIELDWORK", title="Reading"
    )
    line = LineOfEnquiryFactory.create(review=review)
    line.standards.add(standard)
    form = InstrumentVersionFactory.create(instrument__trust=review.trust, content=FORM)
    visit = ActivityFactory.create(review=review, title="Year 4 reading", instrument_version=form)
    visit.lines.add(line)
    staff = person(Role.STAFF, at=academy)
    record = EvidenceRecordFactory.create(review=review, observed=staff.person, shared=True)
    NoteFactory.create(record=record, kind="WWW", text="Partner reading starts at once")
    claim = ClaimFactory.create(review=review, standard=standard, agreed=True)
    CitationFactory.create(claim=claim, record=record)
    JudgementFactory.create(review=review, area=standard.area, academy=academy)
    finding = FindingFactory.create(review=review, area=standard.area, published=True)
    ActionFactory.create(finding=finding)
    report = ReportFactory.create(review=review, final=True)
    ReportStatementFactory.create(report=report, claim=claim)
    body = BodyFactory.create(trust=review.trust)
    meeting = MeetingFactory.create(body=body)
    standings.system_rebuild(review.trust_id)
    return SimpleNamespace(
        academy=academy, review=review, visit=visit, record=record, report=report,
        meeting=meeting, staff=staff,
    )  # fmt: skip


def user_of(world, role):
    if role == Role.STAFF:
        return world.staff
    return person(role, at=world.academy if role == Role.HEADTEACHER else world.academy.trust)


def address(world, place):
    things = ("academy", "review", "record", "report", "meeting")
    return place.format(**{name: getattr(world, name).pk for name in things})


@pytest.mark.parametrize("role", OPENED)
def test_opens_in_the_dark(world, open_page, role):
    page = open_page(user_of(world, role), now=NOW, color_scheme="dark")
    for place in OPENED[role]:
        answer = page.goto(address(world, place))
        assert answer.ok, f"{place} answers {answer.status}"
        assert page.locator("html").get_attribute("data-bs-theme") == "dark"
        look(page)


@pytest.mark.parametrize("role", OPENED)
def test_fits_a_phone(world, open_page, role):
    page = open_page(user_of(world, role), now=NOW, size=PHONE)
    for place in OPENED[role]:
        page.goto(address(world, place))
        assert page.evaluate(WIDER_THAN_THE_WINDOW) <= 0, f"{place} is wider than a phone"
        look(page)


def test_captures_on_a_phone_by_keyboard_alone(world, open_page):
    reviewer = person(Role.REVIEWER, at=world.academy.trust)
    world.visit.reviewers.add(reviewer.person)
    page = open_page(reviewer, now=NOW, size=PHONE)
    page.goto("/evidence/entries/new/")
    press_at(page, "Year 4 reading")
    page.wait_for_url("**/capture/**")
    look(page)
    tab_to(page, "Your note")
    page.keyboard.type("Partner reading starts at once")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Every pair has the text")
    page.keyboard.press("Control+Enter")
    page.locator("#state").get_by_text("Saved at").wait_for()
    look(page)

    press_at(page, "Questions")
    tab_to(page, "What was the focus?")
    page.keyboard.type("Suspense")
    press_at(page, "Finish")
    page.get_by_role("heading", name="Who can see this").wait_for()
    look(page)
    assert page.get_by_text("Every pair has the text").is_visible()
    press_at(page, "Submit")
    page.get_by_text("Submitted. The team can weigh it now.").wait_for()


def tab_to(page, name):
    """Press Tab until the thing of that name has the focus."""
    for _ in range(90):
        page.keyboard.press("Tab")
        if name in page.evaluate(FOCUSED):
            return
    pytest.fail(f"Tab never reaches “{name}” on {page.url}")


def press_at(page, name):
    tab_to(page, name)
    page.keyboard.press("Enter")
