"""The content of an evidence record as it arrives, what fits, and the hash that names it.

Nothing here reads a table. A draft may hold anything that fits; whether it is complete is asked
when it is submitted (``evidence.entries.rules``).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from trigpoint.instruments.answers.rules import repeated, repeats_of
from trigpoint.instruments.contents.rules import questions
from trigpoint.records.days import NO_DAY, within_years
from trigpoint.records.refusals import ALLOWED, Verdict, denied

MOST_NOTES = 300
MOST_CHOSEN = 100
LONGEST_NOTE = 4_000  # characters
LONGEST_ANSWERS = 100_000  # characters of JSON
LONGEST_VISIT = 600  # minutes
LARGEST_GROUP = 20_000  # all who answered a survey of a trust's largest academy, and room
# What a record says of its visit. The rest files it: lines, standards, team, privacy, budget.
SAID = (
    "title", "subject", "year_groups", "group_described", "group_size", "observed_id",
    "observed_at", "minutes", "level_id", "answers",
)  # fmt: skip
LONGEST = {
    "title": 160,
    "subject": 80,
    "year_groups": 80,
    "group_described": 160,
    "budget_reason": 240,
}
NO_FIT = {
    "title": "the title",
    "subject": "the subject",
    "year_groups": "the year groups",
    "group_described": "the description of the group",
    "budget_reason": "the reason for the visit",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteContent:
    """One note. ``key`` is minted on the device and stays with the note for good."""

    text: str
    key: str = ""
    kind: str = "RUNNING"
    noted_at: datetime | None = None
    look_fors: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordContent:
    """Everything the author can say in one record.

    The first block places the record and is fixed by the first save: an ``activity_id``, or an
    ``academy_id`` with a ``kind`` (and a ``review_id`` where it belongs to one). ``minutes`` are
    whole minutes; ``look_fors`` says of each look-for whether it was SEEN, PARTLY or NOT_SEEN.
    """

    activity_id: UUID | None = None
    academy_id: UUID | None = None
    review_id: UUID | None = None
    kind: str = ""

    title: str = ""
    team_id: UUID | None = None
    subject: str = ""
    year_groups: str = ""
    group_described: str = ""
    group_size: int | None = None
    observed_id: UUID | None = None
    observed_at: datetime | None = None
    minutes: int | None = None
    level_id: UUID | None = None
    is_private: bool = False
    budget_reason: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[NoteContent, ...] = ()
    look_fors: Mapping[UUID, str] = field(default_factory=dict)
    standards: tuple[UUID, ...] = ()
    lines: tuple[UUID, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return it as JSON would carry it, in one spelling: sorted sets, moments in UTC."""
        plain = _plain(self)
        for chosen in ("standards", "lines"):
            plain[chosen] = sorted(plain[chosen])
        return plain  # type: ignore[no-any-return]  # a dict in is a dict out

    def canonical(self) -> str:
        """Return the canonical JSON: the same content is always the same text."""
        return json.dumps(self.plain(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was kept, and under which revision. The device holds its copy until it has this.

    ``created`` says whether this very request made the record; a repeat of it gets an equal
    receipt in which it is False.
    """

    record_id: UUID
    revision: int
    content_hash: str
    created: bool = field(default=False, compare=False)


def content_hash(content: RecordContent) -> str:
    """Return the SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(content.canonical().encode()).hexdigest()


def _plain(value: Any) -> Any:  # noqa: ANN401 -- whatever JSON can carry
    """Spell ids, moments, tuples, keys and notes the one way JSON can."""
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, UUID):
        return str(value)
    if is_dataclass(value):
        value = {one.name: getattr(value, one.name) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return value


def fits(content: RecordContent) -> Verdict:
    """Say whether everything fits in its place. What does not is named, with its limit."""
    for problem in _problems(content):
        return denied(problem)
    return ALLOWED


def _problems(content: RecordContent) -> Iterator[str]:
    for name, most in LONGEST.items():
        if len(getattr(content, name)) > most:
            yield f"Shorten {NO_FIT[name]}: {most} characters fit."
    if len(content.notes) > MOST_NOTES:
        yield f"One record holds {MOST_NOTES} notes. Start another record for the rest."
    if any(len(note.text) > LONGEST_NOTE for note in content.notes):
        yield f"One note holds {LONGEST_NOTE:,} characters. Split the long one in two."
    keys = [note.key for note in content.notes if note.key]
    if len(set(keys)) < len(keys):
        yield "Two notes carry the same key, and one would be lost. Give each note its own."
    if max(map(len, (content.standards, content.lines, content.look_fors))) > MOST_CHOSEN:
        yield f"Choose at most {MOST_CHOSEN} standards, lines or look-fors for one record."
    yield from _numbers(content)
    yield from _moments(content)
    if len(json.dumps(_plain(content.answers))) > LONGEST_ANSWERS:
        yield "The answers are too long for one record. Put the rest in a second record."


def _numbers(content: RecordContent) -> Iterator[str]:
    if content.minutes is not None and not 0 <= content.minutes <= LONGEST_VISIT:
        yield f"Give the length in minutes, from 0 to {LONGEST_VISIT}."
    if content.group_size is not None and not 0 <= content.group_size <= LARGEST_GROUP:
        yield f"Give the size of the group as a number up to {LARGEST_GROUP:,}."


def _moments(content: RecordContent) -> Iterator[str]:
    moments = [content.observed_at, *(note.noted_at for note in content.notes)]
    if any(moment and not within_years(moment) for moment in moments):
        yield NO_DAY


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two contents of one record, by id. ``notes_new`` is in order."""

    notes_new: dict[UUID, NoteContent]
    notes_changed: dict[UUID, NoteContent]
    notes_gone: frozenset[UUID]
    marks_changed: dict[UUID, str]
    marks_gone: frozenset[UUID]
    standards: bool
    lines: bool


def changes(record_id: UUID, *, before: RecordContent, after: RecordContent) -> Changes:
    """Compare what is stored with what arrived. ``before`` carries the notes' own ids as keys."""
    stored = {UUID(note.key): note for note in before.notes}
    wanted = {
        _note_id(record_id, note.key or f"note {place}", stored): note
        for place, note in enumerate(after.notes)
    }
    return Changes(
        notes_new={pk: note for pk, note in wanted.items() if pk not in stored},
        notes_changed={
            pk: note
            for pk, note in wanted.items()
            if pk in stored and _words(note) != _words(stored[pk])
        },
        notes_gone=frozenset(stored.keys() - wanted.keys()),
        marks_changed={
            look_for: seen
            for look_for, seen in after.look_fors.items()
            if before.look_fors.get(look_for) != seen
        },
        marks_gone=frozenset(before.look_fors.keys() - after.look_fors.keys()),
        standards=set(before.standards) != set(after.standards),
        lines=set(before.lines) != set(after.lines),
    )


def says_otherwise(before: RecordContent, after: RecordContent, changed: Changes) -> bool:
    """Say whether a correction touches what the record says of the visit."""
    return bool(
        changed.notes_new
        or changed.notes_changed
        or changed.notes_gone
        or changed.marks_changed
        or changed.marks_gone
        or any(getattr(before, name) != getattr(after, name) for name in SAID)
    )


def both(
    record_id: UUID, *, mine: RecordContent, stored: RecordContent, form: Mapping[str, Any]
) -> RecordContent:
    """Return one's own content with every note and long answer of the stored one kept beside it.

    Args:
        record_id: the record both are of.
        mine: what was being written; whatever is not a note or a long answer stays as it says.
        stored: what was kept meanwhile, its notes' own ids as keys.
        form: the content of the form that both answer.

    """
    joined = [it["key"] for it in questions(form) if it["type"] == "long_text"]
    there = {UUID(note.key): note for note in stored.notes}
    own = {
        _note_id(record_id, note.key or f"note {place}", there): note
        for place, note in enumerate(mine.notes)
    }
    said = {note.text.strip() for note in mine.notes}
    theirs = [note for pk, note in there.items() if pk not in own]
    theirs += [
        replace(note, key=str(uuid5(pk, note.text)))
        for pk, note in there.items()
        if pk in own and note.text.strip() not in said
    ]
    answers = {
        key: f"{mine.answers[key]}\n\n{stored.answers[key]}"
        for key in joined
        if mine.answers.get(key)
        and stored.answers.get(key)
        and str(stored.answers[key]) not in str(mine.answers[key])
    }
    answers |= _repeats_of_both(form, mine.answers, stored.answers)
    only_theirs = {key: stored.answers[key] for key in joined if stored.answers.get(key)}
    return replace(
        mine,
        notes=(*mine.notes, *theirs),
        answers={**only_theirs, **mine.answers, **answers},
    )


def _repeats_of_both(
    form: Mapping[str, Any], mine: Mapping[str, Any], stored: Mapping[str, Any]
) -> dict[str, Any]:
    """Return one's own repeats with those of the stored one that differ, where all of them fit."""
    found: dict[str, Any] = {}
    for part in repeated(form):
        own, there = repeats_of(part, mine), repeats_of(part, stored)
        every = [*own, *(one for one in there if one not in own)]
        if len(own) < len(every) <= part["repeats"]["most"]:
            found[part.get("key", "")] = every
    return found


def _note_id(record_id: UUID, key: str, stored: Mapping[UUID, NoteContent]) -> UUID:
    """Return the id of the note a device calls ``key``: one it was given, or one made from it."""
    try:
        given = UUID(key)
    except ValueError:
        return uuid5(record_id, key)
    return given if given in stored else uuid5(record_id, key)


def _words(note: NoteContent) -> tuple[object, ...]:
    return (note.kind, note.text, note.noted_at, note.look_fors)
