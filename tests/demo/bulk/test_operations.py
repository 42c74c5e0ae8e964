"""The same records written by the operations and in bulk leave the same rows behind."""

import datetime as dt
from dataclasses import replace
from uuid import uuid4

import pytest

from tests.demo.conftest import TODAY
from trigpoint.demo.bulk import operations as bulk
from trigpoint.demo.bulk.rules import Entry
from trigpoint.demo.gathering.rules import Seen, content
from trigpoint.demo.programme import rules as programme
from trigpoint.demo.reviewing import operations as reviewing
from trigpoint.demo.stage.rules import moment
from trigpoint.evidence.entries import operations as evidence
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.instruments.models import ActivityKind
from trigpoint.records.models import HistoryEntry
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db
OWN = {"id", "created_at", "number", "record_id", "subject_id"}


@pytest.fixture
def held(told):
    script = programme.at(
        told.cast.places[0], Review.Kind.TRUST, TODAY - dt.timedelta(50), areas=programme.AREAS
    )
    return reviewing.begin(told, script)


@pytest.fixture
def entries(told, held):
    """Twelve records of all kinds, a third of them shared; their authors take turns."""
    place, book = held.script.place, told.book
    standard, other = book.standards["assessment"][:2]
    made = []
    for number in range(12):
        seen = Seen(
            kind=list(ActivityKind)[number % 8],
            rank=number % 5 + 1,
            subject="Reading",
            topic=told.words.topic("Reading"),
            year="Year 4",
            at=moment(held.script.starts_on + dt.timedelta(number), 9),
            look_fors=[one.pk for one in book.look_fors[standard.pk]],
            standards=(standard.pk, other.pk),
            lines=(held.lines[0].pk,),
            team_id=place.teams[0].pk,
            place={"review_id": held.review.pk},
        )
        at = seen.at + dt.timedelta(hours=1)
        made.append(
            Entry(
                record_id=uuid4(),
                number=number + 5_001,
                content=content(seen, told.words),
                academy_id=place.academy.pk,
                instrument=book.instruments[seen.kind],
                by=held.team[number % len(held.team)],
                at=at,
                shared_at=at + dt.timedelta(days=1) if number % 3 == 0 else None,
                locked_at=moment(held.day(14), 14),
            )
        )
    return made


def write_as_people_do(entries, review):
    for entry in entries:
        evidence.save(
            record_id=entry.record_id,
            content=entry.content,
            base_revision=None,
            by=entry.by,
            at=entry.at,
        )
        record = EvidenceRecord.objects.get(pk=entry.record_id)
        evidence.submit(record=record, by=entry.by, at=entry.at)
        if entry.shared_at:
            evidence.share(record=record, names_checked=True, by=entry.by, at=entry.shared_at)
    evidence.lock_for(review=review, at=entries[0].locked_at)


def columns(row):
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in OWN
    }


def left_behind(entry):
    """Everything one record left in the database, without what is its own to be."""
    record = EvidenceRecord.objects.get(pk=entry.record_id)
    history = HistoryEntry.objects.filter(subject_id=record.pk)
    details = [
        (row.verb, row.subject_type, row.actor_id, row.detail | {"number": 0})
        for row in history.order_by("created_at", "verb")
    ]
    return {
        "record": columns(record),
        "notes": [columns(note) for note in record.notes.order_by("position")],
        "marks": sorted(
            (str(mark.look_for_id), mark.seen, str(mark.trust_id))
            for mark in record.look_for_marks.all()
        ),
        "standards": set(record.standards.values_list("pk", flat=True)),
        "lines": set(record.lines.values_list("pk", flat=True)),
        "history": sorted(map(str, details)),
    }


def test_write_leaves_what_the_operations_leave(entries, held):
    again = [replace(entry, record_id=uuid4(), number=entry.number + 100) for entry in entries]

    write_as_people_do(entries, held.review)
    assert bulk.write(again) == 12

    for by_hand, in_bulk in zip(entries, again, strict=True):
        assert left_behind(in_bulk) == left_behind(by_hand)


def test_write_keeps_the_notes_ids_a_device_would_make(entries):
    bulk.write(entries[:1])
    evidence.save(
        record_id=entries[1].record_id,
        content=entries[1].content,
        base_revision=None,
        by=entries[1].by,
        at=entries[1].at,
    )
    receipt = evidence.save(
        record_id=entries[0].record_id,
        content=entries[0].content,
        base_revision=1,
        by=entries[0].by,
        at=entries[0].at,
    )

    assert (receipt.revision, receipt.created) == (1, False)  # the same content: nothing changed
