"""What an instrument holds, as data: parts, questions, conditions; and whether all of it fits.

The shape is written down in ``data/instrument.schema.json`` (format 2). Here is what a schema
cannot say: keys that are unique, conditions that look back, what a repeated part may hold.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NotRequired, Protocol, TypedDict

import yaml

from trigpoint.policies.sources import rules as sources
from trigpoint.policies.sources.rules import Source

DATA = Path(__file__).parents[1] / "data"
MOST_PARTS, MOST_QUESTIONS, MOST_CHOICES, MOST_REPEATS = 20, 30, 30, 20
TYPES = {  # of a question, as the editor calls them
    "short_text": "A line of text",
    "long_text": "Longer text",
    "single_choice": "One of several answers",
    "multiple_choice": "Any of several answers",
    "yes_no": "Yes or no",
    "level": "A level of the policy’s scale",
    "number": "A number",
    "date": "A day",
    "time": "A time",
    "running_notes": "Notes with their times",
    "look_fors": "A checklist of look-fors",
    "photo": "Photos",
}
STORED_APART = {  # never among the answers
    "running_notes": "Notes are kept one by one, beside the answers.",
    "look_fors": "Look-fors are marked one by one, beside the answers.",
    "photo": "Photos are kept one by one, beside the answers.",
}
CHOOSE = frozenset({"single_choice", "multiple_choice"})  # from answers written into the form
DECIDE = CHOOSE | {"yes_no", "level"}  # what a condition may look at


class Choice(TypedDict):
    """One answer a question offers."""

    value: str
    label: str


class Condition(TypedDict):
    """A question is asked only if an earlier one was answered with any of these."""

    question: str
    any_of: list[str]


class Question(TypedDict):
    """One question. ``min`` and ``max`` are for numbers, ``choices`` for questions that choose.

    ``scale`` (the letters of one of the policy's scales) is for levels, whose ``choices`` are
    frozen when the form is published; ``standards`` (codes) bind a checklist of look-fors.
    """

    key: str
    type: str
    label: str
    help: NotRequired[str]
    required: NotRequired[bool]
    min: NotRequired[int]
    max: NotRequired[int]
    choices: NotRequired[list[Choice]]
    scale: NotRequired[str]
    standards: NotRequired[list[str]]
    shown_if: NotRequired[Condition]


class Repeats(TypedDict):
    """A part that is answered several times, each time called ``word``."""

    most: int
    word: str


class Part(TypedDict):
    """A part of the form. One that repeats has a key, under which its answers are kept."""

    title: str
    key: NotRequired[str]
    help: NotRequired[str]
    repeats: NotRequired[Repeats]
    questions: list[Question]


class Content(TypedDict):
    """What a version stores. ``naming`` OFF: a record with this form names nobody."""

    naming: NotRequired[str]
    guidance: NotRequired[str]
    sections: list[Part]


class ReadyMade(TypedDict):
    """One instrument as a file holds it."""

    kind: str
    name: str
    purpose: str
    content: Content


@dataclass(frozen=True, slots=True)
class Fault:
    """What is in the way of a form being used, and where: ``path`` leads to it in the content."""

    path: tuple[str | int, ...]
    words: str


def parts(content: Mapping[str, Any]) -> list[Part]:
    """Return the parts of a form in order."""
    listed: list[Part] = content.get("sections", [])
    return listed


def questions(content: Mapping[str, Any]) -> Iterator[Question]:
    """Go through the questions of a form in order, those of repeated parts among them."""
    for part in parts(content):
        yield from part["questions"]


def photos_asked(content: Mapping[str, Any]) -> list[Question]:
    """Return the questions of a form that photos answer."""
    return [question for question in questions(content) if question["type"] == "photo"]


def notes_asked(content: Mapping[str, Any]) -> list[Question]:
    """Return the questions of a form that running notes answer, all in one list."""
    return [question for question in questions(content) if question["type"] == "running_notes"]


def places(content: Mapping[str, Any]) -> Iterator[tuple[Part, Question]]:
    """Go through the questions of a form in order, each with its part."""
    for part in parts(content):
        for question in part["questions"]:
            yield part, question


def offered(question: Mapping[str, Any]) -> list[Choice]:
    """Return the answers a question offers; none for one that is answered freely."""
    if question["type"] == "yes_no":
        return [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}]
    choices: list[Choice] = question.get("choices", [])
    return choices


def may_look_at(content: Mapping[str, Any], key: str, *, part: Part) -> list[Question]:
    """Return the questions that one called ``key`` in that part may be shown for: those before it.

    What is answered several times decides only within its own part.
    """
    before: list[Question] = []
    for where in parts(content):
        for question in where["questions"]:
            if question["key"] == key:
                return before
            if question["type"] in DECIDE and ("repeats" not in where or where is part):
                before.append(question)
        if where is part:
            break
    return before


def faults(content: Mapping[str, Any]) -> Iterator[Fault]:
    """Say what no schema can: keys twice, conditions that look ahead, what does not repeat."""
    yield from _same_keys(content)
    for number, part in enumerate(parts(content)):
        where = ("sections", number)
        if "repeats" in part and "key" not in part:
            yield Fault(where, f"“{part['title']}” is answered several times, so it needs a key.")
        for place, question in enumerate(part["questions"]):
            for words in _wrong(content, part, question):
                yield Fault((*where, "questions", place), f"“{question['label']}”: {words}")


def _same_keys(content: Mapping[str, Any]) -> Iterator[Fault]:
    keys = Counter(question["key"] for question in questions(content))
    keys.update(part["key"] for part in parts(content) if "key" in part)
    twice = sorted(key for key, number in keys.items() if number > 1)
    if twice:
        yield Fault((), f"Used for more than one question: {', '.join(twice)}.")


def _wrong(content: Mapping[str, Any], part: Part, question: Question) -> Iterator[str]:
    if "repeats" in part and question["type"] in STORED_APART:
        kind = TYPES[question["type"]].lower()
        yield f"{kind} cannot be asked for several times. Move it to a part that is not repeated."
    if question.get("min", 0) > question.get("max", question.get("min", 0)):
        yield "the least is more than the most. Change one of them."
    values = [choice["value"] for choice in question.get("choices", [])]
    if len(set(values)) < len(values):
        yield "two of its answers have the same key. Give each its own."
    yield from _condition_wrong(content, part, question)


def _condition_wrong(content: Mapping[str, Any], part: Part, question: Question) -> Iterator[str]:
    condition = question.get("shown_if")
    if condition is None:
        return
    before = {it["key"]: it for it in may_look_at(content, question["key"], part=part)}
    asked = before.get(condition["question"])
    if asked is None:
        yield (
            "it is shown for an answer to a question that is not before it, or that has no answers "
            "to choose from. Choose another, or always show it."
        )
    elif asked["type"] != "level" or asked.get("choices"):
        known = {choice["value"] for choice in offered(asked)}
        if not known.issuperset(condition["any_of"]):
            yield (
                f"it is shown for an answer that “{asked['label']}” no longer offers. Choose again."
            )


def check(raw: bytes) -> tuple[list[str], Any]:
    """Read an instrument file: the problems with their lines, and what it says."""
    source = sources.read(raw)
    if not source.problems:
        sources.check(source, schema())
    if not source.problems:
        for fault in faults(source.content["content"]):
            source.complain(("content", *fault.path), fault.words)
    return [str(problem) for problem in source.problems], source.content


def problems(file: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with an instrument that was written here and not read from a file."""
    source = Source(content=file)
    sources.check(source, schema())
    found = [str(problem) for problem in source.problems]
    return found or [fault.words for fault in faults(file["content"])]


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """Return the published schema of instrument files."""
    text = (DATA / "instrument.schema.json").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


class Named(Protocol):
    """An instrument, which files are written of."""

    kind: str
    name: str
    purpose: str


def file_of(instrument: Named, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return an instrument as its file says it."""
    return {
        "kind": instrument.kind,
        "name": instrument.name,
        "purpose": instrument.purpose or instrument.name,
        "content": {"naming": "OPTIONAL", **content},
    }


def written(file: Mapping[str, Any]) -> str:
    """Write an instrument down as the YAML file that reads back as the same."""
    dumper = type("Plain", (yaml.CSafeDumper,), {"ignore_aliases": lambda _self, _data: True})
    return yaml.dump(
        dict(file), Dumper=dumper, allow_unicode=True, sort_keys=False, width=100, indent=2
    )
