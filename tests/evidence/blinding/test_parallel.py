"""Two who hand in at the same moment: both read each other, and neither waits for good."""

import datetime as dt

import pytest

from tests.factories import ActivityFactory, EvidenceRecordFactory, NoteFactory, person
from tests.parallel import all_at_once
from trigpoint.evidence.entries import operations
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.people.models import User
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
