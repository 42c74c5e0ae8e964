"""The rows that saving, submitting, sharing and locking a record leave behind, without a database.

This is the one place that writes past the operations. ``tests/demo/bulk`` writes the same records
both ways and compares every column.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import Model

from trigpoint.evidence.contents.rules import RecordContent, content_hash
from trigpoint.evidence.entries.models import EvidenceRecord, LookForMark, Note
from trigpoint.evidence.entries.operations import PLAIN_FIELDS
from trigpoint.evidence.entries.rules import suspect_words
from trigpoint.instruments.answers.rules import check_answers
from trigpoint.instruments.models import InstrumentVersion
from trigpoint.people.models import Person, Post, User
from trigpoint.people.staff.rules import PersonFacts, PostFacts
from trigpoint.records.models import HistoryEntry, Record

OnStandard = EvidenceRecord.standards.through
OnLine = EvidenceRecord.lines.through


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One record to be written: what it says, where it belongs, by whom and when."""

    record_id: UUID
    number: int
    content: RecordContent
    academy_id: UUID
    instrument: InstrumentVersion
    by: User
    at: datetime
    shared_at: datetime | None = None
    locked_at: datetime | None = None


@dataclass(slots=True)
class Rows:
    """Rows of one kind each, ready for the database, in the order their keys need."""

    records: list[EvidenceRecord] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    marks: list[LookForMark] = field(default_factory=list)
    standards: list[Model] = field(default_factory=list)
    lines: list[Model] = field(default_factory=list)
    history: list[HistoryEntry] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Add everything one record leaves behind."""
        record = _record(entry)
        notes = _notes(record, entry.content)
        self.records.append(record)
        self.notes += notes
        self.marks += [
            LookForMark(
                trust_id=record.trust_id,
                record=record,
                look_for_id=look_for,
                seen=LookForMark.Seen(seen),
            )
            for look_for, seen in entry.content.look_fors.items()
        ]
        for standard in entry.content.standards:
            self.standards.append(OnStandard(evidencerecord_id=record.pk, standard_id=standard))
        for line in entry.content.lines:
            self.lines.append(OnLine(evidencerecord_id=record.pk, lineofenquiry_id=line))
        self.history += _history(record, entry, notes)

    def in_order(self) -> Sequence[Sequence[Model]]:
        """Return the rows by table, those that others point at first."""
        return (self.records, self.notes, self.marks, self.standards, self.lines, self.history)


def _record(entry: Entry) -> EvidenceRecord:
    said = {name: getattr(entry.content, name) for name in PLAIN_FIELDS}
    said["answers"] = check_answers(entry.instrument.content, entry.content.answers).cleaned
    S = EvidenceRecord.Status  # noqa: N806 -- as the operations call it
    status = S.LOCKED if entry.locked_at else S.SHARED if entry.shared_at else S.SUBMITTED
    return EvidenceRecord(
        pk=entry.record_id,
        trust_id=entry.by.trust_id,
        number=entry.number,
        academy_id=entry.academy_id,
        review_id=entry.content.review_id,
        kind=entry.content.kind,
        instrument_version=entry.instrument,
        author_id=entry.by.person_id,
        observed_at=entry.content.observed_at or entry.at,
        status=status,
        revision=1,
        content_hash=content_hash(entry.content),
        submitted_at=entry.at,
        shared_at=entry.shared_at,
        names_checked=entry.shared_at is not None,
        **said,
    )


def _notes(record: EvidenceRecord, content: RecordContent) -> list[Note]:
    return [
        Note(
            pk=uuid5(record.pk, note.key or f"note {place}"),
            trust_id=record.trust_id,
            record=record,
            position=place,
            kind=Note.Kind(note.kind),
            noted_at=note.noted_at,
            text=note.text,
            look_for_ids=[str(look_for) for look_for in note.look_fors],
        )
        for place, note in enumerate(content.notes)
    ]


def _history(record: EvidenceRecord, entry: Entry, notes: Sequence[Note]) -> list[HistoryEntry]:
    made = [
        entry_of(record, "started", entry.by, number=record.number),
        entry_of(record, "submitted", entry.by, revision=1, budget_reason=record.budget_reason),
    ]
    if entry.shared_at:
        words = suspect_words(record, (note.text for note in notes))
        made.append(entry_of(record, "shared", entry.by, name_like_words=len(words)))
    if entry.locked_at:
        made.append(entry_of(record, "locked", None, at=entry.locked_at))
    return made


def entry_of(subject: Record, verb: str, by: User | None, **detail: object) -> HistoryEntry:
    """Return the history entry that ``records.history.write`` would add."""
    return HistoryEntry(
        actor=by,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        detail=dict(detail),
    )


def joined(trust_id: UUID, facts: PersonFacts) -> tuple[Person, HistoryEntry]:
    """Return the rows of somebody who joins the trust."""
    person = Person(
        trust_id=trust_id,
        name=facts.name,
        email=facts.email,
        staff_number=facts.staff_number,
        kind=facts.kind,
    )
    return person, entry_of(person, "joined", None)


def appointed(person: Person, facts: PostFacts) -> tuple[Post, HistoryEntry]:
    """Return the rows of a post somebody is given."""
    columns = {column: getattr(facts, column) for column in PostFacts.__slots__}
    post = Post(trust_id=person.trust_id, person=person, **columns)
    return post, entry_of(post, "appointed", None, title=facts.title)
