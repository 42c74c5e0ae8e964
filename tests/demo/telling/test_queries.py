import pytest

from trigpoint.demo.telling.queries import COUNTED, system_counts

pytestmark = pytest.mark.django_db


def test_system_counts_count_everything_of_the_trust(told):
    counts = system_counts(told.cast.trust)
    assert list(counts) == [what for what, _ in COUNTED]
    assert min(counts[what] for what in ("people", "notes", "claims", "reports", "actions")) > 20
