import pytest

from tests.factories import CitationFactory
from trigpoint.judgements.claims import queries
from trigpoint.judgements.strength.rules import Cited


@pytest.mark.django_db
def test_system_cited_gives_what_weighing_needs(django_assert_num_queries):
    one = CitationFactory.create(record__year_groups="Year 4")
    CitationFactory.create()

    with django_assert_num_queries(1):
        found = queries.system_cited([one.claim_id])

    assert found == [
        Cited(
            record_id=one.record_id,
            kind="LESSON_VISIT",
            observer_id=one.record.author_id,
            observed_on=one.record.observed_at.date(),
            year_groups="Year 4",
        )
    ]
