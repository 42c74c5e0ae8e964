from trigpoint.evidence.room import queries
from trigpoint.evidence.room.forms import HIDDEN, FilterForm
from trigpoint.evidence.room.rules import Column, Facet


def test_what_upper_areas_add_takes_no_name_of_the_rooms_own():
    facets, columns = queries.system_facets(), queries.system_columns()

    assert {type(it) for it in (*facets, *columns)} == {Facet, Column}
    assert not {it.name for it in facets} & {*FilterForm.base_fields, *HIDDEN}


def test_what_is_added_twice_stands_there_once():
    facets, columns = queries.system_facets(), queries.system_columns()

    queries.system_narrow_also(facets[0])
    queries.system_tell_also(columns[0])

    assert (queries.system_facets(), queries.system_columns()) == (facets, columns)
