"""A day with no signal: twenty visits with photos, a reload, a killed browser, and every word arrives once."""

import datetime as dt
import io
import re

import pytest
from PIL import Image

from tests.factories import (
    ActivityFactory,
    InstrumentVersionFactory,
    LineOfEnquiryFactory,
    LookForFactory,
    ReviewFactory,
    person,
)
from tests.journeys.browsing import PATIENCE, PHONE, SAVES, look
from tests.journeys.conftest import signed_in_cookie
from trigpoint.evidence.models import Attachment, EvidenceRecord, Note
from trigpoint.people.roles import Role

VISITS = 20
ODD = "“Ça va?” <b>&amp;</b> 📖 Żółć\n\n  two spaces, 100% – it’s 3 × 4"
FORM = {
    "sections": [
        {
            "title": "What was seen",
            "questions": [
                {"key": "focus", "type": "short_text", "label": "What was the focus?"},
                {"key": "calm", "type": "yes_no", "label": "Was it calm?"},
            ],
        }
    ]
}


@pytest.fixture
def visits(transactional_db):
    look_for = LookForFactory.create(text="Every pupil reads aloud")
    standard = look_for.standard
    review = ReviewFactory.create(academy__trust=standard.trust, policy_version=standard.version)
    line = LineOfEnquiryFactory.create(review=review)
    line.standards.add(standard)
    form = InstrumentVersionFactory.create(instrument__trust=review.trust, content=FORM)
    reviewer = person(Role.REVIEWER, at=review.trust)
    made = []
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    for number in range(VISITS):
        starts_at = soon + number * dt.timedelta(minutes=30)
        visit = ActivityFactory.create(
            review=review,
            title=f"Visit {number:02}",
            instrument_version=form,
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(minutes=25),
        )
        visit.lines.add(line)
        visit.reviewers.add(reviewer.person)
        made.append(visit)
    return reviewer, made


def photo(number):
    drawn = io.BytesIO()
    Image.effect_noise((640, 480), 40 + number).convert("RGB").save(drawn, "JPEG")
    return {"name": f"book-{number}.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()}


def words(number):
    return f"Visit {number}: {ODD}"


def on_device(page):
    page.locator("#state").get_by_text(re.compile("^On this device")).wait_for()


def open_visit(page, number):
    page.goto("/evidence/entries/new/")
    row = page.get_by_role("listitem").filter(has_text=f"Visit {number:02}")
    row.get_by_role("link").first.click()
    page.locator("#capture.is-live").wait_for()


def write(page, number):
    open_visit(page, number)
    page.get_by_label("Your note").fill(words(number))
    page.get_by_text("EBI", exact=True).click()
    page.get_by_role("button", name="Every pupil reads aloud").click()
    page.get_by_role("button", name="Add note").click()
    page.get_by_role("link", name="Questions").click()
    page.get_by_label("What was the focus?").fill(f"Focus {number}")
    page.get_by_role("group", name="Was it calm?").get_by_label("Yes").check()
    page.get_by_role("link", name="Photos").click()
    page.set_input_files("#photo-file", photo(number))
    page.locator("#photos-here").get_by_text(f"book-{number}.jpg", exact=True).first.wait_for()
    on_device(page)


def get_ready(page):
    page.goto("/evidence/entries/new/")
    page.locator("#ready").get_by_text(re.compile("^Ready for no signal")).wait_for(
        timeout=2 * PATIENCE
    )
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    look(page)


def go_on_after_the_restart(page):
    page.goto("/evidence/entries/new/")
    page.locator("#device-list li").nth(VISITS - 1).wait_for()
    page.locator("#device-list").get_by_role("link", name="Visit 07").click()
    page.locator("#capture.is-live").wait_for()
    assert words(7) in page.locator("#notes").text_content()
    page.get_by_label("Your note").fill("Written after the restart")
    page.get_by_role("button", name="Add note").click()
    on_device(page)


def everything_arrived(page):
    page.goto("/evidence/entries/new/")
    page.locator("#device-list li .tp-deliv--ok").nth(VISITS - 1).wait_for(timeout=2 * PATIENCE)
    page.locator("#waiting").wait_for(state="hidden", timeout=2 * PATIENCE)
    look(page)


def is_as_typed(number, record):
    said = [note.text for note in record.notes.order_by("position")]
    assert said == [words(number), *(["Written after the restart"] if number == 7 else [])]
    assert record.answers == {"focus": f"Focus {number}", "calm": "yes"}
    assert record.notes.order_by("position").first().kind == Note.Kind.EBI
    assert record.attachments.get().name == f"book-{number}.jpg"


def test_twenty_visits_without_signal_arrive_once_and_word_for_word(visits, tablet, live_server):
    reviewer, made = visits
    page = tablet.start()
    cookie = signed_in_cookie(reviewer, live_server.url) | {"expires": 2**31 - 1}
    tablet.context.add_cookies([cookie])
    get_ready(page)

    tablet.context.set_offline(True)
    for number in range(VISITS):
        write(page, number)
    page.reload()
    page.locator("#capture.is-live").wait_for()
    assert words(VISITS - 1) in page.locator("#notes").text_content()
    tablet.kill()
    page = tablet.start(offline=True)
    go_on_after_the_restart(page)
    assert EvidenceRecord.objects.count() == 0
    tablet.kill()
    page = tablet.start()
    tablet.context.add_cookies([cookie])  # a browser that is killed may not have written it down
    everything_arrived(page)

    records = list(EvidenceRecord.objects.order_by("title"))
    assert [record.title for record in records] == [f"Visit {n:02}" for n in range(VISITS)]
    assert [record.activity_id for record in records] == [visit.pk for visit in made]
    for number, record in enumerate(records):
        is_as_typed(number, record)
    assert Attachment.objects.count() == VISITS


def leave_without_sending(page):
    """Sign out with something unsent: it is said, a copy can be saved, and it stays, shut."""
    page.goto("/")
    page.locator("#waiting").get_by_text("1", exact=True).wait_for()
    look(page)
    page.locator("summary.tp-user").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Not everything is in Trigpoint yet").wait_for()
    look(page)
    with page.expect_download() as copy:
        page.get_by_role("button", name="Save a copy").click()
    page.get_by_role("button", name="Sign out all the same").click()
    page.wait_for_url("**/sign-in/")
    return copy.value.path().read_text()


def test_nobody_else_on_the_tablet_sees_a_draft(visits, open_page, live_server):
    reviewer, _ = visits
    other = person(Role.REVIEWER, at=reviewer.person.trust)
    page = open_page(reviewer, size=PHONE)
    get_ready(page)
    page.route(SAVES, lambda route: route.abort())  # no signal in this room
    open_visit(page, 3)
    page.get_by_label("Your note").fill("Mine alone")
    on_device(page)

    assert "Mine alone" in leave_without_sending(page)
    page.context.add_cookies([signed_in_cookie(other, live_server.url)])
    page.goto("/evidence/entries/new/")
    page.get_by_text("Nothing waits on this device").wait_for()
    assert "Visit 03" not in page.inner_text("main")
    page.context.add_cookies([signed_in_cookie(reviewer, live_server.url)])
    page.unroute(SAVES)
    page.goto("/evidence/entries/new/")
    page.locator("#device-list").get_by_text(re.compile("^Received at")).wait_for()

    record = EvidenceRecord.objects.get()
    assert (record.notes.get().text, record.author) == ("Mine alone", reviewer.person)
