import pytest

from tests.factories import EvidenceRecordFactory, person
from trigpoint.evidence.drafts import rules
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", EvidenceRecord.Status)
def test_may_discard_only_ones_own_draft(state):
    record = EvidenceRecordFactory.create()
    author = person(Role.REVIEWER, at=record.trust)
    record.author, record.status = author.person, state

    assert bool(rules.may_discard(author, record)) is (state == "DRAFT")
    assert not rules.may_discard(person(Role.QA_LEAD, at=record.trust), record)
