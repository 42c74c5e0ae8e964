"""API errors as RFC 9457 problem documents."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from trigpoint.records.refusals import Refused
from trigpoint.web.bodies import KeepableParser, Unkeepable
from trigpoint.web.errors import SENTENCES, problem

Handler = Callable[[HttpRequest, Any], HttpResponse]  # each takes the one error it is listed under


def refused(_: HttpRequest, error: Refused) -> HttpResponse:
    """Turn a refusal into 409 with the rule's own sentence."""
    return problem(HTTPStatus.CONFLICT, error.reason)


def malformed(_: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name each field that is wrong, without repeating what was sent."""
    faults = [f"{'.'.join(str(step) for step in it['loc'])}: {it['msg']}" for it in error.errors]
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(faults))


def by_status(_: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer with whatever status the endpoint raised; a body that cannot be kept says why."""
    cause = error.__cause__
    detail = cause.reason if isinstance(cause, Unkeepable) else str(error)
    return problem(HTTPStatus(error.status_code), detail)


def not_allowed(_: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """Answer 403 in the endpoint's own words, or the usual ones."""
    return problem(HTTPStatus.FORBIDDEN, str(error) or SENTENCES[HTTPStatus.FORBIDDEN])


def _always(status: HTTPStatus, detail: str) -> Handler:
    return lambda _request, _error: problem(status, detail)


HANDLERS: dict[type[Exception], Handler] = {
    Refused: refused,
    ValidationError: malformed,
    HttpError: by_status,
    AuthenticationError: _always(HTTPStatus.UNAUTHORIZED, "Sign in first."),
    PermissionDenied: not_allowed,
    Http404: _always(HTTPStatus.NOT_FOUND, SENTENCES[HTTPStatus.NOT_FOUND]),
}


def install(api: NinjaAPI) -> None:
    """Make an API answer everything that goes wrong as a problem, refusals as the screens do."""
    api.parser = KeepableParser()
    for kind, handler in HANDLERS.items():
        api.add_exception_handler(kind, handler)
