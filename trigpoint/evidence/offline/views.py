"""The worker that answers with no signal, and the empty page it answers with."""

from hashlib import sha256
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control

from trigpoint.web.screens import public

if TYPE_CHECKING:
    from collections.abc import Sequence

FRAME = "evidence/offline/show.html"
MODULES = (
    "addresses", "canonical", "capture", "copies", "day", "device", "drawing", "everywhere",
    "outbox", "passing", "photos", "ready", "seal", "sheet", "shell", "store", "telling",
    "transport",
)  # fmt: skip
FILES = (
    *(f"evidence/capture/{name}.js" for name in MODULES),
    "evidence/mint.js",
    "web/find.js",
    "web/icons.svg",
    "web/logo.svg",
    "web/theme.js",
    "web/trigpoint.css",
    "web/vendor/fonts/source-sans-3-latin-wght-normal.woff2",
    "web/vendor/fonts/source-serif-4-latin-opsz-normal.woff2",
    "web/vendor/htmx/htmx.min.js",
    "web/vendor/idb/index.js",
    "web/vendor/tabler/tabler.min.css",
    "web/web.js",
)


def addresses() -> "Sequence[str]":
    """Return the addresses a device keeps; a new release has others, so old ones are let go."""
    return [reverse("evidence:offline-show"), *map(static, FILES)]


@public("a script with the addresses of our own files; it holds nothing of anybody")
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """Hand out the service worker, allowed to answer for the whole site.

    It is another release, and devices fetch anew, when a file or the words of the frame change.
    """
    kept = addresses()
    said = "\n".join([*kept, render_to_string(FRAME, request=request)])
    drawn = render(
        request,
        "evidence/offline/worker.js",
        {"addresses": kept, "release": sha256(said.encode()).hexdigest()[:16]},
        content_type="text/javascript",
    )
    drawn["Service-Worker-Allowed"] = "/"
    return drawn


@public("an empty frame: what it shows comes from the device of whoever looks")
@cache_control(no_cache=True)
def show(request: HttpRequest) -> HttpResponse:
    """Show the frame that stands in for a page of capture when there is no signal."""
    return render(request, FRAME)
