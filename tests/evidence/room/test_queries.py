import pytest

from tests.factories import AcademyFactory, ReviewFactory, TeamFactory, person
from trigpoint.evidence.room import queries
from trigpoint.evidence.search.rules import read
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
planned = pytest.mark.sqlite  # it decides alike for ten records and for a million


@planned
def test_register_of_a_trust_stops_where_the_page_does():
    lead = person(Role.QA_LEAD, at=AcademyFactory.create().trust)

    plan = queries.register(queries.Wanted(), viewer=lead)[:25].explain()

    assert "USING INDEX evidence_by_trust" in plan
    assert "TEMP B-TREE" not in plan


@planned
@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.HEADTEACHER, AcademyFactory),
        (Role.TEAM_LEADER, TeamFactory),
        (Role.REVIEWER, ReviewFactory),
    ],
)
def test_register_of_a_place_reads_no_more_than_the_place(role, place):
    at = place.create()
    reader = person(role, at=at)

    plan = queries.register(queries.Wanted(), viewer=reader).explain()

    assert f"(trust_id=? AND {at._meta.model_name}_id=?)" in plan
    assert "evidence_by_trust" not in plan


@planned
def test_register_of_words_asks_the_index_and_no_text():
    lead = person(Role.QA_LEAD, at=AcademyFactory.create().trust)

    plan = queries.register(queries.Wanted(search=read("rivers")), viewer=lead).explain()

    assert "evidence_wordsearch VIRTUAL TABLE INDEX" in plan
    assert "SCAN evidence_recordwords" not in plan


def test_registries_hold_each_filter_and_column_once():
    facets, columns = queries.system_facets(), queries.system_columns()

    queries.system_narrow_also(facets[0])
    queries.system_tell_also(columns[0])

    assert (queries.system_facets(), queries.system_columns()) == (facets, columns)
