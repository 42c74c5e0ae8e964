"""What somebody may send: text a database can keep, and JSON that means what it says.

Asked at the two front doors, ``@screen`` and the API's parser, so that no form and no endpoint has
to think of it.
"""

import json
import math
import re
from collections.abc import Iterable
from typing import Any, cast

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from ninja.parser import Parser
from ninja.types import DictStrAny

from trigpoint.records.refusals import Refused

DEEPEST = 20  # lists and objects inside one another
LARGEST = 2**53 - 1  # the largest whole number every reader of JSON agrees on
FOREIGN_SIGN = re.compile("[\0\ud800-\udfff]")
FOREIGN = "The text holds a character that cannot be stored. Type that word again."
NO_NUMBER = "One of the numbers cannot be stored. Send an ordinary number, such as 8 or 2.5."
TOO_DEEP = f"What was sent is nested more than {DEEPEST} deep. Send it flatter."
NO_JSON = "What was sent is not JSON. Reload the page and try again."


class Unkeepable(Refused):
    """What was sent cannot be kept, whoever sends it and wherever to."""


def keepable(texts: Iterable[str]) -> None:
    """Refuse text that PostgreSQL cannot hold: NUL, and halves of a surrogate pair."""
    if any(map(FOREIGN_SIGN.search, texts)):
        raise Unkeepable(FOREIGN)


def keepable_form(request: HttpRequest) -> None:
    """Refuse a form in which any name or value holds such text."""
    for name, values in request.POST.lists():
        keepable([name, *values])


def keepable_address(request: HttpRequest) -> None:
    """Refuse an address that asks for such text: nobody types it, and no search could find it."""
    if "%00" in request.META.get("QUERY_STRING", ""):
        raise BadRequest


class KeepableParser(Parser):
    """Reads a JSON body, and refuses what Python would read and no database or browser could."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """Return the body; every refusal is answered with 400 and its sentence."""
        try:
            body = json.loads(
                request.body, parse_constant=_refused, parse_float=_float, parse_int=_int
            )
        except RecursionError as error:
            raise Unkeepable(TOO_DEEP) from error
        except ValueError as error:
            raise Unkeepable(NO_JSON) from error
        _look_into(body, DEEPEST)
        return cast("DictStrAny", body)


def _refused(_: str) -> float:
    raise Unkeepable(NO_NUMBER)


def _float(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _refused(digits)


def _int(digits: str) -> int:
    if len(digits) > len(str(-LARGEST)) or abs(int(digits)) > LARGEST:
        raise Unkeepable(NO_NUMBER)
    return int(digits)


def _look_into(value: Any, depth: int) -> None:  # noqa: ANN401 -- whatever JSON can carry
    if isinstance(value, str):
        keepable([value])
    elif isinstance(value, list | dict):
        if not depth:
            raise Unkeepable(TOO_DEEP)
        for inner in [*value, *value.values()] if isinstance(value, dict) else value:
            _look_into(inner, depth - 1)
