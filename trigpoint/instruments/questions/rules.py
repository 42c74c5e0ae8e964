"""What a question says, as named texts, and the form with one question more, less or elsewhere."""

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from trigpoint.instruments.contents.rules import (
    CHOOSE,
    MOST_CHOICES,
    MOST_QUESTIONS,
    STORED_APART,
    TYPES,
    Choice,
    Part,
    Question,
    parts,
    questions,
)
from trigpoint.instruments.drafts.rules import new_key, part_with, question_of
from trigpoint.records.refusals import ALLOWED, Verdict, denied


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Everything a question says. What its type does not ask for is left out of it.

    ``choices`` are labels in order. ``shown_if`` are pairs ``question=value``, of one question.
    """

    label: str
    help: str = ""
    required: bool = False
    least: int | None = None
    most: int | None = None
    choices: Sequence[str] = ()
    scale: str = ""
    standards: Sequence[str] = ()
    shown_if: Sequence[str] = ()


def told(question: Mapping[str, Any]) -> dict[str, str]:
    """Return what a question says, by the names its form gives it."""
    condition = question.get("shown_if")
    pairs = (
        [f"{condition['question']}={value}" for value in condition["any_of"]] if condition else []
    )
    return {
        "label": question["label"],
        "help": question.get("help", ""),
        "required": "True" if question.get("required") else "",
        "least": str(question.get("min", "")),
        "most": str(question.get("max", "")),
        "choices": "\n".join(it["label"] for it in question.get("choices", []))
        if question["type"] in CHOOSE
        else "",
        "scale": question.get("scale", ""),
        "standards": " ".join(sorted(question.get("standards", []))),
        "shown_if": " ".join(sorted(pairs)),
    }


def made(kind: str, key: str, words: Words, before: Sequence[Choice] = ()) -> Question:
    """Return the question that says this; ``before`` are its choices so far, which keep keys."""
    question: Question = {"key": key, "type": kind, "label": words.label.strip()}
    if words.help.strip():
        question["help"] = words.help.strip()
    if words.required and kind not in STORED_APART:
        question["required"] = True
    if kind == "number":
        question |= cast("Any", _bounds(words))
    if kind in CHOOSE:
        question["choices"] = choices(words.choices, before)
    if kind == "level":
        question["scale"] = words.scale
    if kind == "look_fors" and words.standards:
        question["standards"] = list(words.standards)
    if words.shown_if:
        asked, values = _condition(words.shown_if)
        question["shown_if"] = {"question": asked, "any_of": values}
    return question


def _bounds(words: Words) -> dict[str, int]:
    given = {"min": words.least, "max": words.most}
    return {name: value for name, value in given.items() if value is not None}


def _condition(pairs: Sequence[str]) -> tuple[str, list[str]]:
    split = [pair.partition("=") for pair in pairs]
    return split[0][0], [value for _, _, value in split]


def choices(labels: Iterable[str], before: Sequence[Choice] = ()) -> list[Choice]:
    """Return choices with these labels: one that was there keeps its key, so its answers count on.

    Where as many are left and one reads differently in the same place, it was reworded.
    """
    wanted = [" ".join(label.split()) for label in labels if label.strip()]
    old = {choice["label"]: choice["value"] for choice in before}
    keys: dict[int, str] = {n: old[label] for n, label in enumerate(wanted) if label in old}
    if len(wanted) == len(before):
        for number, choice in enumerate(before):
            if number not in keys and choice["value"] not in keys.values():
                keys[number] = choice["value"]
    for number, label in enumerate(wanted):
        if number not in keys:
            taken = {*keys.values(), *(choice["value"] for choice in before)}
            keys[number] = new_key(label, taken, otherwise="answer")
    return [{"value": keys[number], "label": label} for number, label in enumerate(wanted)]


def in_order(words: Words, kind: str) -> Verdict:
    """A question that chooses has answers, all different; its condition looks at one question."""
    wanted = [" ".join(label.split()).casefold() for label in words.choices if label.strip()]
    if kind in CHOOSE and not 2 <= len(wanted) <= MOST_CHOICES:  # noqa: PLR2004 -- one is no choice
        return denied(f"Offer between 2 and {MOST_CHOICES} answers, one on each line.")
    if len(set(wanted)) < len(wanted):
        return denied("Two of the answers are the same. Take one out.")
    if words.least is not None and words.most is not None and words.least > words.most:
        return denied("The least is more than the most. Change one of them.")
    if len({pair.partition("=")[0] for pair in words.shown_if}) > 1:
        return denied("A question is shown for the answers to one other question. Choose which.")
    return ALLOWED


def fits_in(part: Part, kind: str) -> Verdict:
    """A part holds so many questions; one that repeats holds none that are kept once a record."""
    if len(part["questions"]) >= MOST_QUESTIONS:
        return denied(f"A part has at most {MOST_QUESTIONS} questions. Add another part.")
    if "repeats" in part and kind in STORED_APART:
        return denied(
            f"“{part['title']}” is answered several times, and {TYPES[kind].lower()} cannot be. "
            "Choose another part."
        )
    return ALLOWED


def leaning_on(content: Mapping[str, Any], key: str) -> Verdict:
    """A question stays while others are shown for its answers."""
    leaning = [it for it in questions(content) if it.get("shown_if", {}).get("question") == key]
    if not leaning:
        return ALLOWED
    return denied(
        f"“{leaning[0]['label']}” is shown for an answer to this. Change when it is asked first."
    )


def added(content: Mapping[str, Any], part_key: str, question: Question) -> dict[str, Any]:
    """Return a form with one question more, at the end of a part."""
    new = copy.deepcopy(dict(content))
    for part in parts(new):
        if part.get("key") == part_key:
            part["questions"].append(question)
    return new


def changed(content: Mapping[str, Any], question: Question) -> dict[str, Any]:
    """Return a form in which the question of that key says this."""
    new = copy.deepcopy(dict(content))
    for part in parts(new):
        part["questions"] = [
            question if one["key"] == question["key"] else one for one in part["questions"]
        ]
    return new


def removed(content: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return a form without one question."""
    new = copy.deepcopy(dict(content))
    for part in parts(new):
        part["questions"] = [one for one in part["questions"] if one["key"] != key]
    return new


def moved(content: Mapping[str, Any], key: str, *, down: bool) -> dict[str, Any]:
    """Return a form in which a question stands one place further down, or up.

    From the end of a part it goes to the beginning of the next one, and the other way round.
    """
    new = copy.deepcopy(dict(content))
    listed, part, question = parts(new), part_with(new, key), question_of(new, key)
    if part is None or question is None:
        return new
    place, where = part["questions"].index(question), listed.index(part)
    to = place + (1 if down else -1)
    if 0 <= to < len(part["questions"]):
        part["questions"].insert(to, part["questions"].pop(place))
    elif 0 <= where + (1 if down else -1) < len(listed):
        part["questions"].remove(question)
        other = listed[where + (1 if down else -1)]["questions"]
        other.insert(0 if down else len(other), question)
    return new
