"""A form of ours written as an XLSForm, for what an XLSForm can say.

Running notes become longer text, a checklist of look-fors a note, a level a choice of its levels.
How often a part repeats at most, and whom a record may name, have no place there; and who reads
it may make straight quotes of curly ones.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from trigpoint.instruments.contents.rules import Condition, Part, Question, offered, parts
from trigpoint.instruments.drafts.rules import keys_of, new_key

SURVEY = ("type", "name", "label", "hint", "required", "relevant", "constraint", "appearance")
CHOICES = ("list_name", "name", "label")
SETTINGS = ("form_title", "form_id", "version")
TYPES = {
    "short_text": "text",
    "long_text": "text",
    "running_notes": "text",
    "number": "decimal",
    "date": "date",
    "time": "time",
    "photo": "image",
    "look_fors": "note",
}
LONG = {"long_text", "running_notes"}


def sheets(file: Mapping[str, Any], *, number: int) -> dict[str, list[tuple[str, ...]]]:
    """Return the sheets of an instrument as an XLSForm.

    Args:
        file: from ``contents.rules.file_of``.
        number: of the version.

    """
    content = file["content"]
    form_id = new_key(file["name"], ())
    settings = (file["name"], form_id, str(number))
    return {
        "survey": [SURVEY, *(_cells(row) for row in _survey(content))],
        "choices": [CHOICES, *_choices(content)],
        "settings": [SETTINGS, settings],
    }


def _cells(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in SURVEY)


def _survey(content: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    taken = {*keys_of(content), "meta", "data"}
    if content.get("guidance"):
        yield _note(content["guidance"], new_key("guidance", taken))
    for part in parts(content):
        key = part.get("key") or new_key(part["title"], taken, otherwise="part")
        taken.add(key)
        kind = "repeat" if "repeats" in part else "group"
        yield {"type": f"begin_{kind}", "name": key, "label": _plain(part["title"])}
        if part.get("help"):
            name = new_key(f"{key[:30]}_help", taken)
            taken.add(name)
            yield _note(part["help"], name)
        yield from (_row(question) for question in part["questions"])
        yield {"type": f"end_{kind}"}


def _note(words: str, name: str) -> dict[str, str]:
    return {"type": "note", "name": name, "label": _plain(words)}


def _row(question: Question) -> dict[str, str]:
    row = {
        "type": _type(question),
        "name": question["key"],
        "label": _plain(question["label"]),
        "hint": _plain(question.get("help", "")),
        "appearance": "multiline" if question["type"] in LONG else "",
        "constraint": _constraint(question),
    }
    if question.get("required") and row["type"] != "note":
        row["required"] = "yes"
    if condition := question.get("shown_if"):
        row["relevant"] = _relevant(condition)
    return row


def _type(question: Question) -> str:
    if question["type"] == "yes_no":
        return "select_one yes_no_"
    if not offered(question):
        return TYPES.get(question["type"], "text")
    several = question["type"] == "multiple_choice"
    return f"{'select_multiple' if several else 'select_one'} {question['key']}"


def _relevant(condition: Condition) -> str:
    return " or ".join(
        f"selected(${{{condition['question']}}}, '{value}')" for value in condition["any_of"]
    )


def _constraint(question: Question) -> str:
    least = f". >= {question['min']}" if "min" in question else ""
    most = f". <= {question['max']}" if "max" in question else ""
    return " and ".join(filter(None, [least, most]))


def _plain(words: str) -> str:
    """Return words that no reader of an XLSForm takes for a reference to an answer."""
    return re.sub(r"\$(?=\{)", "$ ", words)


def _choices(content: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    asked: list[tuple[Part, Question]] = [
        (it, one) for it in parts(content) for one in it["questions"]
    ]
    if any(question["type"] == "yes_no" for _, question in asked):
        yield from (("yes_no_", "yes", "Yes"), ("yes_no_", "no", "No"))
    for _, question in asked:
        if question["type"] != "yes_no":
            for choice in offered(question):
                yield (question["key"], choice["value"], _plain(choice["label"]))
