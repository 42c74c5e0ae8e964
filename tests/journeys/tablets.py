"""A browser with a profile on disk, that can be killed and started again."""

import os
import signal
import subprocess
from contextlib import suppress

from playwright.sync_api import Error

from tests.journeys.browsing import FLAGS, PATIENCE, TABLET, find_chromium

NO_SIGNAL = ["--host-resolver-rules=MAP * ~NOTFOUND"]


class Tablet:
    """One reviewer's tablet: what it keeps, it keeps on disk."""

    def __init__(self, playwright, profile, url):
        self.playwright, self.profile, self.url = playwright, profile, url
        self.context = self.page = None

    def start(self, *, offline=False):
        """Open the browser on the same profile; offline, it reaches no server at all.

        The driver's own switch comes too late for a service worker that answers the first page.
        """
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        self.context = self.playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=find_chromium(),
            args=[*FLAGS, *(["--no-sandbox"] if root else []), *(NO_SIGNAL if offline else [])],
            base_url=self.url,
            viewport=TABLET,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.pages[0]
        return self.page

    def cut_power(self):
        """End the browser's processes at once: nothing is asked, nothing closed."""
        asked = ["pgrep", "-f", f"user-data-dir={self.profile}"]
        for pid in subprocess.run(
            asked, capture_output=True, text=True, check=False
        ).stdout.split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)

    def kill(self):
        """Cut the power, and tell the driver."""
        self.cut_power()
        with suppress(Error):  # the driver finds its browser gone, as meant
            self.context.close()
