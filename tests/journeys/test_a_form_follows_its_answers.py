"""A form with snapshots and conditions is filled on a phone, also with no signal."""

import io
import re

import pytest
from PIL import Image

from tests.factories import ActivityFactory, InstrumentVersionFactory, ReviewFactory, person
from tests.journeys.browsing import PHONE, look
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.people.roles import Role

SEEN = [{"value": "low", "label": "L"}, {"value": "high", "label": "H"}]
FORM = {
    "naming": "OFF",
    "sections": [
        {
            "title": "Snapshots",
            "key": "snap",
            "repeats": {"most": 3, "word": "Snapshot"},
            "questions": [
                {"key": "task", "type": "single_choice", "label": "On task", "choices": SEEN},
                {
                    "key": "why",
                    "type": "long_text",
                    "label": "Why so few?",
                    "shown_if": {"question": "task", "any_of": ["low"]},
                },
            ],
        },
        {
            "title": "The room",
            "questions": [
                {"key": "calm", "type": "yes_no", "label": "Was it calm?"},
                {"key": "wall", "type": "photo", "label": "The working wall"},
            ],
        },
    ],
}


@pytest.fixture
def activity(transactional_db):
    review = ReviewFactory.create()
    form = InstrumentVersionFactory.create(instrument__trust=review.trust, content=FORM)
    return ActivityFactory.create(review=review, title="Year 4", instrument_version=form)


def wall():
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(drawn, "PNG")
    return {"name": "wall.png", "mimeType": "image/png", "buffer": drawn.getvalue()}


def snapshot(page, number):
    return page.locator(f"[data-round='{number}']").first


def test_snapshots_come_one_by_one_and_questions_when_they_are_asked(activity, open_page):
    page = open_page(person(Role.REVIEWER, at=activity.trust), size=PHONE)
    page.goto(f"/evidence/entries/new/?activity={activity.pk}")
    page.wait_for_url("**/capture/**")
    page.locator("#capture.is-live").wait_for()
    page.get_by_role("link", name="Questions").click()

    assert page.locator("[data-repeats] [data-round]").count() == 1
    assert snapshot(page, 1).get_by_label("Why so few?").is_hidden()
    snapshot(page, 1).get_by_label("L", exact=True).check()
    snapshot(page, 1).get_by_label("Why so few?").fill("Half wait for books")
    snapshot(page, 2).get_by_label("H", exact=True).check()
    assert page.locator("[data-repeats] [data-round]").count() == 3
    assert snapshot(page, 2).get_by_label("Why so few?").is_hidden()
    look(page)
    page.get_by_role("link", name="Add photos").click()
    page.set_input_files("#photo-file", wall())
    page.locator("#photos").get_by_text("wall.jpg").first.wait_for()
    page.reload()
    page.locator("#capture.is-live").wait_for()
    page.get_by_role("link", name="Questions").click()
    assert snapshot(page, 1).get_by_label("Why so few?").input_value() == "Half wait for books"
    page.locator("#state").get_by_text(re.compile("^Saved")).wait_for()

    record = EvidenceRecord.objects.get()
    snaps = [{"task": "low", "why": "Half wait for books"}, {"task": "high"}]
    assert record.answers == {"snap": snaps}
    assert record.attachments.get().question == "wall"
