import datetime as dt
from uuid import uuid4

import pytest

from tests.factories import EvidenceRecordFactory, UploadPartFactory, person
from trigpoint.evidence.uploads import queries
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return EvidenceRecordFactory.create()


def test_own_record_is_nobody_elses(record):
    reviewer = person(Role.REVIEWER, at=record.trust)
    own = EvidenceRecordFactory.create(review=record.review, author=reviewer.person)

    assert queries.own_record(own.pk, viewer=reviewer) == own
    assert queries.own_record(record.pk, viewer=reviewer) is None
    assert queries.own_record(uuid4(), viewer=reviewer) is None


def test_system_received_counts_the_bytes_of_one_file(record):
    first = UploadPartFactory.create(record=record, starts_at=0)
    UploadPartFactory.create(record=record, upload_id=first.upload_id, starts_at=4)
    UploadPartFactory.create(record=record)

    assert queries.system_received(record, first.upload_id) == 8
    assert queries.system_bytes(record, first.upload_id) == bytes(first.data) * 2
    assert queries.system_others(record, first.upload_id) == 1


def test_system_abandoned_names_what_nothing_has_arrived_of_since(record):
    now = dt.datetime(2026, 11, 29, tzinfo=dt.UTC)
    old, going_on = UploadPartFactory.create(record=record), UploadPartFactory.create(record=record)
    type(old).objects.update(created_at=now - dt.timedelta(days=9))
    UploadPartFactory.create(
        record=record, upload_id=going_on.upload_id, starts_at=4, created_at=now
    )

    found = queries.system_abandoned(before=now - dt.timedelta(days=7))

    assert found == [(record.pk, old.upload_id)]
