"""What goes wrong while one writes is said on screen, and nothing typed is lost by it."""

import datetime as dt
import io
import re
from uuid import uuid4

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
from tests.journeys.browsing import PHONE, SAVES, TABLET, look
from tests.journeys.conftest import signed_in_cookie
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.people.models import Grant
from trigpoint.people.roles import Role

DRAWN = re.compile(r"/entries/[^/]+/capture/")  # the page one writes in


@pytest.fixture
def activity(transactional_db):
    standard = LookForFactory.create().standard
    review = ReviewFactory.create(academy__trust=standard.trust, policy_version=standard.version)
    form = InstrumentVersionFactory.create(
        instrument__trust=review.trust,
        content={
            "sections": [
                {
                    "title": "What was seen",
                    "questions": [{"key": "focus", "type": "short_text", "label": "The focus?"}],
                }
            ]
        },
    )
    return ActivityFactory.create(review=review, title="Year 4", instrument_version=form)


@pytest.fixture
def reviewer(activity):
    return person(Role.REVIEWER, at=activity.trust)


def begin(page, activity):
    page.goto(f"/evidence/entries/new/?activity={activity.pk}")
    page.wait_for_url("**/capture/**")
    page.locator("#capture.is-live").wait_for()


def says(page, words):
    page.locator("#state").get_by_text(re.compile(words)).wait_for()


def typed(text):
    return EvidenceRecord.objects.get().notes.filter(text=text).exists()


def leave_room_for(page, size):
    """Let the browser give this site no more than so many bytes, as on a device that is full."""
    browser = page.context.new_cdp_session(page)
    origin = page.evaluate("() => location.origin")
    browser.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": size})


def photo():
    drawn = io.BytesIO()
    Image.effect_noise((2048, 2048), 120).convert("RGB").save(drawn, "JPEG")
    return {"name": "book.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()}


def test_a_device_without_any_room_is_said_and_the_server_keeps_it(activity, reviewer, open_page):
    page = open_page(reviewer, size=TABLET)
    page.goto("/people/sign-in/")
    leave_room_for(page, 1)

    begin(page, activity)
    page.get_by_label("Your note").fill("Kept by the server alone")
    page.get_by_text("This device is full, so it keeps nothing more").wait_for()
    look(page)
    says(page, "^Saved at")

    assert typed("Kept by the server alone")


def test_words_no_device_keeps_are_asked_about_where_one_signs_out(activity, reviewer, open_page):
    page = open_page(reviewer, size=TABLET)
    page.goto("/people/sign-in/")
    leave_room_for(page, 1)
    begin(page, activity)
    page.route(SAVES, lambda route: route.abort())  # no signal in this room
    page.get_by_label("Your note").fill("On this page alone")
    says(page, "^Not kept on this device")

    other = page.context.new_page()
    other.goto("/people/sign-out/")
    other.wait_for_load_state("networkidle")
    other.get_by_role("button", name="Sign out", exact=True).click()
    other.get_by_text("What you typed in another window is not kept").wait_for()
    look(other)
    other.get_by_role("button", name="Stay").click()
    page.unroute(SAVES)
    says(page, "^Saved at")

    assert typed("On this page alone")


def test_a_photo_that_does_not_fit_any_more_is_said(activity, reviewer, open_page):
    page = open_page(reviewer, size=TABLET)
    page.goto("/people/sign-in/")
    leave_room_for(page, 2 * 1024 * 1024)
    begin(page, activity)
    page.get_by_label("Your note").fill("First")
    says(page, "^Saved at")

    page.get_by_role("link", name="Photos").click()
    page.set_input_files("#photo-file", photo())

    page.locator("#photo-state").get_by_text("this device is full").wait_for()
    look(page)
    assert typed("First")


def test_too_little_room_is_said_before_the_visit(activity, reviewer, open_page):
    page = open_page(reviewer, size=PHONE)
    page.goto("/")
    leave_room_for(page, 8 * 1024 * 1024)

    page.goto("/evidence/entries/new/")

    page.locator("#worries").get_by_text("hardly any room left").wait_for()
    look(page)


@pytest.mark.parametrize("days", [-3, 3])
def test_a_clock_that_is_days_wrong_loses_nothing(activity, reviewer, open_page, days):
    page = open_page(reviewer, size=TABLET)
    page.context.clock.install(time=dt.datetime.now(dt.UTC) + dt.timedelta(days=days))
    begin(page, activity)

    page.get_by_label("Your note").fill("Written by a wrong clock")
    page.context.clock.run_for(2_000)
    says(page, "^Saved at")

    assert typed("Written by a wrong clock")


def test_a_record_is_written_in_one_window_at_a_time(activity, reviewer, open_page):
    first = open_page(reviewer, size=TABLET)
    begin(first, activity)
    first.get_by_label("Your note").fill("In the first window")
    says(first, "^Saved at")

    second = first.context.new_page()
    second.goto(first.url)
    second.locator("#capture.is-live").wait_for()
    first.get_by_text("You went on with this record in another window").wait_for()
    look(first)
    second.get_by_label("Your note").fill("In the second window")
    says(second, "^Saved at")

    assert first.locator("main").evaluate("(main) => main.inert")
    said = {note.text for note in EvidenceRecord.objects.get().notes.all()}
    assert said == {"In the first window", "In the second window"}


def test_a_right_that_ends_mid_visit_keeps_the_words_with_their_author(
    activity, reviewer, open_page
):
    page = open_page(reviewer, size=TABLET)
    begin(page, activity)
    page.get_by_label("Your note").fill("Before")
    says(page, "^Saved at")
    Grant.objects.filter(person=reviewer.person).delete()

    page.get_by_label("Your note").fill("Before, and after")
    says(page, "^Not saved: ")
    look(page)
    with page.expect_download() as copy:
        page.get_by_role("button", name="Save a copy").click()

    assert "Before, and after" in copy.value.path().read_text()
    assert EvidenceRecord.objects.get().notes.get().text == "Before"


def test_a_role_that_ended_leaves_its_unsent_draft_with_its_author(
    activity, reviewer, open_page, live_server
):
    page = open_page(reviewer, size=TABLET)
    begin(page, activity)
    page.route(SAVES, lambda route: route.abort())  # no signal in this room
    page.get_by_role("link", name="Questions").click()
    page.get_by_label("The focus?").fill("Fractions")
    says(page, "^On this device")
    page.goto("/people/account/")
    page.locator("#waiting").wait_for()
    page.locator(".tp-menu summary.tp-user").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign out all the same").click()
    page.wait_for_url("**/sign-in/")
    Grant.objects.filter(person=reviewer.person).delete()

    page.context.add_cookies([signed_in_cookie(reviewer, live_server.url)])
    page.unroute(SAVES)
    page.goto("/")
    page.locator("#waiting").click()
    page.locator("#device-list").get_by_text("give you the role back").wait_for()
    page.locator("summary", has_text="Read it").click()
    page.get_by_text("The focus?: Fractions").wait_for()
    look(page)
    with page.expect_download() as copy:
        page.get_by_role("button", name="Save a copy").click()
    page.once("dialog", lambda asked: asked.accept())
    page.get_by_role("button", name="Take off this device").click()
    page.get_by_text("Nothing waits on this device").wait_for()

    assert "Fractions" in copy.value.path().read_text()
    assert not EvidenceRecord.objects.exists()


KEYS = """() => new Promise((made, failed) => {
  const asked = indexedDB.open("trigpoint-capture");
  asked.onerror = () => failed(asked.error);
  asked.onsuccess = () => {
    const keys = asked.result.transaction("people").objectStore("people").count();
    keys.onsuccess = () => made(keys.result);
  };
})"""


def test_the_page_that_signs_out_asks_first_and_shuts_the_device(activity, reviewer, open_page):
    page = open_page(reviewer, size=TABLET)
    begin(page, activity)
    page.route(SAVES, lambda route: route.abort())  # no signal in this room
    page.get_by_label("Your note").fill("Not sent yet")
    says(page, "^On this device")
    page.goto("/people/sign-out/")
    page.locator("#waiting").wait_for()
    assert page.evaluate(KEYS) == 1

    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("heading", name="Not everything is in Trigpoint yet").wait_for()
    look(page)
    page.get_by_role("button", name="Sign out all the same").click()
    page.wait_for_url("**/sign-in/")

    assert page.evaluate(KEYS) == 0


def publish_anew(form):
    """Publish the next version of a form, which asks something else."""
    asked = [{"key": "aim", "type": "short_text", "label": "The aim?"}]
    InstrumentVersionFactory.create(
        instrument=form.instrument,
        number=form.number + 1,
        published_on=form.published_on,
        content={"sections": [{"title": "Anew", "questions": asked}]},
    )


def test_a_form_published_anew_meanwhile_hides_no_answer(activity, reviewer, open_page):
    form = activity.instrument_version
    activity.delete()
    page = open_page(reviewer, size=TABLET)
    page.goto(
        f"/evidence/entries/{uuid4()}/capture/?review={activity.review_id}&kind={form.instrument.kind}"
    )
    page.locator("#capture.is-live").wait_for()
    page.route(SAVES, lambda route: route.abort())  # no signal in this room
    page.get_by_role("link", name="Questions").click()
    page.get_by_label("The focus?").fill("Fractions")
    says(page, "^On this device")
    publish_anew(form)

    page.unroute(SAVES)
    page.reload()
    page.locator("#capture.is-live").wait_for()
    page.get_by_role("link", name="Questions").click()
    page.get_by_text("Kept from the earlier form").wait_for()
    page.get_by_text("The focus?: Fractions").wait_for()
    says(page, "^Saved at")
    look(page)
    page.reload()
    page.locator("#capture.is-live").wait_for()
    page.get_by_role("link", name="Questions").click()
    page.get_by_label("The aim?").fill("To share fairly")
    says(page, "^Saved at")
    kept = EvidenceRecord.objects.get().answers
    page.get_by_label("Take this out").check()
    says(page, "^Saved at")

    assert kept == {"focus": "Fractions", "aim": "To share fairly"}
    assert EvidenceRecord.objects.get().answers == {"aim": "To share fairly"}


def test_what_the_page_has_no_place_for_any_more_is_shown_and_can_be_taken_out(
    activity, reviewer, open_page
):
    line = LineOfEnquiryFactory.create(review=activity.review)
    page = open_page(reviewer, size=TABLET)
    begin(page, activity)
    page.route(SAVES, lambda route: route.abort())  # no signal in this room
    page.get_by_label("Your note").fill("Readers catch up")
    page.get_by_role("link", name="Details").click()
    page.get_by_label(line.question).check()
    says(page, "^On this device")
    line.delete()

    page.unroute(SAVES)
    page.reload()
    page.locator("#capture.is-live").wait_for()
    says(page, "^Not saved: ")
    page.get_by_role("link", name="Questions").click()
    page.get_by_text("A line of enquiry the review no longer has").wait_for()
    look(page)
    page.get_by_label("Take this out").check()
    says(page, "^Saved at")

    assert typed("Readers catch up")


def test_a_page_of_an_older_release_says_that_it_is_one(activity, reviewer, open_page):
    page = open_page(reviewer, size=TABLET)
    page.goto("/people/sign-in/")
    page.evaluate(
        """() => new Promise((made) => { indexedDB.open("trigpoint-capture", 99).onsuccess = made; })
        .then((event) => event.target.result.close())"""
    )

    page.goto(f"/evidence/entries/{uuid4()}/capture/?activity={activity.pk}")
    page.get_by_text("Trigpoint was updated since this page was made").wait_for()
    look(page)
    page.goto("/evidence/entries/new/")
    page.get_by_text("Trigpoint was updated since this page was made").wait_for()


NEWER = """() => new Promise((made, failed) => {
  const asked = indexedDB.open("trigpoint-capture", 99);
  asked.onupgradeneeded = () => asked.result.createObjectStore("of-a-newer-release");
  asked.onerror = () => failed(asked.error);
  asked.onsuccess = () => {
    const rows = asked.result.transaction("records").objectStore("records").getAll();
    rows.onsuccess = () => made(rows.result.map((row) => row.state));
  };
})"""


def test_a_newer_release_in_another_window_drops_no_draft(activity, reviewer, open_page):
    page = open_page(reviewer, size=TABLET)
    begin(page, activity)
    page.route(SAVES, lambda route: route.abort())
    page.get_by_label("Your note").fill("Written with the old release")
    says(page, "^On this device")
    newer = page.context.new_page()
    newer.goto("/people/sign-in/")

    kept = newer.evaluate(NEWER)

    page.get_by_text("Trigpoint was updated in another window").wait_for()
    look(page)
    assert kept == ["device"]


def test_a_page_drawn_before_the_words_arrived_shows_them_all_the_same(
    activity, reviewer, open_page
):
    page = open_page(reviewer, size=TABLET, service_workers="block")
    begin(page, activity)
    page.get_by_label("Your note").fill("First")
    says(page, "^Saved at")
    page.reload()
    page.locator("#capture.is-live").wait_for()
    drawn = page.context.request.get(page.url).text()
    page.get_by_label("Your note").fill("Second")
    says(page, "^Saved at")

    page.route(DRAWN, lambda route: route.fulfill(body=drawn, content_type="text/html"))
    page.reload()
    page.locator("#capture.is-live").wait_for()

    assert page.locator("#notes [data-cap='text']").all_text_contents() == ["First", "Second"]


def test_a_page_that_was_cut_off_on_its_way_is_not_written_in(activity, reviewer, open_page):
    page = open_page(reviewer, size=TABLET, service_workers="block")
    begin(page, activity)
    page.get_by_label("Your note").fill("First")
    says(page, "^Saved at")
    drawn = page.context.request.get(page.url).text()
    torn = drawn[: drawn.index('id="part-details"')]

    page.route(DRAWN, lambda route: route.fulfill(body=torn, content_type="text/html"))
    page.reload()

    page.get_by_text("This page did not arrive whole").wait_for()
    assert not page.locator("#capture.is-live").count()
