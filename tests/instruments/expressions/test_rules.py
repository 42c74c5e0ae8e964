import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.instruments.expressions import rules
from trigpoint.instruments.expressions.rules import Asks


@pytest.mark.parametrize(
    ("written", "asks"),
    [
        ("text", Asks("short_text")),
        ("  Begin   Group ", Asks("begin", "group")),
        ("end_repeat", Asks("end", "repeat")),
        ("select_one yes_no", Asks("single_choice", "yes_no")),
        ("select one from a_list or specify other", Asks("single_choice", "a_list", or_other=True)),
        ("select_multiple Colours or_other", Asks("multiple_choice", "Colours", or_other=True)),
        ("select_one_from_file a.csv", Asks("outside")),
        ("select_one_external town", Asks("outside")),
        ("rank a", Asks("rank")),
        ("integer", Asks("number", is_whole=True)),
        ("range", Asks("number", is_range=True)),
        ("geoshape", Asks("place")),
        ("uri:deviceid", Asks("metadata")),
        ("telepathy", Asks("unknown")),
    ],
)
def test_kind_of_reads_types_as_they_are_written(written, asks):
    assert rules.kind_of(written) == asks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("${a} = 'x'", ("a", ["x"])),
        ("selected(${a}, 'x') or selected( ${ a } , \"y\")", ("a", ["x", "y"])),
        ("${a}='it or that'", None),
        ("${a} = 'x' and ${b} = 'y'", None),
        ("${a} = 'x' or ${b} = 'x'", None),
        ("not(selected(${a}, 'x'))", None),
        ("${a} > 3", None),
        ("", None),
    ],
)
def test_condition_reads_answers_to_one_question_and_nothing_more(text, found):
    assert rules.condition(text) == found


@pytest.mark.parametrize(
    ("check", "found"),
    [
        ("", {}),
        (". >= 1 and . <= 30", {"min": 1, "max": 30}),
        ("(. <= 9)", {"max": 9}),
        (". > 1", None),
        (". >= 1.5", None),
        (". >= 5 and . <= 1", None),
        (". <= ${most}", None),
    ],
)
def test_bounds_reads_whole_numbers_only(check, found):
    assert rules.bounds(check) == found


@given(st.text(max_size=80))
def test_any_cell_is_read_or_not_understood(text):
    assert isinstance(rules.kind_of(text), Asks)
    rules.condition(text)
    rules.bounds(text, parameters=text)
    rules.is_yes(text)
