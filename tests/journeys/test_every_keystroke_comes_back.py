"""The power goes at any moment of typing: what was typed two seconds before is there again.

Three moments in every run; ``KEYSTROKES_CUT=100 pytest tests/journeys/test_every_keystroke_comes_back.py``
takes a hundred.
"""

import os
import random
import re
import threading
import time
from contextlib import suppress
from uuid import uuid4

import pytest
from playwright.sync_api import Error

from tests.factories import ActivityFactory, InstrumentVersionFactory, ReviewFactory, person
from tests.journeys.conftest import signed_in_cookie
from trigpoint.people.roles import Role

CUTS = int(os.environ.get("KEYSTROKES_CUT", "3"))
BACK = 2  # seconds: what is older than that is never lost
# More than are typed before the power goes.
WORDS = "Pupils read in pairs; the teacher asks each what the author meant by the storm. " * 200


@pytest.fixture
def activity(transactional_db):
    review = ReviewFactory.create()
    form = InstrumentVersionFactory.create(instrument__trust=review.trust)
    return ActivityFactory.create(review=review, title="Year 4", instrument_version=form)


def type_until_the_power_goes(page, tablet, moment):
    """Type letter by letter; return how many letters were in by when, and when the power went."""
    typed, gone = [], []

    def cut():
        gone.append(time.monotonic())
        tablet.cut_power()

    threading.Timer(moment, cut).start()
    with suppress(Error):
        for count, letter in enumerate(WORDS, 1):
            page.keyboard.type(letter)
            typed.append((time.monotonic(), count))
    return typed, gone[0]


def kept(page):
    page.locator("#capture.is-live").wait_for()
    return page.locator("#notes [data-cap='text']").first.text_content()


def test_what_was_typed_two_seconds_before_the_power_went_is_there(activity, tablet, live_server):
    reviewer = person(Role.REVIEWER, at=activity.trust)
    chance = random.Random(20261129)  # noqa: S311 -- moments, not secrets
    page = tablet.start()
    cookie = signed_in_cookie(reviewer, live_server.url) | {"expires": 2**31 - 1}
    tablet.context.add_cookies([cookie])
    page.goto("/evidence/entries/new/")
    page.locator("#ready").get_by_text(re.compile("^Ready")).wait_for()
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.goto(f"/evidence/entries/new/?activity={activity.pk}")
    page.wait_for_url("**/capture/**")
    page.locator("#capture.is-live").wait_for()  # its page is put by
    tablet.context.set_offline(True)

    for _ in range(CUTS):
        address = f"/evidence/entries/{uuid4()}/capture/?activity={activity.pk}"
        page.goto(address)
        page.locator("#capture.is-live").wait_for()
        page.get_by_label("Your note").focus()
        typed, ended = type_until_the_power_goes(page, tablet, chance.uniform(3, 7))
        tablet.kill()
        page = tablet.start(offline=True)
        page.goto(address)

        old_enough = [count for at, count in typed if at < ended - BACK]
        assert old_enough, "the power went before anything was two seconds old"
        assert kept(page).startswith(WORDS[: old_enough[-1]].rstrip())
