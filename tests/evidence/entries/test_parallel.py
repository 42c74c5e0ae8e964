"""A device that repeats itself, and many at once: one record, one number each, nothing lost."""

import datetime as dt
from functools import partial
from threading import Event
from uuid import uuid4

import pytest
from django.db import transaction

from tests.factories import ActivityFactory, EvidenceRecordFactory, NoteFactory, person
from tests.parallel import PATIENCE_SECONDS, all_at_once, said, until_another_waits
from trigpoint.evidence.entries import operations
from trigpoint.evidence.entries.operations import NoteContent, RecordContent
from trigpoint.evidence.models import EvidenceRecord, Note
from trigpoint.people.models import Person, User
from trigpoint.people.roles import Role
from trigpoint.reviews.models import Activity

AT = dt.datetime(2025, 11, 12, 12, 0, tzinfo=dt.UTC)
MANY = 50
ROUNDS = 50


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_save_sent_fifty_times_at_once_is_kept_once_fifty_times_over():
    activity = ActivityFactory.create()
    author = person(Role.REVIEWER, at=activity.trust)
    content = RecordContent(
        activity_id=activity.pk, title="Reading", notes=(NoteContent(text="Calm.", key="a"),)
    )

    def send(record_id):
        return operations.save(
            record_id=record_id,
            content=content,
            base_revision=None,
            by=User.objects.get(pk=author.pk),
            at=AT,
        )

    for done in range(1, ROUNDS + 1):
        receipts = all_at_once([partial(send, uuid4())] * MANY)

        assert [receipt.created for receipt in receipts].count(True) == 1
        assert len({(r.record_id, r.revision, r.content_hash) for r in receipts}) == 1
        assert (EvidenceRecord.objects.count(), Note.objects.count()) == (done, done)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_save_numbers_records_begun_at_once_without_gaps_or_doubles():
    activity = ActivityFactory.create()
    author = person(Role.REVIEWER, at=activity.trust)

    def begin():
        return operations.save(
            record_id=uuid4(),
            content=RecordContent(activity_id=activity.pk, title="Reading"),
            base_revision=None,
            by=User.objects.get(pk=author.pk),
            at=AT,
        )

    all_at_once([begin] * MANY)

    numbers = EvidenceRecord.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, MANY + 1))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_submit_waits_for_a_planner_and_holds_nobody_the_planner_asks_for_next():
    activity = ActivityFactory.create()
    author = person(Role.REVIEWER, at=activity.trust)
    seen = person(Role.STAFF, at=activity.review.academy)
    record = EvidenceRecordFactory.create(
        review=activity.review, activity=activity, author=author.person, observed=seen.person
    )
    NoteFactory.create(record=record)
    planning = Event()

    def plan(_by):
        with transaction.atomic():
            Activity.objects.select_for_update().get(pk=activity.pk)
            planning.set()
            until_another_waits()
            Person.objects.select_for_update(nowait=True).get(pk=seen.person_id)

    def submit(by):
        assert planning.wait(PATIENCE_SECONDS)
        operations.submit(record=record, by=by, at=AT)

    assert not any(all_at_once([lambda: said(plan, author), lambda: said(submit, author)]))
    record.refresh_from_db()
    assert record.status == EvidenceRecord.Status.SUBMITTED
