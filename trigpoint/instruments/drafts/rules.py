"""Who may write a form, what a draft starts from, and what publishing it changes."""

import copy
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.text import slugify

from trigpoint.instruments.contents.rules import (
    TYPES,
    Choice,
    Content,
    Part,
    Question,
    faults,
    file_of,
    parts,
    places,
    problems,
    questions,
)
from trigpoint.instruments.library.models import Instrument, InstrumentVersion
from trigpoint.people.roles import Capability
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.revisions import revision_of

if TYPE_CHECKING:
    from uuid import UUID

    from trigpoint.people.models import User

KEY_LENGTH = 40
DRAFT = InstrumentVersion.Status.DRAFT


class Scale(NamedTuple):
    """A scale of the policy in force: its name, and its levels as answers, best first."""

    name: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a new instrument starts as.

    ``kind`` of activity is for good; ``left_out`` says, a sentence each, what could not be carried
    over from the file it was read from.
    """

    kind: str
    name: str
    purpose: str
    content: Mapping[str, Any]
    left_out: tuple[str, ...] = ()


def may_write(user: "User", trust_id: "UUID") -> Verdict:
    """Those who write the trust's forms."""
    if user.access.covers(Capability.INSTRUMENT_EDIT, trust_id=trust_id):
        return ALLOWED
    return denied(
        "Only a trust QA lead or trust administrator can write instruments. Ask one of them."
    )


def may_edit(user: "User", version: InstrumentVersion) -> Verdict:
    """Those who write forms, while the version is a draft: what is published never changes."""
    may = may_write(user, version.trust_id)
    if may and version.status != DRAFT:
        return denied(
            f"Version {version.number} is published and never changes. Begin the next version "
            "and change that."
        )
    return may


def name_is_free(name: str, *, is_taken: bool) -> Verdict:
    """Two instruments of a trust have two names."""
    if not is_taken:
        return ALLOWED
    return denied(f"There is an instrument called “{name}” already. Choose another name.")


def may_publish(user: "User", version: InstrumentVersion, scales: Mapping[str, Scale]) -> Verdict:
    """Whoever may edit it, once nothing is in its way."""
    may = may_edit(user, version)
    if not may:
        return may
    found = in_the_way(version.instrument, version.content, scales)
    return denied(found[0]) if found else ALLOWED


def in_the_way(
    instrument: Instrument, content: Mapping[str, Any], scales: Mapping[str, Scale]
) -> list[str]:
    """Say in words what keeps a draft from being published."""
    found = list(_unfinished(content))
    found += [
        f"“{question['label']}” asks for a level of a scale ({question['scale']}) that the policy "
        "in force does not have. Choose another scale for it."
        for question in questions(content)
        if question["type"] == "level" and question["scale"] not in scales
    ]
    return found or problems(file_of(instrument, frozen(content, scales)))


def _unfinished(content: Mapping[str, Any]) -> Iterable[str]:
    """Say what the schema would say of a draft, in better words."""
    if not parts(content):
        yield "The form has no questions yet. Add a part and its first question."
    for part in parts(content):
        if not part["questions"]:
            yield f"The part “{part['title']}” has no questions. Add one, or remove the part."


def frozen(content: Mapping[str, Any], scales: Mapping[str, Scale]) -> dict[str, Any]:
    """Return a form whose questions for a level offer the levels of their scale, for good."""
    made = copy.deepcopy(dict(content))
    for question in questions(made):
        if question["type"] == "level" and question["scale"] in scales:
            question["choices"] = scales[question["scale"]].choices
    return made


def following(content: Mapping[str, Any], taken: Collection[str] = ()) -> dict[str, Any]:
    """Return what the next version starts from: the same, each part with a key to know it by.

    The levels of a scale are those of the policy on the day it is published, so they are left out.

    Args:
        content: of the version before.
        taken: the keys of the instrument's versions so far, none of which comes to mean more.

    """
    made = keyed(content, taken)
    for question in questions(made):
        if question["type"] == "level":
            question.pop("choices", None)
    return made


def keyed(content: Mapping[str, Any], taken: Collection[str] = ()) -> dict[str, Any]:
    """Return a form in which each part has a key: its own, or a new one that nothing has."""
    made = copy.deepcopy(dict(content))
    for part in parts(made):
        used = {*keys_of(made), *taken}
        part.setdefault("key", new_key(part["title"], used, otherwise="part"))
    return made


def keys_of(content: Mapping[str, Any]) -> set[str]:
    """Return all keys of a form, of its parts and its questions."""
    named = {part["key"] for part in parts(content) if "key" in part}
    return named | {question["key"] for question in questions(content)}


def new_key(words: str, taken: Iterable[str], *, otherwise: str = "question") -> str:
    """Return a key that nothing else has, made of the words it stands for."""
    used, plain = set(taken), slugify(words).replace("-", "_").strip("_")
    base = plain if plain[:1].isalpha() else f"{otherwise}_{plain}".strip("_")
    key, number = base[:KEY_LENGTH].strip("_"), 1
    while key in used:
        number += 1
        key = f"{base[: KEY_LENGTH - 4].strip('_')}_{number}"
    return key


def part_of(content: Mapping[str, Any], key: str) -> Part | None:
    """Return the part with that key."""
    return next((part for part in parts(content) if part.get("key") == key), None)


def part_with(content: Mapping[str, Any], key: str) -> Part | None:
    """Return the part that holds the question with that key."""
    return next(
        (it for it in parts(content) if any(one["key"] == key for one in it["questions"])), None
    )


def question_of(content: Mapping[str, Any], key: str) -> Question | None:
    """Return the question with that key."""
    return next((question for question in questions(content) if question["key"] == key), None)


class Row(NamedTuple):
    """A part of a draft as its page lists it: each question with its kind in words."""

    part: Part
    asked: list[tuple[Question, str]]


def rows(content: Mapping[str, Any]) -> list[Row]:
    """Return the parts of a draft to list."""
    return [
        Row(part, [(question, TYPES[question["type"]]) for question in part["questions"]])
        for part in parts(content)
    ]


@dataclass(frozen=True, slots=True)
class Changed:
    """What a draft changes against the version published before, in words.

    ``form`` is what it says of itself as a whole and of its parts; the rest are its questions.
    """

    form: list[str]
    added: list[str]
    removed: list[str]
    changed: list[str]
    is_reordered: bool

    def __bool__(self) -> bool:
        return bool(self.form or self.added or self.removed or self.changed or self.is_reordered)


def compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> Changed:
    """Compare two versions whose parts have keys: as a whole, part by part, question by question."""
    old = {question["key"]: question for question in questions(before)}
    new = {question["key"]: question for question in questions(after)}
    kept = [key for key in new if key in old]
    differing = {key: _differences(key, before, after) for key in kept}
    return Changed(
        form=[*_whole(before, after), *_of_parts(before, after)],
        added=[
            f"{it['label']} ({TYPES[it['type']].lower()})" for k, it in new.items() if k not in old
        ],
        removed=[it["label"] for key, it in old.items() if key not in new],
        changed=[f"{new[key]['label']}: {', '.join(it)}" for key, it in differing.items() if it],
        is_reordered=kept != [key for key in old if key in new],
    )


ASPECTS = {
    "label": "its wording",
    "help": "its help",
    "required": "whether it must be answered",
    "choices": "its answers",
    "min": "its least",
    "max": "its most",
    "scale": "its scale",
    "standards": "its standards",
    "shown_if": "when it is asked",
    "type": "its kind",
}


def _differences(key: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Name what is otherwise about a question both versions ask, the part it stands in as well."""
    (was, old), (now, new) = _place(before, key), _place(after, key)
    found = [words for name, words in ASPECTS.items() if old.get(name) != new.get(name)]
    if was.get("key") != now.get("key"):
        found.append(f"its part, which is “{now['title']}” now")
    return found


def _place(content: Mapping[str, Any], key: str) -> tuple[Part, Question]:
    return next(place for place in places(content) if place[1]["key"] == key)


def _whole(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[str]:
    """Say what is otherwise about whom a form names and what is read first."""
    if _names_nobody(before) != _names_nobody(after):
        yield (
            "It names nobody. Naming the person observed was optional."
            if _names_nobody(after)
            else "Naming the person observed is optional. It named nobody."
        )
    was, now = before.get("guidance", ""), after.get("guidance", "")
    if was and now and was != now:
        yield "What is read before one begins is reworded."
    elif was != now:
        yield (
            "There is something to read before one begins."
            if now
            else "There is nothing to read before one begins any more."
        )


def _names_nobody(content: Mapping[str, Any]) -> bool:
    return bool(content.get("naming", "OPTIONAL") == "OFF")


def _of_parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[str]:
    """Say which parts are new or gone, and what the others say otherwise of themselves."""
    old = {part.get("key"): part for part in parts(before)}
    new = {part.get("key"): part for part in parts(after)}
    for key, part in new.items():
        if key not in old:
            yield f"The part “{part['title']}” is new."
        else:
            yield from _of_part(old[key], part)
    yield from (f"The part “{it['title']}” is gone." for key, it in old.items() if key not in new)


def _of_part(old: Part, new: Part) -> Iterable[str]:
    called = f"The part “{old['title']}”"
    if old["title"] != new["title"]:
        yield f"{called} is called “{new['title']}”."
    if old.get("help", "") != new.get("help", ""):
        yield f"{called} says something else as its help."
    if old.get("repeats") != new.get("repeats"):
        yield f"{called} is answered {_often(new)}. It was answered {_often(old)}."


def _often(part: Part) -> str:
    if "repeats" not in part:
        return "once"
    most, word = part["repeats"]["most"], part["repeats"]["word"]
    return f"up to {most} time{'s' if most > 1 else ''}, each called “{word}”"


def mark(what: object) -> str:
    """Return a short mark of something as it stands: a page that asks first carries it."""
    return revision_of([json.dumps(what, sort_keys=True)])


def is_as_seen(what: object, seen: str) -> Verdict:
    """What somebody agreed to is what they saw: nobody changed it since the page was opened."""
    if seen == mark(what):
        return ALLOWED
    return denied("Somebody changed it since you opened this page. Look at it again, then decide.")


def stays_in_order(content: Mapping[str, Any], before: Mapping[str, Any]) -> Verdict:
    """A change breaks no condition: each still looks at an earlier question and at its answers."""
    there = {fault.words for fault in faults(before)}
    new = [fault.words for fault in faults(content) if fault.words not in there]
    return denied(new[0]) if new else ALLOWED


def blank(first: str) -> Content:
    """Return what a new form starts from: one part without questions."""
    return {
        "naming": "OFF",
        "sections": [
            {"title": first, "key": new_key(first, (), otherwise="part"), "questions": []}
        ],
    }


def described(content: Mapping[str, Any], *, naming: str, guidance: str) -> dict[str, Any]:
    """Return a form that says otherwise whom it names and what is read before one begins."""
    made = {**content, "naming": naming, "guidance": guidance.strip()}
    return {name: value for name, value in made.items() if value}


def told(version: InstrumentVersion) -> dict[str, str]:
    """Return what is said of a form as a whole, by the names its form gives it."""
    return {
        "name": version.instrument.name,
        "purpose": version.instrument.purpose,
        "naming": version.content.get("naming", "OPTIONAL"),
        "guidance": version.content.get("guidance", ""),
    }
