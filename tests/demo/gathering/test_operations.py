from itertools import pairwise

import pytest
from django.db.models import Count

from trigpoint.evidence.models import Attachment, EvidenceRecord, Note, Reply
from trigpoint.instruments.models import ActivityKind
from trigpoint.reviews.models import Activity

pytestmark = pytest.mark.django_db


def test_records_are_of_every_kind_and_state(told):
    kinds = set(EvidenceRecord.objects.values_list("kind", flat=True))
    assert {*ActivityKind.values} - kinds <= {ActivityKind.GOVERNOR_LINK_VISIT}  # seldom asked for
    assert set(EvidenceRecord.objects.values_list("status", flat=True)) == {
        *EvidenceRecord.Status.values
    }
    assert EvidenceRecord.objects.filter(is_private=True).exists()


def test_no_record_holds_the_same_note_twice(told):
    twice = Note.objects.values("record", "text").annotate(times=Count("id")).filter(times__gt=1)
    assert not twice.exists()


def test_neighbouring_notes_never_read_alike(told):
    notes = Note.objects.order_by("record__observed_at", "record_id", "position")
    texts = list(notes.values_list("text", flat=True))
    assert all(one != other for one, other in pairwise(texts))


def test_some_books_were_photographed(told):
    kinds = set(Attachment.objects.values_list("record__kind", "media_type"))
    assert {kind for kind, _ in kinds} == {ActivityKind.BOOK_SCRUTINY}
    assert all(media_type.startswith("image/") for _, media_type in kinds)


def test_nobody_was_named_more_often_than_the_budget(told):
    named = EvidenceRecord.objects.filter(observed__isnull=False, budget_reason="")
    counts = named.values("observed", "observed_at__year").annotate(times=Count("id"))
    assert max(row["times"] for row in counts) <= 4  # two school years touch a calendar year


def test_what_was_shared_was_read_and_answered(told):
    assert set(Reply.objects.values_list("kind", flat=True)) == {*Reply.Kind.values}


def test_activities_were_done_missed_and_are_still_to_come(told):
    assert set(Activity.objects.values_list("status", flat=True)) == {"PLANNED", "DONE", "MISSED"}


def test_the_staff_member_has_a_visit_booked_and_feedback_to_answer(told):
    me = told.cast.parts["staff"].person
    assert Activity.objects.filter(observed=me, status="PLANNED").exists()
    assert EvidenceRecord.objects.filter(observed=me, shared_at__isnull=False).exists()
