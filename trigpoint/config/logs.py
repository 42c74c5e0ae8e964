"""Logs: one JSON line an event, and nothing in it that says who somebody is.

A line names the route (``reviews/<uuid:review_id>/``), never the address with its search words or
one-time keys; a fault names its place in the code, never the values that were in play.
"""

import logging
import logging.config
import sys
import traceback
from typing import TYPE_CHECKING, Any

import structlog
from django_structlog.middlewares import RequestMiddleware

if TYPE_CHECKING:
    from django.http import HttpRequest
    from structlog.typing import EventDict, Processor, WrappedLogger

LEFT_OUT = ("user_agent", "ip", "user_id")


class RequestLog(RequestMiddleware):
    """One line for each finished request: method, route, answer, and an id that ties lines together."""

    @staticmethod
    def format_request(request: "HttpRequest") -> str:
        """Name the route instead of the address."""
        match = request.resolver_match
        return f"{request.method} {match.route if match else '(no such page)'}"


def leave_people_out(_: "WrappedLogger", __: str, event: "EventDict") -> "EventDict":
    """Drop whatever a library adds that could name somebody."""
    for key in LEFT_OUT:
        event.pop(key, None)
    return event


def place_of_fault(_: "WrappedLogger", __: str, event: "EventDict") -> "EventDict":
    """Replace an exception by its type and the lines it passed, without its message."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["fault"] = type(error).__name__
        event["at"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
    return event


def configure(*, readable: bool) -> None:
    """Send everything to standard error: JSON lines, or readable ones with full faults to debug."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        leave_people_out,
    ]
    ending: list[Processor] = (
        [structlog.dev.ConsoleRenderer()] if readable else [structlog.processors.JSONRenderer()]
    )
    faults: list[Processor] = [] if readable else [place_of_fault]
    logging.config.dictConfig(_tables(shared, [*faults, *ending]))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _tables(shared: "list[Processor]", ending: "list[Processor]") -> dict[str, Any]:
    """Return the standard library's half of the set-up."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ending],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            # Says the whole address, and says it twice: the request log has one line for each.
            "django.request": {"level": "CRITICAL"},
            "django.server": {"level": "WARNING"},
        },
    }
