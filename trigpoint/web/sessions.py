"""Sessions end when nobody has clicked for a while, not a fixed time after signing in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

TOUCHED = "touched_at"
EVERY_SECONDS = 600


class IdleTimeout:
    """Put the end of a session off as long as it is used, with at most one write in ten minutes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer first; then touch the session if it was used and not touched for a while."""
        response = self.get_response(request)
        session = request.session
        if session.accessed and not session.is_empty():
            now = int(timezone.now().timestamp())
            if now - session.get(TOUCHED, 0) > EVERY_SECONDS:
                session[TOUCHED] = now
        return response
