"""The pages people see when something went wrong: what happened, and the way on.

``config.urls`` names four of these as Django's handlers. Every page is ``web/errors/<status>.html``.
The 500 page asks nothing of the request, because the request may be what is broken.
"""

import json
import sys
from collections.abc import Callable
from http import HTTPStatus

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

from trigpoint.web.busy import RETRY_AFTER_SECONDS, SHUT_RETRY_AFTER_SECONDS, is_busy, is_shut
from trigpoint.web.refusals import alert
from trigpoint.web.screens import is_htmx

SENTENCES = {
    HTTPStatus.BAD_REQUEST: "We could not understand that request. Reload the page and try again.",
    HTTPStatus.FORBIDDEN: "Your role does not open this. Ask your trust's administrator.",
    HTTPStatus.NOT_FOUND: "That is not here, or it is not yours to see. Reload the page.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "That file is too large. Send a smaller one.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Something in the form is not right. Check it and send it again.",
    HTTPStatus.TOO_MANY_REQUESTS: "That was tried too often. Wait a minute, then try again.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Too busy just now. Nothing was changed: send it again.",
}
SHUT = (
    "Nothing can be saved just now, because the server takes no changes. Nothing was changed: "
    "keep this open and send it again later. Tell whoever looks after the server."
)
API_PREFIX = "/api/"
log = structlog.get_logger(__name__)


def answer(
    request: HttpRequest, status: HTTPStatus, *, page: str = "", said: str = ""
) -> HttpResponse:
    """Answer with the status's own page, with a sentence for htmx, or a problem for the API."""
    sentence = said or SENTENCES[status]
    if request.path.startswith(API_PREFIX):
        return problem(status, sentence)
    if is_htmx(request):
        return alert(request, sentence, status=status)
    return error_page(page or str(status.value), status)


def error_page(name: str, status: int) -> HttpResponse:
    """Draw ``web/errors/<name>.html`` without asking anything of the request."""
    demo = bool(getattr(settings, "TRIGPOINT_DEMO", False))
    return HttpResponse(render_to_string(f"web/errors/{name}.html", {"demo": demo}), status=status)


def problem(status: HTTPStatus, detail: str) -> HttpResponse:
    """Answer as an RFC 9457 problem document."""
    body = {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}
    return HttpResponse(json.dumps(body), status=status, content_type="application/problem+json")


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """``handler400``: also tells a request that was too large from one that was wrong."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return too_large(request)
    return answer(request, HTTPStatus.BAD_REQUEST)


@requires_csrf_token
def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django passes it
    """``handler403``: the role does not open this page anywhere."""
    return answer(request, HTTPStatus.FORBIDDEN)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django passes it
    """``handler404``: missing and not-yours-to-see look exactly alike."""
    return answer(request, HTTPStatus.NOT_FOUND)


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer 413: the request is larger than the product takes."""
    return answer(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django would pass it
    """``handler429``: allauth asks for it when somebody tries too often."""
    return answer(request, HTTPStatus.TOO_MANY_REQUESTS)


def busy(request: HttpRequest) -> HttpResponse:
    """Answer 503: the database could not be had in time, and nothing was changed."""
    found = answer(request, HTTPStatus.SERVICE_UNAVAILABLE)
    found.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return found


def shut(request: HttpRequest, error: BaseException) -> HttpResponse:
    """Answer 503: nothing can be written, nothing was, and somebody has to see to it."""
    log.error("takes_no_changes", reason=str(error))
    found = answer(request, HTTPStatus.SERVICE_UNAVAILABLE, page="503_shut", said=SHUT)
    found.headers["Retry-After"] = str(SHUT_RETRY_AFTER_SECONDS)
    return found


def for_now(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """Answer what passes by itself or once somebody sees to it; None for a fault of ours."""
    if error is not None and is_shut(error):
        return shut(request, error)
    return busy(request) if is_busy(error) else None


class BusyMiddleware:
    """Answer a page that could not have the database. What fails outside is ``crashed``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the work is in ``process_exception``."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Handle a database that takes no change now; every other exception must surface."""
        return for_now(request, error)


@requires_csrf_token
def crashed(request: HttpRequest) -> HttpResponse:
    """``handler500``: our fault, or a busy database behind the session; asks little of the request."""
    if passing := for_now(request, sys.exc_info()[1]):
        return passing
    if request.path.startswith(API_PREFIX):
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "That failed, and it is our fault.")
    return error_page("500", 500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django passes it
    """``CSRF_FAILURE_VIEW``: the form stood open too long, or came from elsewhere."""
    if is_htmx(request):
        return alert(request, "This page stood open too long. Reload it and try again.", status=403)
    return error_page("403_csrf", 403)
