import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.factories import (
    ActivityFactory,
    AttachmentFactory,
    DiscardedDraftFactory,
    InstrumentVersionFactory,
    person,
)
from trigpoint.evidence.drafts import operations
from trigpoint.evidence.entries import operations as entries
from trigpoint.evidence.entries.operations import NoteContent, RecordContent
from trigpoint.evidence.models import DiscardedDraft, EvidenceRecord
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db
AT = dt.datetime(2025, 11, 12, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def author():
    return person(Role.REVIEWER, at=ActivityFactory.create().trust)


@pytest.fixture
def content(author):
    activity = ActivityFactory.create(review__academy__trust=author.person.trust)
    notes = (NoteContent(key="a", text="Every pupil reads aloud."),)
    return RecordContent(activity_id=activity.pk, title="Year 4 reading", notes=notes)


@pytest.fixture
def draft(author, content):
    receipt = entries.save(
        record_id=ActivityFactory.build().pk, content=content, base_revision=None, by=author, at=AT
    )
    return EvidenceRecord.objects.get(pk=receipt.record_id)


def test_discard_takes_the_draft_and_keeps_its_words_for_the_author(draft, author):
    operations.discard(record=draft, by=author, at=AT)

    left = DiscardedDraft.objects.visible_to(author).get()
    assert not EvidenceRecord.objects.exists()
    assert (left.pk, left.number, left.discarded_at) == (draft.pk, draft.number, AT)
    assert left.content["notes"][0]["text"] == "Every pupil reads aloud."
    assert HistoryEntry.objects.filter(subject_id=draft.pk, verb="discarded").exists()
    assert not DiscardedDraft.objects.visible_to(person(Role.QA_LEAD, at=draft.trust)).exists()


def test_discard_keeps_in_words_what_the_form_does_not_ask_any_more(draft, author):
    form = draft.instrument_version
    asked = [{"key": "aim", "type": "short_text", "label": "The aim?"}]
    earlier = [{"key": "focus", "type": "short_text", "label": "The focus?"}]
    form.content = {"sections": [{"title": "Part", "questions": asked}]}
    form.save()
    InstrumentVersionFactory.create(
        instrument=form.instrument,
        number=form.number + 1,
        content={"sections": [{"title": "Part", "questions": earlier}]},
    )
    draft.answers = {"aim": "To share fairly", "focus": "Fractions"}
    draft.save()

    left = operations.discard(record=draft, by=author, at=AT)

    assert left.content["answered"] == [
        {"label": "The aim?", "words": "To share fairly"},
        {"label": "The focus?", "words": "Fractions"},
    ]


def test_discard_keeps_the_number_out_of_the_way_of_the_next_record(author, content):
    def start(**more):
        of = RecordContent(activity_id=content.activity_id, **more)
        pk = ActivityFactory.build().pk
        entries.save(record_id=pk, content=of, base_revision=None, by=author, at=AT)
        return EvidenceRecord.objects.get(pk=pk)

    first, last = start(), start()
    DiscardedDraftFactory.create(author=author.person, number=70)  # of another academy

    operations.discard(record=last, by=author, at=AT)
    after = start()
    operations.discard(record=first, by=author, at=AT)

    assert (first.number, last.number, after.number, start().number) == (1, 2, 3, 4)


def test_discard_deletes_its_files_for_good(draft, author, django_capture_on_commit_callbacks):
    stored = default_storage.save("evidence/page.jpg", ContentFile(b"pixels"))
    AttachmentFactory.create(record=draft, file=stored)

    with django_capture_on_commit_callbacks(execute=True):
        operations.discard(record=draft, by=author, at=AT)

    assert not default_storage.exists(stored)


def test_save_from_another_device_does_not_bring_a_discarded_draft_back(draft, author, content):
    operations.discard(record=draft, by=author, at=AT)

    with pytest.raises(Refused, match="You discarded this draft"):
        entries.save(record_id=draft.pk, content=content, base_revision=1, by=author, at=AT)


def test_discard_in_two_windows_is_refused_in_the_second(draft, author):
    operations.discard(record=draft, by=author, at=AT)

    with pytest.raises(Refused, match="not here"):
        operations.discard(record=EvidenceRecord(pk=draft.pk), by=author, at=AT)


def test_discard_is_for_drafts_and_for_their_author(draft, author):
    with pytest.raises(Refused, match="Only its author"):
        operations.discard(record=draft, by=person(Role.QA_LEAD, at=draft.trust), at=AT)
    entries.submit(record=draft, by=author, at=AT)
    with pytest.raises(Refused, match="submitted, so it stays"):
        operations.discard(record=draft, by=author, at=AT)
