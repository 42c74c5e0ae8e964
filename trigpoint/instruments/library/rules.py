"""What an instrument is, who may see it, and whether answers to it are in order."""

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, NotRequired, TypedDict, cast

from trigpoint.instruments.library.models import Instrument, InstrumentVersion
from trigpoint.people.roles import Capability
from trigpoint.policies.sources import rules as sources
from trigpoint.records.days import day_words
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.workflow import Step, Workflow
from trigpoint.trusts.models import Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User

DATA = Path(__file__).parents[1] / "data"
SHORT = 300  # characters of a short answer
LONG = 10_000  # characters of a long answer
STORED_APART = {
    "running_notes": "Notes are kept one by one, beside the answers.",
    "look_fors": "Look-fors are marked one by one, beside the answers.",
}
HOW = {  # to answer, by the type of the question
    **STORED_APART,
    "short_text": "Answer in words.",
    "long_text": "Answer in words.",
    "single_choice": "Choose one of the answers offered.",
    "multiple_choice": "Choose from the answers offered.",
    "yes_no": "Answer yes or no.",
    "number": "Answer with a number, such as 8 or 2.5.",
    "date": "Give a date, such as 2026-11-12.",
    "time": "Give a time, such as 09:40.",
}

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?", re.ASCII)

LIFECYCLE = Workflow(
    "instrument",
    initial=InstrumentVersion.Status.DRAFT,
    steps=(
        Step(
            "publish",
            frozenset({InstrumentVersion.Status.DRAFT}),
            InstrumentVersion.Status.PUBLISHED,
        ),
    ),
)


class Choice(TypedDict):
    """One answer a question offers."""

    value: str
    label: str


class Question(TypedDict):
    """One question. ``min`` and ``max`` are for numbers, ``choices`` for questions that choose."""

    key: str
    type: str
    label: str
    help: NotRequired[str]
    required: NotRequired[bool]
    min: NotRequired[int]
    max: NotRequired[int]
    choices: NotRequired[list[Choice]]


class Part(TypedDict):
    """A section of the form."""

    title: str
    help: NotRequired[str]
    questions: list[Question]


class Content(TypedDict):
    """What a version stores. ``naming`` OFF: a record with this form names nobody."""

    naming: NotRequired[str]
    guidance: NotRequired[str]
    sections: list[Part]


class ReadyMade(TypedDict):
    """One instrument of the set that comes with the product."""

    kind: str
    name: str
    purpose: str
    content: Content


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers as they will be stored, and what is wrong with the others, by question."""

    cleaned: dict[str, object] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)


class Wrong(Exception):  # noqa: N818 -- caught in this file; reads as "raise Wrong(...)"
    """An answer that its question does not take; the message is for the person."""


def may_view(user: "User", instrument: Instrument) -> Verdict:
    """Whoever works with instruments, in their own trust. Agrees with ``visible_to``."""
    if user.access.holds(Capability.INSTRUMENT_VIEW) and instrument.trust_id == user.trust_id:
        return ALLOWED
    return denied("This instrument belongs to another trust, or your role does not use them.")


def may_install(user: "User", trust: Trust) -> Verdict:
    """Those who look after the trust's policy bring in its forms as well."""
    if user.access.covers(Capability.POLICY_ADOPT, trust_id=trust.pk):
        return ALLOWED
    return denied(
        "Only a trust QA lead or trust administrator can add instruments. Ask one of them."
    )


def may_name(content: Mapping[str, Any]) -> Verdict:
    """Say whether a record made with this form may name the person observed."""
    if content.get("naming") == "OFF":
        return denied(
            "This instrument names nobody. Use a lesson visit if a person needs to be named."
        )
    return ALLOWED


@dataclass(frozen=True, slots=True)
class Card:
    """An instrument at a glance."""

    version: InstrumentVersion
    question_count: int
    required_count: int
    sections: list[str]
    names_nobody: bool


def card(version: InstrumentVersion) -> Card:
    """Sum up a version, its instrument loaded."""
    asked = list(questions(version.content))
    return Card(
        version=version,
        question_count=len(asked),
        required_count=sum(bool(question.get("required")) for question in asked),
        sections=[part["title"] for part in version.content.get("sections", [])],
        names_nobody=not may_name(version.content),
    )


def questions(content: Mapping[str, Any]) -> Iterator[Question]:
    """Go through the questions of a form in order."""
    for part in content.get("sections", []):
        yield from part["questions"]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and its answer in words."""

    label: str
    words: str


def in_words(content: Mapping[str, Any], answers: Mapping[str, Any]) -> list[Answered]:
    """Put the answers beside their questions, choices in words, what was left empty left out."""
    found = []
    for question in questions(content):
        answer = answers.get(question["key"])
        if question["type"] in STORED_APART or answer in (None, "", []):
            continue
        labels = {choice["value"]: choice["label"] for choice in question.get("choices", [])}
        labels |= {True: "Yes", False: "No"} if question["type"] == "yes_no" else {}  # type: ignore[dict-item]  # as JSON has them
        several = answer if isinstance(answer, list) else [answer]
        words = ", ".join(str(labels.get(one, one)) for one in several)
        if question["type"] == "date":
            words = _day(words)
        found.append(Answered(question["label"], words))
    return found


def _day(answer: str) -> str:
    """Write a stored day as the product does; what is no day stays as it was typed."""
    try:
        return day_words(date.fromisoformat(answer))
    except ValueError:
        return answer


def check_answers(
    content: Mapping[str, Any], answers: Mapping[str, object], *, complete: bool = True
) -> Answers:
    """Check answers against the form they were given on.

    Args:
        content: an instrument version's ``content``.
        answers: by question key; text as typed or values as JSON has them. Notes and look-fors
            have their own places and are refused here.
        complete: also ask for every required answer. False while somebody is still typing.

    Returns:
        ``cleaned``: text stripped, choices known, numbers int or float, dates and times in ISO
        form; questions left empty are left out. ``problems``: a sentence by question key.

    """
    known = {question["key"]: question for question in questions(content)}
    result = Answers()
    for key in answers:
        if key not in known:
            result.problems[str(key)[:80]] = "This form has no such question. Reload the page."
    for key, question in known.items():
        try:
            value = _clean(question, answers.get(key))
        except Wrong as wrong:
            result.problems[key] = str(wrong)
            continue
        if value is not None:
            result.cleaned[key] = value
        elif complete and question.get("required") and question["type"] not in STORED_APART:
            result.problems[key] = "This question needs an answer before you can submit."
    return result


def answers_shaped(content: Mapping[str, Any], answers: Mapping[str, object]) -> Verdict:
    """Every answer is the kind of thing its question takes, however unfinished it is."""
    for question in questions(content):
        answer = answers.get(question["key"])
        if answer not in (None, "") and not _is_shaped(question["type"], answer):
            return denied(f"{question['label']}: {HOW[question['type']]}")
    return ALLOWED


def _is_shaped(kind: str, answer: object) -> bool:
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


def _clean(question: Question, answer: object) -> object | None:
    """Return the answer as it is stored; None when there is none."""
    if isinstance(answer, str):
        answer = answer.strip()
    if answer is None or answer in ("", []):
        return None
    if not _is_shaped(question["type"], answer):
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
        _refuse(HOW["single_choice"])
    return str(answer)


def _several(question: Question, answer: object) -> list[str]:
    offered = [choice["value"] for choice in question.get("choices", [])]
    given = answer if isinstance(answer, list) else [answer]
    if any(value not in offered for value in given):
        _refuse(HOW["multiple_choice"])
    return [value for value in offered if value in given]


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
        _refuse(_range(question))
    return int(number) if number.is_integer() else number


def _parsed_number(answer: object) -> float:
    try:
        number = float(str(answer))
    except ValueError:
        _refuse(HOW["number"])
    if not math.isfinite(number) or abs(number) > 1e9:  # noqa: PLR2004 -- no count in a school
        _refuse("That number is too large.")
    return number


def _range(question: Question) -> str:
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
    "yes_no": _yes_no,
    "number": _number,
    "date": _date,
    "time": _time,
}


@lru_cache(maxsize=1)
def ready_made() -> tuple[ReadyMade, ...]:
    """Return the instruments that come with the product, one for each kind of activity.

    Raises:
        ValueError: a file is not in order, which a test catches before anybody installs it.

    """
    return tuple(_read(path) for path in sorted(DATA.glob("*.yaml")))


def _read(path: Path) -> ReadyMade:
    problems, content = check(path.read_bytes())
    if problems:
        msg = f"{path.name}: {'; '.join(problems)}"
        raise ValueError(msg)
    return cast("ReadyMade", content)


def check(raw: bytes) -> tuple[list[str], object]:
    """Read an instrument file: the problems with their lines, and what it says."""
    source = sources.read(raw)
    if not source.problems:
        sources.check(source, _schema())
    if not source.problems:
        keys = Counter(question["key"] for question in questions(source.content["content"]))
        twice = sorted(key for key, number in keys.items() if number > 1)
        if twice:
            source.complain(("content",), f"Used for more than one question: {', '.join(twice)}.")
    return [str(problem) for problem in source.problems], source.content


@lru_cache(maxsize=1)
def _schema() -> dict[str, Any]:
    text = (DATA / "instrument.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
