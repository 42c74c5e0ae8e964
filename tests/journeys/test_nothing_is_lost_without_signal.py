"""A day with no signal: twenty visits with photos, a reload, a killed browser, and every word arrives once."""

import io
import os
import re
import signal
import subprocess

import pytest
from PIL import Image
from playwright.sync_api import sync_playwright

from tests.factories import (
    ActivityFactory,
    InstrumentVersionFactory,
    LineOfEnquiryFactory,
    LookForFactory,
    ReviewFactory,
    person,
)
from tests.journeys.browsing import FLAGS, PHONE, TABLET, find_chromium, look
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
    for number in range(VISITS):
        visit = ActivityFactory.create(
            review=review, title=f"Visit {number:02}", instrument_version=form
        )
        visit.lines.add(line)
        visit.reviewers.add(reviewer.person)
        made.append(visit)
    return reviewer, made


class Tablet:
    """A browser with a profile on disk, that can be killed and started again."""

    def __init__(self, playwright, profile, url):
        self.playwright, self.profile, self.url = playwright, profile, url
        self.context = self.page = None

    def start(self, *, offline=False):
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        self.context = self.playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=find_chromium(),
            args=[*FLAGS, *(["--no-sandbox"] if root else [])],
            base_url=self.url,
            viewport=TABLET,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(20_000)
        self.context.set_offline(offline)
        self.page = self.context.pages[0]
        return self.page

    def kill(self):
        """End the browser's process as the power going out would: nothing is asked, nothing closed."""
        asked = ["pgrep", "-f", f"user-data-dir={self.profile}"]
        for pid in subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split():
            try:
                os.kill(int(pid), signal.SIGKILL)
            except ProcessLookupError:
                continue
        try:
            self.context.close()
        except Exception:  # noqa: BLE001, S110 -- the driver finds its browser gone, as meant
            pass


@pytest.fixture
def tablet(live_server, tmp_path):
    with sync_playwright() as playwright:
        made = Tablet(playwright, tmp_path / "profile", live_server.url)
        yield made
        made.context.close()


def photo(number):
    drawn = io.BytesIO()
    Image.effect_noise((640, 480), 40 + number).convert("RGB").save(drawn, "JPEG")
    return {"name": f"book-{number}.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()}


def words(number):
    return f"Visit {number}: {ODD}"


def on_device(page):
    page.locator("#state").get_by_text(re.compile("On this device|could not reach")).wait_for()


def open_visit(page, number):
    page.goto("/evidence/entries/new/")
    row = page.get_by_role("listitem").filter(has_text=f"Visit {number:02}")
    row.get_by_role("link").first.click()
    page.locator(".is-live").wait_for()


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
    page.locator("#photos-here").get_by_text(f"book-{number}.jpg").wait_for()
    on_device(page)


def test_twenty_visits_without_signal_arrive_once_and_word_for_word(visits, tablet, live_server):
    reviewer, made = visits
    page = tablet.start()
    tablet.context.add_cookies(
        [signed_in_cookie(reviewer, live_server.url) | {"expires": 2**31 - 1}]
    )
    page.goto("/evidence/entries/new/")
    page.locator("#ready").get_by_text(re.compile("^Ready for no signal")).wait_for()
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    look(page)

    tablet.context.set_offline(True)
    for number in range(VISITS):
        write(page, number)
    page.reload()
    page.locator(".is-live").wait_for()
    assert words(VISITS - 1) in page.locator("#notes").inner_text()
    assert EvidenceRecord.objects.count() == 0

    tablet.kill()
    page = tablet.start(offline=True)
    page.goto("/evidence/entries/new/")
    page.locator("#device-list li").nth(VISITS - 1).wait_for()
    page.locator("#device-list").get_by_role("link", name="Visit 07").click()
    page.locator(".is-live").wait_for()
    assert words(7) in page.locator("#notes").inner_text()
    page.get_by_label("Your note").fill("Written after the restart")
    page.get_by_role("button", name="Add note").click()
    on_device(page)

    tablet.context.set_offline(False)
    page.goto("/evidence/entries/new/")
    page.get_by_text("Nothing waits on this device").or_(
        page.locator("#device-list li .tp-deliv--ok").nth(VISITS - 1)
    ).wait_for(timeout=60_000)
    look(page)

    records = list(EvidenceRecord.objects.order_by("title"))
    assert [record.title for record in records] == [f"Visit {n:02}" for n in range(VISITS)]
    assert [record.activity_id for record in records] == [visit.pk for visit in made]
    for number, record in enumerate(records):
        said = [note.text for note in record.notes.order_by("position")]
        assert said == [words(number), *(["Written after the restart"] if number == 7 else [])]
        assert record.answers == {"focus": f"Focus {number}", "calm": "yes"}
        assert record.notes.first().kind == Note.Kind.EBI
        assert record.attachments.get().name == f"book-{number}.jpg"
    assert Attachment.objects.count() == VISITS


def test_nobody_else_on_the_tablet_sees_a_draft(visits, open_page):
    reviewer, made = visits
    page = open_page(reviewer, size=PHONE)
    page.goto("/evidence/entries/new/")
    page.locator("#ready").get_by_text(re.compile("^Ready")).wait_for()
    page.context.set_offline(True)
    open_visit(page, 3)
    page.get_by_label("Your note").fill("Mine alone")
    on_device(page)
    page.context.set_offline(False)
    page.route("**/api/v1/evidence/*-*", lambda route: route.abort())  # the room has no signal yet

    page.goto("/")
    page.locator("#waiting").get_by_text("1", exact=True).wait_for()
    look(page)
    page.locator("summary.tp-user").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Not everything is in Trigpoint yet").wait_for()
    look(page)
    with page.expect_download() as copy:
        page.get_by_role("button", name="Save a copy").click()
    assert "Mine alone" in copy.value.path().read_text()
    page.get_by_role("button", name="Sign out all the same").click()
    page.wait_for_url("**/sign-in/")

    other = person(Role.REVIEWER, at=reviewer.trust)
    page.context.add_cookies([signed_in_cookie(other, page.url)])
    page.goto("/evidence/entries/new/")
    page.get_by_text("Nothing waits on this device").wait_for()
    assert "Visit 03" not in page.inner_text("main")

    page.context.add_cookies([signed_in_cookie(reviewer, page.url)])
    page.unroute("**/api/v1/evidence/*-*")
    page.goto("/evidence/entries/new/")
    page.locator("#device-list").get_by_text(re.compile("^Received at")).wait_for()
    assert EvidenceRecord.objects.get().notes.get().text == "Mine alone"
    assert EvidenceRecord.objects.get().author == reviewer.person
