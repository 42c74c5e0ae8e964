"""Turn a domain refusal into something a person can read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from trigpoint.records.refusals import Refused
from trigpoint.web.bodies import Unkeepable
from trigpoint.web.screens import is_htmx


class RefusalMiddleware:
    """Answer with the rule's own sentence, as a page or as an htmx fragment.

    409 where the rules say no, 422 where what was sent cannot be kept at all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the work is in ``process_exception``."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Handle :class:`Refused` only; every other exception is a bug and must surface."""
        if not isinstance(error, Refused):
            return None
        return refusal(request, error.reason, status=422 if isinstance(error, Unkeepable) else 409)


def refusal(request: HttpRequest, reason: str, *, status: int = 409) -> HttpResponse:
    """Say no with the rule's sentence; htmx shows it above the page and leaves the page alone."""
    if is_htmx(request):
        return alert(request, reason, status=status)
    came_from = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()})
    back = came_from if ours else ""
    return render(request, "web/refused.html", {"reason": reason, "back": back}, status=status)


def alert(request: HttpRequest, reason: str, *, status: int) -> HttpResponse:
    """Answer htmx with one sentence for the page's message area, whatever it wanted to swap."""
    answer = render(request, "web/_refused.html", {"reason": reason}, status=status)
    answer.headers["HX-Retarget"] = "#messages"
    answer.headers["HX-Reswap"] = "innerHTML show:window:top"
    return answer
