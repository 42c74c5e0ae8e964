"""A reviewer writes while watching: nothing typed is lost, and each note says where it is."""

import io

import pytest
from django.conf import settings
from PIL import Image

from tests.factories import (
    ActivityFactory,
    InstrumentVersionFactory,
    LineOfEnquiryFactory,
    LookForFactory,
    ReviewFactory,
    person,
)
from tests.journeys.browsing import PHONE, SAVES, TABLET, look
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.people.roles import Role

PASSWORD = "a long and plain sentence"
FORM = {
    "sections": [
        {
            "title": "What was seen",
            "questions": [{"key": "focus", "type": "short_text", "label": "What was the focus?"}],
        }
    ]
}


@pytest.fixture
def activity(transactional_db):
    look_for = LookForFactory.create(text="Every pupil reads aloud")
    standard = look_for.standard
    review = ReviewFactory.create(
        academy__trust=standard.trust, policy_version=standard.version, title="Reading deep dive"
    )
    line = LineOfEnquiryFactory.create(review=review)
    line.standards.add(standard)
    form = InstrumentVersionFactory.create(instrument__trust=review.trust, content=FORM)
    made = ActivityFactory.create(review=review, title="Year 4 reading", instrument_version=form)
    made.lines.add(line)
    return made


def begin(page, activity):
    page.goto(f"/evidence/entries/new/?activity={activity.pk}")
    page.wait_for_url("**/capture/**")
    page.locator("#capture.is-live").wait_for()
    look(page)


def photo():
    drawn = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(drawn, "PNG")
    return {"name": "book.png", "mimeType": "image/png", "buffer": drawn.getvalue()}


def saved(page):
    page.locator("#state").get_by_text("Saved at").wait_for()


def test_captures_corrects_and_hands_in(activity, open_page):
    reviewer = person(Role.REVIEWER, at=activity.trust)
    page = open_page(reviewer, size=TABLET)

    begin(page, activity)
    page.get_by_label("Your note").fill("Partner reading starts at once")
    saved(page)
    assert EvidenceRecord.objects.get().notes.get().text == "Partner reading starts at once"

    page.get_by_text("WWW", exact=True).click()
    page.get_by_role("button", name="Every pupil reads aloud").click()
    page.get_by_role("button", name="Add note").click()
    page.locator(".tp-note").get_by_text("Received").wait_for()
    page.get_by_role("link", name="Questions").click()
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        page.get_by_label("What was the focus?").fill("Suspense")
    look(page)
    saved(page)

    page.reload()
    assert page.get_by_text("Partner reading starts at once").first.is_visible()
    page.get_by_role("link", name="Photos").click()
    look(page)
    page.set_input_files("#photo-file", photo())
    page.get_by_text("book.jpg").first.wait_for()

    page.get_by_role("button", name="Finish").click()
    page.get_by_role("heading", name="Who can see this").wait_for()
    look(page)
    page.get_by_role("button", name="Submit").click()
    page.get_by_text("Submitted. The team can weigh it now.").wait_for()
    record = EvidenceRecord.objects.get()
    assert (record.status, record.answers) == ("SUBMITTED", {"focus": "Suspense"})
    assert record.notes.get().look_for_ids
    assert record.attachments.get().name == "book.jpg"


def test_two_versions_are_shown_side_by_side(activity, open_page):
    reviewer = person(Role.REVIEWER, at=activity.trust)
    tablet = open_page(reviewer, size=TABLET)
    begin(tablet, activity)
    tablet.get_by_label("Your note").fill("First words")
    saved(tablet)

    phone = open_page(reviewer, size=PHONE)
    phone.goto(tablet.url)
    look(phone)
    phone.get_by_label("Your note").fill("Written on the phone")
    saved(phone)
    phone.get_by_role("link", name="Look-fors").click()
    look(phone)

    tablet.get_by_label("Your note").fill("Written on the tablet")
    tablet.get_by_role("heading", name="This record was changed somewhere else").wait_for()
    look(tablet)
    assert tablet.locator("#conflict-stored").get_by_text("Written on the phone").is_visible()
    tablet.get_by_role("button", name="Keep the notes of both").click()
    saved(tablet)

    assert {note.text for note in EvidenceRecord.objects.get().notes.all()} == {
        *("First words", "Written on the phone", "Written on the tablet")
    }


def test_whoever_signs_in_again_in_another_tab_goes_on_where_they_were(activity, open_page):
    reviewer = person(Role.REVIEWER, at=activity.trust)
    reviewer.set_password(PASSWORD)
    reviewer.save()
    page = open_page(reviewer, size=TABLET)
    begin(page, activity)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    page.get_by_label("Your note").fill("Typed after the session ended")
    page.get_by_role("link", name="Sign in again in another tab").wait_for()
    look(page)
    page.route(SAVES, lambda route: route.abort())  # so that it is the other tab that sends
    other = page.context.new_page()
    other.goto("/people/sign-in/")
    other.get_by_label("Email").fill(reviewer.email)
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    other.wait_for_url(lambda url: "sign-in" not in url)
    page.bring_to_front()
    saved(page)
    page.unroute(SAVES)
    page.get_by_label("Your note").press("End")
    page.keyboard.type(", and on")
    saved(page)

    assert EvidenceRecord.objects.get().notes.get().text == "Typed after the session ended, and on"
