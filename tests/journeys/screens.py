"""Draw the pictures in docs/screens: the main screens on the demo trust, as those who use them.

``make screens``. Builds a demo of its own in ``var/screens``, serves it, signs in with the
one-press buttons, and photographs each screen. Changes nothing else.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.journeys.browsing import DESK, GET_CHROMIUM, PHONE, TABLET, find_chromium, launch

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "var" / "screens"
PICTURES = ROOT / "docs" / "screens"


@dataclass(frozen=True)
class Picture:
    """One picture: whose screen, where to begin, and which links to follow from there."""

    name: str
    role: str  # the first words of the button on the sign-in page
    start: str = "/"
    follow: tuple[str, ...] = ()  # CSS selectors of links, pressed one after another
    size: str = "desk"
    dark: bool = False


CELL = "main a[href*='area=teaching-and-learning']"
IN_FIELDWORK = "main tr:has(:text-is('Fieldwork')) a[href^='/reviews/']"
A_REPORT = "main a[href^='/reporting/reports/']:not([href*='?'])"
A_DRAFT = "main a[href*='/policies/drafts/']"
DIFFERENCES = "main a[href*='/differences/']"
PLANNED = "main a[data-mint]"
AN_INSTRUMENT = "main a[href^='/instruments/']:text-is('Lesson visit')"
NEXT_VERSION = "main form[action$='/follow/'] button"
PUPILS_ASKED = "main a:text-is('Reading at our school')"
CLAIMS = "main a[href*='/claims/']"
SIZES: dict[str, ViewportSize] = {
    "desk": {"width": DESK["width"], "height": DESK["height"]},
    "tablet": {"width": TABLET["width"], "height": TABLET["height"]},
    "phone": {"width": PHONE["width"], "height": PHONE["height"]},
}
SHOWN = (
    Picture("sign-in", "", "/people/sign-in/"),
    Picture("overview-trust", "Trust QA lead", "/insight/trust/"),
    Picture("overview-trust-dark", "Trust QA lead", "/insight/trust/", dark=True),
    Picture("overview-trust-why", "Trust QA lead", "/insight/trust/", (CELL,)),
    Picture("policy", "Trust QA lead", "/policies/"),
    Picture("policy-draft", "Trust QA lead", "/policies/", (A_DRAFT,)),
    Picture("policy-differences", "Trust QA lead", "/policies/", (A_DRAFT, DIFFERENCES)),
    Picture("coverage", "Trust QA lead", "/reviews/coverage/"),
    Picture("calendar", "Trust QA lead", "/reviews/programme/"),
    Picture("reviews", "Trust QA lead", "/reviews/"),
    Picture("review-workspace", "Reviewer", "/reviews/", (IN_FIELDWORK,)),
    Picture("corroborate", "Trust QA lead", "/reporting/reports/", (A_REPORT, CLAIMS)),
    Picture("evidence", "Reviewer", "/evidence/entries/"),
    Picture("evidence-search", "Trust QA lead", "/evidence/entries/?q=vocabulary"),
    Picture("capture-day-phone", "Reviewer", "/evidence/entries/new/", size="phone"),
    Picture("instruments", "Trust QA lead", "/instruments/"),
    Picture("instrument-draft", "Trust QA lead", "/instruments/", (AN_INSTRUMENT, NEXT_VERSION)),
    Picture("survey-make", "Headteacher", "/evidence/surveys/make/"),
    Picture("survey-results", "Reviewer", "/evidence/surveys/", (PUPILS_ASKED,)),
    Picture("capture-tablet", "Reviewer", "/evidence/entries/new/", (PLANNED,), size="tablet"),
    Picture("report", "Trust QA lead", "/reporting/reports/", (A_REPORT,)),
    Picture("actions", "Headteacher", "/improvement/actions/"),
    Picture("training-needs", "Training lead", "/improvement/needs/"),
    Picture("good-practice", "Team leader", "/improvement/practices/"),
    Picture("overview-academy", "Headteacher", "/"),
    Picture("self-review", "Headteacher", "/", ("a[href*='/self-reviews/']",)),
    Picture("overview-team", "Team leader", "/"),
    Picture("my-practice-phone", "Staff member", "/insight/me/", size="phone"),
    Picture("assurance", "Trustee", "/governance/assurance/"),
    Picture("governor", "Local governor", "/"),
    Picture("external-reviewer", "External reviewer", "/"),
    Picture("staff", "Trust administrator", "/people/staff/"),
    Picture("roles", "Data-protection officer", "/people/roles/"),
)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def demo_site() -> Iterator[str]:
    """Serve a fresh demo trust until the block ends, and give its address."""
    shutil.rmtree(HOME, ignore_errors=True)
    port = free_port()
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    site = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        cwd=ROOT,
        env={**kept, "TRIGPOINT_DEMO": "1", "TRIGPOINT_VAR": str(HOME)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        for line in site.stdout or ():
            if "Trigpoint is at" in line:
                break
        else:
            sys.exit("The demo did not start; `make start` says why.")
        yield f"http://localhost:{port}"
    finally:
        site.send_signal(signal.SIGINT)
        site.wait(30)


def draw(browser: Browser, address: str, picture: Picture) -> None:
    """Sign in, walk to the screen, and keep a picture of what is in the window."""
    context = browser.new_context(
        base_url=address,
        viewport=SIZES[picture.size],
        locale="en-GB",
        timezone_id="Europe/London",
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto("/people/sign-in/")
    if picture.role:
        page.locator(".tp-signins button").filter(has_text=picture.role).first.click()
        page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto(picture.start)
    for link in picture.follow:
        page.locator(link).first.click()
        page.wait_for_load_state("networkidle")
    page.wait_for_load_state("networkidle")
    refuse_faults(page, picture)
    path = PICTURES / f"{picture.name}.png"
    page.screenshot(path=path, animations="disabled")
    with Image.open(path) as drawn:  # 256 colours are enough, and a quarter of the size
        drawn.convert("RGB").quantize(256).save(path, optimize=True)
    context.close()


def refuse_faults(page: Page, picture: Picture) -> None:
    """Stop rather than keep a picture of an error page."""
    if page.locator(".tp-error").count() or "·" not in page.title():
        sys.exit(f"{picture.name}: {page.url} shows “{page.title()}”.")


def main() -> None:
    """Draw every picture, or those named on the command line."""
    if not find_chromium():
        sys.exit(f"make screens {GET_CHROMIUM}")
    wanted = [picture for picture in SHOWN if picture.name in sys.argv[1:] or not sys.argv[1:]]
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demo_site() as address, sync_playwright() as playwright:
        browser = launch(playwright)
        for picture in wanted:
            draw(browser, address, picture)
            sys.stdout.write(f"docs/screens/{picture.name}.png\n")
        browser.close()


if __name__ == "__main__":
    main()
