"""One answer to one question: whether it is what the question takes, and how it is stored."""

import math
import re
from collections.abc import Callable
from datetime import date
from typing import NoReturn

from trigpoint.instruments.contents.rules import STORED_APART, Question

SHORT = 300  # characters of a short answer
LONG = 10_000  # characters of a long answer
HOW = {  # to answer, by the type of the question
    **STORED_APART,
    "short_text": "Answer in words.",
    "long_text": "Answer in words.",
    "single_choice": "Choose one of the answers offered.",
    "multiple_choice": "Choose from the answers offered.",
    "level": "Choose one of the levels offered.",
    "yes_no": "Answer yes or no.",
    "number": "Answer with a number, such as 8 or 2.5.",
    "date": "Give a date, such as 2026-11-12.",
    "time": "Give a time, such as 09:40.",
}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?", re.ASCII)


class Wrong(Exception):  # noqa: N818 -- caught where answers are checked; reads as "raise Wrong(...)"
    """An answer that its question does not take; the message is for the person."""


def is_shaped(kind: str, answer: object) -> bool:
    """Say whether a value as JSON has it suits the question; text suits all of them, as typed."""
    if isinstance(answer, list):
        return kind == "multiple_choice" and all(isinstance(one, str) for one in answer)
    if isinstance(answer, bool):
        return kind == "yes_no"
    if isinstance(answer, int | float):
        return kind == "number"
    return isinstance(answer, str) and kind not in STORED_APART


def _refuse(words: str) -> NoReturn:
    raise Wrong(words)


def read(question: Question, answer: object) -> object | None:
    """Return the answer as it is stored; None when there is none.

    Raises:
        Wrong: it is not what the question takes.

    """
    if isinstance(answer, str):
        answer = answer.strip()
    if answer is None or answer in ("", []):
        return None
    if not is_shaped(question["type"], answer):
        _refuse(HOW[question["type"]])
    return READERS[question["type"]](question, answer)


def _text(question: Question, answer: object) -> str:
    most, answer = SHORT if question["type"] == "short_text" else LONG, str(answer)
    if "\0" in answer:
        _refuse("The answer holds a character that cannot be stored. Type it again.")
    if len(answer) > most:
        _refuse(f"The answer has {len(answer):,} characters; {most:,} fit.")
    return answer


def _one(question: Question, answer: object) -> str:
    if answer not in [choice["value"] for choice in question.get("choices", [])]:
        _refuse(HOW[question["type"]])
    return str(answer)


def _several(question: Question, answer: object) -> list[str]:
    known = [choice["value"] for choice in question.get("choices", [])]
    given = answer if isinstance(answer, list) else [answer]
    if any(value not in known for value in given):
        _refuse(HOW["multiple_choice"])
    return [value for value in known if value in given]


def _yes_no(_: Question, answer: object) -> bool:
    if isinstance(answer, bool):
        return answer
    if answer in ("yes", "no"):
        return answer == "yes"
    _refuse(HOW["yes_no"])


def _number(question: Question, answer: object) -> int | float:
    number = _parsed_number(answer)
    least, most = question.get("min", -math.inf), question.get("max", math.inf)
    if not least <= number <= most:
        _refuse(number_range(question))
    return int(number) if number.is_integer() else number


def _parsed_number(answer: object) -> float:
    try:
        number = float(str(answer))
    except ValueError:
        _refuse(HOW["number"])
    if not math.isfinite(number) or abs(number) > 1e9:  # noqa: PLR2004 -- no count in a school
        _refuse("That number is too large.")
    return number


def number_range(question: Question) -> str:
    """Say between which numbers the answer is."""
    if "min" in question and "max" in question:
        return f"Between {question['min']} and {question['max']}."
    return f"At least {question['min']}." if "min" in question else f"At most {question['max']}."


def _date(_: Question, answer: object) -> str:
    if not DAY.fullmatch(str(answer)):
        _refuse(HOW["date"])
    try:
        return date.fromisoformat(str(answer)).isoformat()
    except ValueError:
        _refuse("That day is not in the calendar.")


def _time(_: Question, answer: object) -> str:
    if not TIME.fullmatch(str(answer)):
        _refuse(HOW["time"])
    return str(answer)[:5]


READERS: dict[str, Callable[[Question, object], object]] = {
    "short_text": _text,
    "long_text": _text,
    "single_choice": _one,
    "multiple_choice": _several,
    "level": _one,
    "yes_no": _yes_no,
    "number": _number,
    "date": _date,
    "time": _time,
}
