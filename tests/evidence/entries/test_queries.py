import pytest

from tests.factories import EvidenceRecordFactory
from trigpoint.evidence.entries import queries

pytestmark = pytest.mark.django_db


def test_system_capture_settings_are_those_the_review_was_planned_under():
    record = EvidenceRecordFactory.create()
    version = record.review.policy_version
    version.settings = {"capture": {"feedback_days": 3}}
    version.save()

    assert queries.system_capture_settings(record) == {"feedback_days": 3, "max_visitors": 2}


def test_system_capture_settings_outside_a_review_are_those_in_force():
    record = EvidenceRecordFactory.create()
    version = record.review.policy_version
    version.settings = {"capture": {"max_visitors": 1}}
    version.save()
    record.review = None

    assert queries.system_capture_settings(record) == {"feedback_days": 5, "max_visitors": 1}
