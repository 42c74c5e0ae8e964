from uuid import uuid4

import pytest

from tests.factories import (
    AcademyFactory,
    EvidenceRecordFactory,
    person,
)
from trigpoint.evidence.entries import queries
from trigpoint.evidence.models import (
    EarlierVersion,
    LookForMark,
    Note,
    Reply,
)
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("where", ["in a review", "outside"])
def test_system_settings_are_those_of_the_review_else_those_in_force(where):
    record = EvidenceRecordFactory.create()
    version = record.review.policy_version
    version.settings = {"capture": {"feedback_days": 3}}
    version.save()
    record.review = record.review if where == "in a review" else None

    assert queries.system_settings(record) == {"capture": {"feedback_days": 3}}


# What the database will do, in SQLite's words: it decides alike for ten records and for a million.
planned = pytest.mark.sqlite


@planned
@pytest.mark.parametrize("part", [Note, LookForMark, Reply, EarlierVersion])
def test_parts_of_one_record_are_read_without_reading_the_trusts(part):
    lead = person(Role.QA_LEAD, at=AcademyFactory.create().trust)

    plan = part.objects.visible_to(lead).filter(record=uuid4()).explain()

    assert "evidence_by_" not in plan
