"""When the database is too busy to take a change: nothing is half done, and it may be sent again."""

from collections.abc import Callable
from http import HTTPStatus

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from trigpoint.web import errors

# PostgreSQL: a lock was waited for too long, two changes waited for each other, no room for one more.
BUSY_STATES = frozenset({"55P03", "57014", "40P01", "40001", "53300", "57P03"})
RETRY_AFTER_SECONDS = 5


class BusyMiddleware:
    """Answer 503 with a sentence where the database could not be had in time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; the work is in ``process_exception``."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Handle a busy database only; every other exception is a bug and must surface."""
        if not (isinstance(error, OperationalError) and is_busy(error)):
            return None
        answer = errors.answer(request, HTTPStatus.SERVICE_UNAVAILABLE)
        answer.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return answer


def is_busy(error: OperationalError) -> bool:
    """Say whether the database was busy, and not broken."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state in BUSY_STATES or "database is locked" in str(error)
