"""What a part of a form says, as named texts, and the form with one part more, less or elsewhere."""

import copy
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from trigpoint.instruments.contents.rules import (
    MOST_PARTS,
    STORED_APART,
    TYPES,
    Part,
    parts,
    questions,
)
from trigpoint.instruments.drafts.rules import new_key, part_of
from trigpoint.records.refusals import ALLOWED, Verdict, denied


@dataclass(frozen=True, slots=True)
class Words:
    """Everything a part says of itself. ``most`` above 0: it is answered up to so many times."""

    title: str
    help: str = ""
    most: int = 0
    word: str = ""


def told(part: Mapping[str, Any]) -> dict[str, str]:
    """Return what a part says, by the names its form gives it."""
    repeats = part.get("repeats", {})
    return {
        "title": part["title"],
        "help": part.get("help", ""),
        "most": str(repeats.get("most", "")),
        "word": repeats.get("word", ""),
    }


def said(words: Words) -> dict[str, str]:
    """Return the same of what somebody wants a part to say."""
    return told(_part(words, "", []))


def _part(words: Words, key: str, asked: list[Any]) -> Part:
    part: Part = {"title": words.title.strip(), "key": key, "questions": asked}
    if words.help.strip():
        part["help"] = words.help.strip()
    if words.most:
        part["repeats"] = {"most": words.most, "word": words.word.strip()}
    return part


def room_for_one(content: Mapping[str, Any]) -> Verdict:
    """A form has so many parts and no more."""
    if len(parts(content)) < MOST_PARTS:
        return ALLOWED
    return denied(f"A form has at most {MOST_PARTS} parts. Put the questions into another one.")


def may_repeat(part: Mapping[str, Any], words: Words) -> Verdict:
    """Notes, look-fors and photos are kept once a record, so their part is not repeated."""
    apart = [it for it in part["questions"] if it["type"] in STORED_APART]
    if not (words.most and apart):
        return ALLOWED
    return denied(
        f"“{apart[0]['label']}” ({TYPES[apart[0]['type']].lower()}) cannot be asked for several "
        "times. Remove it from this part first, or answer the part once."
    )


def may_go(content: Mapping[str, Any], part: Mapping[str, Any]) -> Verdict:
    """A part stays while questions of other parts are shown for its answers."""
    own = {question["key"] for question in part["questions"]}
    leaning = [
        question["label"]
        for question in questions(content)
        if question["key"] not in own and question.get("shown_if", {}).get("question") in own
    ]
    if not leaning:
        return ALLOWED
    return denied(
        f"“{leaning[0]}” is shown for an answer of this part. Change when it is asked first."
    )


def added(
    content: Mapping[str, Any], words: Words, taken: Collection[str]
) -> tuple[dict[str, Any], str]:
    """Return a form with one part more at its end, and that part's key: none of those ``taken``."""
    made = copy.deepcopy(dict(content))
    key = new_key(words.title, taken, otherwise="part")
    made["sections"] = [*parts(made), _part(words, key, [])]
    return made, key


def changed(content: Mapping[str, Any], key: str, words: Words) -> dict[str, Any]:
    """Return a form in which one part says otherwise; its questions stay."""
    made = copy.deepcopy(dict(content))
    made["sections"] = [
        _part(words, key, list(part["questions"])) if part.get("key") == key else part
        for part in parts(made)
    ]
    return made


def moved(content: Mapping[str, Any], key: str, steps: int) -> dict[str, Any]:
    """Return a form in which a part stands so many places later; earlier, where it is below 0."""
    made = copy.deepcopy(dict(content))
    listed, part = list(parts(made)), part_of(made, key)
    if part is not None:
        place = listed.index(part)
        listed.remove(part)
        listed.insert(min(max(place + steps, 0), len(listed)), part)
    made["sections"] = listed
    return made


def removed(content: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return a form without one part."""
    made = copy.deepcopy(dict(content))
    made["sections"] = [part for part in parts(made) if part.get("key") != key]
    return made
