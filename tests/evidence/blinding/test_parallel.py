"""Two who hand in at the same moment: both read each other, and neither waits for good."""

import datetime as dt
from threading import Event

import pytest
from django.db import transaction

from tests.factories import ActivityFactory, EvidenceRecordFactory, NoteFactory, person
from tests.parallel import PATIENCE_SECONDS, all_at_once, said, until_another_waits
from trigpoint.evidence.entries import operations
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.people.models import Person, User
from trigpoint.people.roles import Role

AT = dt.datetime(2025, 11, 12, 12, 0, tzinfo=dt.UTC)
TIMES = 10


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_hand_in_at_once_leave_no_record_waiting():
    first = ActivityFactory.create(is_paired=True)
    pairs = [first, *ActivityFactory.create_batch(TIMES - 1, review=first.review, is_paired=True)]
    raters = [person(Role.REVIEWER, at=first.trust) for _ in range(2)]
    drafts = []
    for activity in pairs:
        activity.reviewers.set([rater.person for rater in raters])
        for rater in raters:
            record = EvidenceRecordFactory.create(
                review=first.review, activity=activity, author=rater.person
            )
            NoteFactory.create(record=record)
            drafts.append((record, rater))

    def hand_in(record, rater):
        def submit():
            by = User.objects.get(pk=rater.pk)
            operations.submit(record=EvidenceRecord.objects.get(pk=record.pk), by=by, at=AT)

        return submit

    all_at_once([hand_in(record, rater) for record, rater in drafts])

    assert EvidenceRecord.objects.filter(status="SUBMITTED").count() == 2 * TIMES
    assert not EvidenceRecord.objects.filter(blind_to__isnull=False).exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_who_hands_in_waits_for_a_correction_and_holds_nobody_it_asks_for_next():
    activity = ActivityFactory.create(is_paired=True)
    seen = person(Role.STAFF, at=activity.review.academy).person
    raters = [person(Role.REVIEWER, at=activity.trust) for _ in range(2)]
    activity.reviewers.set([rater.person for rater in raters])
    first, second = (
        EvidenceRecordFactory.create(
            review=activity.review, activity=activity, author=rater.person, observed=seen
        )
        for rater in raters
    )
    for record in (first, second):
        NoteFactory.create(record=record)
    operations.submit(record=first, by=raters[0], at=AT)
    correcting = Event()

    def correct(_by):
        with transaction.atomic():
            EvidenceRecord.objects.select_for_update().get(pk=first.pk)
            correcting.set()
            until_another_waits()
            Person.objects.select_for_update(nowait=True).get(pk=seen.pk)

    def hand_in(by):
        assert correcting.wait(PATIENCE_SECONDS)
        operations.submit(record=second, by=by, at=AT)

    assert not any(
        all_at_once([lambda: said(correct, raters[0]), lambda: said(hand_in, raters[1])])
    )
    assert not EvidenceRecord.objects.filter(blind_to__isnull=False).exists()
