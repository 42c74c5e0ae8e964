"""What a row of an old spreadsheet says, what is wrong with it, and when an import can be undone."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import UUID

from trigpoint.evidence.contents.rules import LONGEST, LONGEST_NOTE, LONGEST_VISIT
from trigpoint.evidence.headings.rules import NOTES, kind_named
from trigpoint.evidence.imports.models import EvidenceImport
from trigpoint.evidence.names.rules import name_like_words
from trigpoint.instruments.library.rules import may_name as form_may_name
from trigpoint.instruments.models import ActivityKind
from trigpoint.instruments.voices.rules import may_name as kind_may_name
from trigpoint.people.names.rules import named_in
from trigpoint.people.roles import Capability
from trigpoint.people.sheets.rules import Order, read_day
from trigpoint.records.days import within_years
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.tables import tidy
from trigpoint.records.workflow import Step, Workflow
from trigpoint.trusts.models import Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User

S = EvidenceImport.Status
LIFECYCLE = Workflow(
    "evidence import",
    initial=S.UPLOADED,
    steps=(
        Step("match", frozenset({S.UPLOADED, S.CHECKED}), S.CHECKED),
        Step("confirm", frozenset({S.CHECKED}), S.CONFIRMED),
        Step("undo", frozenset({S.CONFIRMED}), S.UNDONE),
    ),
)
MOST_ROWS = 5_000
# Two weeks to correct a file and ask about it; it holds names and cells nobody matched to anything.
UNCONFIRMED_KEPT = timedelta(days=14)
ADDED, KNOWN, REFUSED = "ADDED", "KNOWN", "REFUSED"
OUTCOMES = {ADDED: "New", KNOWN: "There already", REFUSED: "Problem"}
TEXTS = {"title": "title", "subject": "subject", "years": "year_groups", "group": "group_described"}
TIME = re.compile(r"[ T]\d\d?:\d\d.*$")
WORDS = re.compile(r"[;,/\s]+")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """What a row can name: academies, kinds with a form, standards, staff, what is there already."""

    academies: Mapping[str, Sequence[UUID]] = field(default_factory=dict)  # by name and by URN
    called: Mapping[UUID, str] = field(default_factory=dict)  # so that no two are called the same
    kinds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # each with its form
    standards: Mapping[str, UUID] = field(default_factory=dict)
    staff: Mapping[tuple[UUID, str], list[UUID]] = field(default_factory=dict)
    names: Mapping[UUID, Sequence[str]] = field(default_factory=dict)  # of an academy's staff
    there: Mapping[str, str] = field(default_factory=dict)
    year_from: date = date.max  # the first day of the current school year
    importer: UUID | None = None  # who brings the rows in, and becomes their author


@dataclass(frozen=True, slots=True)
class Asked:
    """How the file is read: column to place, the kind where none is named, the order of days."""

    at: Mapping[str, int]
    kind: str
    order: Order
    on: date


class Problem(Exception):  # noqa: N818 -- caught in this file
    """What is wrong with a row, in words."""


def _wrong(words: str) -> NoReturn:
    raise Problem(words)


def may_import(user: "User", trust: Trust) -> Verdict:
    """Whoever brings evidence into the whole trust: its QA lead."""
    if user.access.covers(Capability.EVIDENCE_IMPORT, trust_id=trust.pk):
        return ALLOWED
    return denied(
        "Only a QA lead of the whole trust brings in past evidence, and answers for it. Ask one."
    )


def may_view(user: "User", upload: EvidenceImport) -> Verdict:
    """The same, of their own trust. Agrees with ``visible_to``."""
    if user.access.covers(Capability.EVIDENCE_IMPORT, trust_id=upload.trust_id):
        return ALLOWED
    return denied("This import belongs to another trust, or your role does not bring in evidence.")


def has_not_too_many(count: int) -> Verdict:
    """A file is of a size that somebody can look through."""
    if not count:
        return denied("The file has headings but no row under them. Fill it in and send it again.")
    if count > MOST_ROWS:
        return denied(
            f"The file has {count:,} rows; {MOST_ROWS:,} come in at once. Send it in parts, a year each."
        )
    return ALLOWED


def check_row(number: int, cells: list[str], asked: Asked, known: Known) -> Row:
    """Say what one row would do: the facts of a record, or what is wrong with it."""
    said = {key: cells[at].strip() if at < len(cells) else "" for key, at in asked.at.items()}
    row: Row = {"number": number, "title": said.get("title") or said.get("subject", "")}
    row["academy"] = said["academy"]
    try:
        facts, remarks = _facts(said, asked, known)
    except Problem as problem:
        return {**row, "outcome": REFUSED, "words": str(problem), "facts": {}, "digest": ""}
    digest = _digest(cells)
    row |= {"title": facts["title"], "facts": facts, "digest": digest}
    row["academy"] = known.called[UUID(facts["academy_id"])]
    if digest in known.there:
        return {**row, "outcome": KNOWN, "words": known_from(known.there[digest])}
    return {**row, "outcome": ADDED, "words": " ".join(remarks)}


def known_from(imported_from: str) -> str:
    """Say of a row that it was brought in before, and from where."""
    return f"Brought in before: {imported_from}."


def _digest(cells: Iterable[str]) -> str:
    """Name what a row says, whatever its columns are taken for: every cell counts, no place does."""
    told = sorted(filter(None, (" ".join(cell.casefold().split()) for cell in cells)))
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def without_repeats(rows: Iterable[Row]) -> list[Row]:
    """Mark rows that say the same as one above them."""
    first: dict[str, int] = {}
    told = []
    for row in rows:
        if (
            row["outcome"] == ADDED
            and (above := first.setdefault(row["digest"], row["number"])) != row["number"]
        ):
            told.append({**row, "outcome": KNOWN, "words": f"The same as row {above}."})
        else:
            told.append(row)
    return told


def _facts(said: Mapping[str, str], asked: Asked, known: Known) -> tuple[Row, list[str]]:
    """Read a row's cells into the facts of a record, and what to remark on."""
    academy = _academy(said["academy"], known)
    kind = _kind(said.get("kind", ""), asked.kind)
    if kind not in known.kinds:
        label = ActivityKind(kind).label.lower()
        _wrong(f"Your trust has no published form for a {label}. Publish one first.")
    day = _day(said["day"], asked)
    unnamed = _unnamed(kind, day, known) if said.get("person") else ""
    person = None if unnamed else _person(said.get("person", ""), academy, known)
    notes = _notes(said)
    named = sorted(set(named_in(_words_of(said), known.names.get(academy, ()))))
    if named and not kind_may_name(kind):
        label = ActivityKind(kind).label.lower()
        _wrong(f"Its words name {', '.join(named)}, and a {label} names nobody. Take the name out.")
    level = said.get("level", "")
    if level and not (said.get("person") or named):
        notes.append({"kind": "RUNNING", "text": f"Level in the spreadsheet: {level}"})
    if said.get("seen_by"):
        notes.insert(
            0, {"kind": "RUNNING", "text": f"Seen by {said['seen_by']}, the spreadsheet says."}
        )
    facts = {name: _fitting(said.get(key, ""), name) for key, name in TEXTS.items()}
    facts["title"] = facts["title"] or facts["subject"] or str(ActivityKind(kind).label)
    return facts | {
        "academy_id": str(academy),
        "day": day.isoformat(),
        "kind": kind,
        "minutes": _minutes(said.get("minutes", "")),
        "observed_id": str(person) if person else None,
        "standards": sorted(_standards(said.get("standards", ""), known)),
        "notes": notes,
    }, _remarks(said, unnamed, named)


def _words_of(said: Mapping[str, str]) -> str:
    return "\n".join(said.get(key, "") for key in (*TEXTS, *NOTES))


def _academy(text: str, known: Known) -> UUID:
    found = known.academies.get(tidy(text), [])
    if not found:
        named = text or "nothing"
        _wrong(f"There is no academy called {named}. Write its name or URN as in the trust’s list.")
    if len(found) > 1:
        _wrong(f"{len(found)} academies are called {text}. Write the URN instead.")
    return found[0]


def _kind(text: str, otherwise: str) -> str:
    if not text:
        return otherwise
    if not (kind := kind_named(text)):
        known = ", ".join(label.lower() for label in ActivityKind.labels)
        _wrong(f"“{text}” is no kind of visit we know. Write one of: {known}.")
    return kind


def _day(text: str, asked: Asked) -> date:
    try:
        day = read_day(TIME.sub("", text), asked.order)
    except ValueError:
        day = None
    if day is None or not within_years(day):
        _wrong(
            f"“{text}” is no day we can read. Write it as 2024-11-12 or 12/11/2024."
            if text
            else "The day is missing."
        )
    if day > asked.on:
        _wrong(f"{text} is still to come. Past evidence has a day that is over.")
    return day


def _fitting(text: str, name: str) -> str:
    if len(text) > LONGEST[name]:
        _wrong(f"Shorten “{text[:30]}…”: {LONGEST[name]} characters fit there.")
    return text


def _minutes(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or int(text) > LONGEST_VISIT:
        _wrong(f"“{text}” is no number of minutes up to {LONGEST_VISIT}.")
    return int(text)


def _person(text: str, academy: UUID, known: Known) -> UUID | None:
    if not text:
        return None
    found = known.staff.get((academy, tidy(text)), [])
    if len(found) != 1:
        several = "Several people called" if found else "Nobody called"
        _wrong(f"{several} {text} worked there. Correct the name, or leave that column out.")
    if found[0] == known.importer:
        _wrong(
            "It names you as the person seen, and nobody records a visit to their own lesson. Have "
            "another QA lead of the whole trust bring the row in, or leave that column out."
        )
    return found[0]


def _unnamed(kind: str, day: date, known: Known) -> str:
    """Say why a row's person is left out; empty when they may be named."""
    if not kind_may_name(kind):
        return f"a {ActivityKind(kind).label.lower()} names nobody."
    if not form_may_name(known.kinds[kind]):
        return "your form for it names nobody."
    if day >= known.year_from:
        return "visits of this school year count in their budget. Whoever was there records it by hand."
    return ""


def _standards(text: str, known: Known) -> set[str]:
    codes = [code for code in WORDS.split(text.upper()) if code]
    if unknown := [code for code in codes if code not in known.standards]:
        _wrong(
            f"The policy in force has no standard {unknown[0]}. Correct it, or leave that column out."
        )
    return {str(known.standards[code]) for code in codes}


def _notes(said: Mapping[str, str]) -> list[dict[str, str]]:
    notes = [{"kind": kind, "text": said[key]} for key, kind in NOTES.items() if said.get(key)]
    if not notes:
        _wrong("It says nothing of what was seen.")
    if any(len(note["text"]) > LONGEST_NOTE for note in notes):
        _wrong(f"One cell holds more than {LONGEST_NOTE:,} characters. Split it over two columns.")
    return notes


def _remarks(said: Mapping[str, str], unnamed: str, named: Sequence[str]) -> list[str]:
    """Say what is left out and what to look at; nothing of it is in the way."""
    remarks = [f"The person is left out: {unnamed}"] if unnamed else []
    if said.get("level") and (said.get("person") or named):
        who = "the row names a person" if said.get("person") else f"its words name {named[0]}"
        remarks.append(f"The level is left out: {who}.")
    person = "" if unnamed else said.get("person", "")
    if words := name_like_words([_words_of(said)], known=[person, said.get("seen_by", "")]):
        shown = ", ".join(words[:5])
        remarks.append(
            f"{len(words)} word{'' if len(words) == 1 else 's'} that may be a name: {shown}."
        )
    return remarks


def tally(rows: Iterable[Row]) -> dict[str, int]:
    """Count rows by what they would do."""
    counted = Counter(row["outcome"] for row in rows)
    return {outcome: counted[outcome] for outcome in OUTCOMES}


def may_confirm(upload: EvidenceImport, *, leave_out: bool) -> Verdict:
    """Say whether what was previewed can be brought in: once, and no row silently left behind."""
    if not (moving := LIFECYCLE.may("confirm", upload.status)):
        return moving
    counted = tally(upload.rows)
    if counted[REFUSED] and not leave_out:
        return denied(
            f"{counted[REFUSED]} rows have problems. Correct the file and send it again, or say that "
            "they are to be left out."
        )
    if not counted[ADDED]:
        return denied("There is nothing new in this file.")
    return ALLOWED


def may_undo(upload: EvidenceImport, *, in_the_way: Iterable[str]) -> Verdict:
    """An import is undone whole, until somebody has built on one of its records."""
    if not (moving := LIFECYCLE.may("undo", upload.status)):
        return moving
    if reasons := list(in_the_way):
        return denied(f"This import can no longer be undone: {reasons[0]}.")
    return ALLOWED
