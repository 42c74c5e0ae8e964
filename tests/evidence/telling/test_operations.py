"""Whoever a record is about is told when it is shared, without a word of what was seen."""

import datetime as dt

import pytest

from tests.factories import EvidenceRecordFactory, PersonFactory, UserFactory, grant
from trigpoint.evidence.entries import operations as entries
from trigpoint.people.models import Notice
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def share(**facts):
    record = EvidenceRecordFactory.create(submitted=True, title="What was seen", **facts)
    author = UserFactory.create(person=record.author)
    grant(author, Role.REVIEWER, at=record.trust)
    entries.share(record=record, names_checked=True, by=author, at=NOW)
    return record


def test_sharing_tells_the_person_observed_and_nobody_else():
    trust = EvidenceRecordFactory.create().trust
    observed = PersonFactory.create(trust=trust, name="Ann Ash")

    record = share(trust=trust, observed=observed)

    notice = Notice.objects.get()
    assert (notice.person, notice.made_at) == (observed, NOW)
    assert notice.address == f"/evidence/entries/{record.pk}/"
    assert "Ann" not in notice.sentence
    assert "What was seen" not in notice.sentence


def test_sharing_a_record_of_nobody_tells_nobody():
    share(observed=None)

    assert not Notice.objects.exists()
