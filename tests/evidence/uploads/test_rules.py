import pytest

from tests.factories import EvidenceRecordFactory, UploadPartFactory, person
from trigpoint.evidence.models import UploadPart
from trigpoint.evidence.uploads import rules
from trigpoint.people.roles import Role


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_visible_to_agrees_with_may_view(role):
    own = EvidenceRecordFactory.create(submitted=True)
    sibling = EvidenceRecordFactory.create(academy__trust=own.trust, review=own.review, shared=True)
    user = person(role, at=own.trust)
    mine = EvidenceRecordFactory.create(review=own.review, author=user.person)
    parts = [
        UploadPartFactory.create(record=record)
        for record in (own, sibling, mine, EvidenceRecordFactory.create())
    ]

    listed = set(UploadPart.objects.visible_to(user))

    assert listed == {part for part in parts if rules.may_view(user, part)}
    assert listed == {parts[2]}
