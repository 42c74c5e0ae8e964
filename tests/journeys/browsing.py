"""A real browser for the journeys: Debian's Chromium, driven from here, watched for bad manners."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, Playwright

GET_CHROMIUM = "needs Chromium: sudo apt install chromium (or set CHROMIUM to where it is)"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)
FLAGS = [
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
ACCESSIBLE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
# Only what is wrong comes back: to write down what is right takes longer than to look.
VIOLATIONS = """(tags) => axe
  .run({ runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] })
  .then((found) => found.violations)"""
# A piece that is being fetched is drawn pale on purpose; what counts is the page once it is there.
# What follows a scroll bar never ends and is no movement.
SETTLED = """() => !document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling")
  && document.getAnimations().every((one) =>
    one.playState !== "running" || one.timeline instanceof ScrollTimeline)"""
ANSWERS = (
    "the server responded with a status of 4",
    "net::ERR_INTERNET_DISCONNECTED",
    "net::ERR_FAILED",
)
PATIENCE = 60_000  # ms: a busy machine is slow, and only a journey that fails waits as long
SAVES = "**/api/v1/evidence/*-*"  # where a record is sent
DESK = {"width": 1440, "height": 900}
TABLET = {"width": 820, "height": 1180}
PHONE = {"width": 390, "height": 844}


def find_chromium() -> str | None:
    """Return where Chromium is on this machine, or None."""
    named = [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES)]
    there = [place for place in PLACES if Path(place).exists()]
    return next(filter(None, [*named, *there]), None)


def launch(playwright: Playwright) -> Browser:
    """Start Chromium without a window. Root, as in a container, has no sandbox to offer."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return playwright.chromium.launch(
        executable_path=find_chromium(), args=[*FLAGS, *(["--no-sandbox"] if root else [])]
    )


class Manners:
    """What a page must not do: ask another server for anything, or complain on the console."""

    def __init__(self, page: Page, origin: str) -> None:
        self.origin = urlsplit(origin).netloc
        self.faults: list[str] = []
        page.on("request", lambda request: self._asked(request.url))
        page.on("console", lambda said: self._said(said.type, said.text))
        page.on("pageerror", self._broke)

    def _broke(self, error: Exception) -> None:
        self.faults.append(f"script: {error}")

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.origin:
            self.faults.append(f"asked another server: {url}")

    def _said(self, kind: str, text: str) -> None:
        # Chromium also reports each refused form (422, 409) as an error; those are answers. So it
        # does where a journey has no signal.
        if kind == "error" and not any(words in text for words in ANSWERS):
            self.faults.append(f"console: {text}")


def look(page: Page) -> None:
    """Check the page as it stands against WCAG 2.2 AA; fail with each rule, its help and the place."""
    page.wait_for_load_state()
    page.wait_for_function(SETTLED)
    page.evaluate(AXE_SCRIPT)
    faults = [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n    {node['html'][:200]}"
        for rule in page.evaluate(VIOLATIONS, ACCESSIBLE)
        for node in rule["nodes"]
    ]
    assert not faults, f"{page.url} is not accessible:\n" + "\n".join(faults)
