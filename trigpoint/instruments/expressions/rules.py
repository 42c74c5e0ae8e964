"""Reading the cells of an XLSForm: what a row asks, when, within which bounds, in which words."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyxform import aliases

from trigpoint.instruments.workbooks.rules import Book

PLAIN = {  # types with an equal here
    "text": "short_text", "string": "short_text",
    "integer": "number", "int": "number", "decimal": "number", "range": "number",
    "date": "date", "datetime": "date", "time": "time",
    "acknowledge": "yes_no", "trigger": "yes_no",
    "image": "photo", "photo": "photo", "add image prompt": "photo", "add photo prompt": "photo",
    "barcode": "short_text", "phone number": "short_text",
    "note": "note",
}  # fmt: skip
NONE = {  # types without one, and the reason in ``xlsforms.rules.NO_EQUAL``
    "calculate": "calculate", "hidden": "calculate",
    "geopoint": "place", "geotrace": "place", "geoshape": "place", "osm": "place",
    "start-geopoint": "place",
    "audio": "recording", "video": "recording", "background-audio": "recording",
    "add audio prompt": "recording", "add video prompt": "recording",
    "file": "file", "add file prompt": "file",
    "csv-external": "outside", "xml-external": "outside",
    **dict.fromkeys(
        ("start", "end", "today", "deviceid", "imei", "subscriberid", "simserial", "phonenumber",
         "username", "email", "audit", "entity"), "metadata",
    ),
}  # fmt: skip
NAME = r"\$\{\s*([^}\s]+)\s*\}"
ATOM = re.compile(
    rf"""(?:selected\(\s*{NAME}\s*,\s*(['"])([^'"]*)\2\s*\)|{NAME}\s*=\s*(['"])([^'"]*)\5)"""
)
BOUND = re.compile(r"\.\s*(>=|<=|>|<)\s*(-?\d{1,9})")
RANGE = re.compile(r"\b(start|end)\s*=\s*(-?\d{1,9})\b")
GROUP = re.compile(r"(begin|end)[ _](.+)")


@dataclass(frozen=True, slots=True)
class Asks:
    """What the type of a row asks for: a kind of ours, or why there is none."""

    kind: str
    rest: str = ""
    or_other: bool = False
    is_whole: bool = False
    is_range: bool = False
    note: str = ""


def kind_of(written: str) -> Asks:
    """Read the cell ``type``: ``select_one colours or_other``, ``begin group``, ``text``."""
    text = " ".join(written.split())
    if match := GROUP.fullmatch(text.lower()):
        return Asks(match[1], "repeat" if "repeat" in _control(match[2]) else "group")
    for name in sorted(aliases.select, key=len, reverse=True):
        if f"{text.lower()} ".startswith(f"{name} "):
            return _chooses(name, text[len(name) :].split())
    return _plain(text.lower())


def _plain(kind: str) -> Asks:
    if kind not in PLAIN:
        otherwise = "metadata" if kind.startswith("uri:") else "unknown"
        return Asks(NONE.get(kind, otherwise))
    return Asks(
        PLAIN[kind],
        is_whole=kind in {"integer", "int"},
        is_range=kind == "range",
        note=_note_of(kind),
    )


def _control(name: str) -> str:
    return str(aliases.control.get(name, name))


def _note_of(lower: str) -> str:
    if lower == "datetime":
        return "only the day is asked, without the time"
    if lower == "barcode":
        return "the code is typed, not scanned"
    return "a tick is asked as yes or no" if lower in {"acknowledge", "trigger"} else ""


def _chooses(name: str, rest: list[str]) -> Asks:
    if name in aliases.select_from_file or name.startswith("select_one_external"):
        return Asks("outside")
    if name == "rank":
        return Asks("rank")
    several = "one" not in name and name != "select1"
    or_other = bool({"or_other", "or_specify"} & {*rest[1:]}) or rest[1:] == [
        "or",
        "specify",
        "other",
    ]
    return Asks(
        "multiple_choice" if several else "single_choice",
        rest[0] if rest else "",
        or_other=or_other,
    )


def condition(text: str) -> tuple[str, list[str]] | None:
    """Read a condition: the name of one question and the answers that lead on.

    None where it says more than that: “not”, “and”, numbers, several questions.
    """
    names, values = set(), []
    for piece in re.split(r"\s+or\s+", text.strip()):
        match = ATOM.fullmatch(piece.strip().strip())
        if match is None:
            return None
        names.add(match[1] or match[4])
        values.append(match[3] if match[1] else match[6])
    return (names.pop(), values) if len(names) == 1 else None


def bounds(check: str, *, parameters: str = "") -> dict[str, int] | None:
    """Read the least and the most of a number; None where the check says anything else."""
    found: dict[str, int] = {}
    for name, number in RANGE.findall(parameters):
        found["min" if name == "start" else "max"] = int(number)
    for piece in re.split(r"\s+and\s+", check.strip()) if check.strip() else []:
        match = BOUND.fullmatch(piece.strip().strip("()").strip())
        if match is None or match[1] in {"<", ">"}:
            return None
        found["min" if match[1] == ">=" else "max"] = int(match[2])
    if found.get("min", -math.inf) > found.get("max", math.inf):
        return None
    return found


def is_yes(written: str) -> bool | None:
    """Read the cell ``required``; None where it is a condition."""
    if not written.strip():
        return False
    answer: bool | None = aliases.yes_no.get(written.strip())
    return answer


def said(words: object, book: Book) -> str:
    """Return words in the form's own language, else in the first one it has."""
    if not isinstance(words, Mapping):
        return "" if words is None else str(words).strip()
    wanted = str(book.settings.get("default_language", "default"))
    return str(words.get(wanted) or words.get("default") or next(iter(words.values()), "")).strip()


LEFT = (  # where a row asks for it, and what is said of it
    (("choice_filter",), "answers that depend on another answer; all of them are offered"),
    (("default",), "an answer given beforehand; it starts empty"),
    (("bind", "calculate"), "an answer that is computed; it is asked"),
    (("bind", "readonly"), "that it cannot be changed"),
    (("media",), "the picture, sound or film beside it"),
    (("guidance_hint",), "the longer guidance beside its hint"),
)


def leavings(row: Mapping[str, Any], asks: Asks) -> Iterator[str]:
    """Say what else a row asks for that has no equal here."""
    name = f"“{row.get('name', '')}”"
    if asks.note:
        yield f"{name}: {asks.note}."
    if isinstance(row.get("label"), Mapping) and len(row["label"]) > 1:
        yield f"{name}: its words in other languages."
    check = _at(row, ("bind", "constraint"))
    if check and asks.kind != "number":
        yield f"{name}: the check “{str(check)[:80]}” is not made here."
    yield from (f"{name}: {words}." for path, words in LEFT if _at(row, path))


def _at(row: Mapping[str, Any], path: tuple[str, ...]) -> object:
    found: Any = row
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found
