"""Conversations through the door every record comes through."""

import datetime as dt
from uuid import uuid4

import pytest

from tests.factories import AcademyFactory, InstrumentVersionFactory, PostFactory, person
from trigpoint.evidence.entries import operations
from trigpoint.evidence.entries.operations import NoteContent, RecordContent
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.people.roles import Role
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db
AT = dt.datetime(2025, 11, 12, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def academy():
    found = AcademyFactory.create()
    for kind in ("STUDENT_VOICE", "LESSON_VISIT"):
        InstrumentVersionFactory.create(instrument__trust=found.trust, instrument__kind=kind)
    return found


@pytest.fixture
def head(academy):
    return person(Role.HEADTEACHER, at=academy)


def keep(head, academy, **said):
    content = RecordContent(
        academy_id=academy.pk,
        title="Pupils of Year 5",
        notes=(NoteContent(key="a", text="They say reading is calm."),),
        **{"kind": "STUDENT_VOICE", **said},
    )
    receipt = operations.save(
        record_id=uuid4(), content=content, base_revision=None, by=head, at=AT
    )
    return EvidenceRecord.objects.get(pk=receipt.record_id)


def test_save_names_nobody_in_a_conversation_whatever_its_form_says(academy, head):
    teacher = PostFactory.create(academy=academy).person

    with pytest.raises(Refused, match="names nobody"):
        keep(head, academy, observed_id=teacher.pk)
    assert keep(head, academy, observed_id=teacher.pk, kind="LESSON_VISIT").observed == teacher


def test_submit_asks_who_was_spoken_to_and_how_many(academy, head):
    record = keep(head, academy)
    told = keep(head, academy, group_described="Six of Year 5", group_size=6)

    with pytest.raises(Refused, match="Say who was spoken to"):
        operations.submit(record=record, by=head, at=AT)
    assert operations.submit(record=told, by=head, at=AT).status == "SUBMITTED"


def test_submit_takes_the_group_from_the_forms_answers(academy, head):
    questions = [
        {"key": "group_size", "type": "number", "label": "How many"},
        {"key": "mix", "type": "short_text", "label": "Who"},
    ]
    InstrumentVersionFactory.create(
        instrument__trust=academy.trust,
        instrument__kind="STUDENT_VOICE",
        published_on=dt.date(2025, 11, 1),
        content={"sections": [{"title": "The group", "questions": questions}]},
    )
    record = keep(head, academy, answers={"group_size": 7, "mix": "Year 5, by draw"})

    submitted = operations.submit(record=record, by=head, at=AT)

    submitted.refresh_from_db()
    assert (submitted.group_described, submitted.group_size) == ("Year 5, by draw", 7)
