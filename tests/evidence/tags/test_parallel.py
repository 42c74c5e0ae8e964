"""Several who put one new tag on one record at the same moment."""

import pytest

from tests.factories import EvidenceRecordFactory, TrustFactory, person
from tests.parallel import HANDS, all_at_once
from trigpoint.evidence.models import RecordTag, Tag
from trigpoint.evidence.tags import operations
from trigpoint.people.models import User
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_put_by_several_at_once_makes_one_tag_and_marks_once():
    trust = TrustFactory.create()
    record = EvidenceRecordFactory.create(submitted=True, review__academy__trust=trust)
    users = [person(Role.QA_LEAD, at=trust) for _ in range(HANDS)]

    def put(user):
        by = User.objects.get(pk=user.pk)
        return operations.put(name="Pilot", record_ids=[record.pk], by=by).changed

    changed = all_at_once([lambda user=user: put(user) for user in users])

    assert sorted(changed) == [0] * (HANDS - 1) + [1]
    assert (Tag.objects.count(), RecordTag.objects.count()) == (1, 1)
    assert HistoryEntry.objects.filter(verb="tagged").count() == 1
