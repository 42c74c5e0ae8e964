"""What every journey needs: a browser, a live server, and somebody to sign in as."""

import os
import threading

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import connection, connections
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.journeys import browsing
from tests.journeys.tablets import Tablet

# The browser's driver runs an event loop in this thread; the database is used from it all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items):
    """Everything in this folder is a journey; without a browser it is skipped, saying how to get one."""
    for item in items:
        if "/journeys/" in str(item.path):
            item.add_marker(pytest.mark.journey)
            if not browsing.find_chromium():
                item.add_marker(pytest.mark.skip(reason=browsing.GET_CHROMIUM))


@pytest.fixture(scope="session")
def driver():
    """What starts browsers, once for the whole run."""
    with sync_playwright() as playwright:
        yield playwright
        connections.close_all()  # inside the driver's loop Django gave this thread others of its own


@pytest.fixture(scope="session")
def chromium(driver):
    """One browser for the whole run; each journey gets a fresh profile in it."""
    browser = browsing.launch(driver)
    yield browser
    browser.close()


@pytest.fixture(autouse=True)
def one_request_at_a_time():
    """Let the server's threads take turns: on SQLite in memory all of them have one connection.

    Two transactions at once would be one there, and a device sends several things at once.
    """
    if connection.vendor != "sqlite":
        yield
        return
    turn, mine = threading.Lock(), threading.local()

    def take(**_):
        turn.acquire()
        mine.has_turn = True

    def give(**_):
        if mine.__dict__.pop("has_turn", False):  # not one that began before this journey
            turn.release()

    request_started.connect(take)
    request_finished.connect(give)
    yield
    turn.acquire(timeout=browsing.PATIENCE / 1000)  # the last request is over
    request_started.disconnect(take)
    request_finished.disconnect(give)


@pytest.fixture
def open_page(chromium, live_server):
    """Open a page in a fresh profile: ``open_page()``, ``open_page(user=…, size=TABLET)``.

    ``now=`` fixes what the browser takes for the time; cookies and timers run on as ever.
    """
    contexts, watched = [], []

    def open_one(user=None, *, size=browsing.DESK, now=None, **more):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport=size,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
            accept_downloads=True,
            **more,
        )
        context.set_default_timeout(browsing.PATIENCE)
        if now:
            context.clock.set_fixed_time(now)
        contexts.append(context)
        if user:
            context.add_cookies([signed_in_cookie(user, live_server.url)])
        page = context.new_page()
        watched.append(browsing.Manners(page, live_server.url))
        return page

    yield open_one
    for context in contexts:
        context.close()
    faults = [fault for manners in watched for fault in manners.faults]
    assert not faults, "\n".join(faults)


@pytest.fixture
def tablet(driver, live_server, tmp_path):
    """A browser whose power can be cut: ``tests.journeys.tablets``."""
    made = Tablet(driver, tmp_path / "profile", live_server.url)
    yield made
    made.context.close()


@pytest.fixture
def page(open_page):
    """Return a page of somebody who is not signed in, at a desk."""
    return open_page()


def signed_in_cookie(user, url):
    """Sign somebody in without the form, and return the cookie a browser would hold."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    return {"name": cookie.key, "value": cookie.value, "url": url}
