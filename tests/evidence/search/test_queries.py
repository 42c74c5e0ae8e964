import pytest

from tests.factories import EvidenceRecordFactory
from trigpoint.evidence.search import queries
from trigpoint.evidence.search.rules import read

pytestmark = pytest.mark.django_db


def test_system_is_common_counts_only_as_far_as_it_matters(monkeypatch):
    for _ in range(2):
        EvidenceRecordFactory.create(title="Rivers")

    answers = {}
    for bound in (1, 2):
        monkeypatch.setattr(queries, "COMMON", bound)
        answers[bound] = queries.system_is_common(read("rivers"), places=[])

    assert answers == {1: True, 2: False}
