import pytest

from trigpoint.evidence.models import EvidenceRecord
from trigpoint.evidence.pairs.queries import of_review, pair

pytestmark = pytest.mark.django_db


def test_one_pair_stands_side_by_side_and_one_waits_for_the_reviewer(told):
    lead, reviewer = told.cast.lead, told.cast.parts["reviewer"]

    both, half = of_review(told.shown.review, viewer=lead)

    found = pair(both, viewer=lead)
    assert found.is_beside
    assert (found.tally.same, found.tally.near, found.tally.apart) == (6, 1, 2)
    assert pair(half, viewer=lead).waiting == [reviewer.person.name]
    assert [it.record for it in pair(half, viewer=reviewer).raters] == [None, None]
    assert EvidenceRecord.objects.get(activity=half).blind_to == reviewer.person
