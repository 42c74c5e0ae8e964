import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.evidence.room.rules import YEARS, year_pattern
from trigpoint.judgements.strength.rules import years_in

CODES = {-1: "nursery", 0: "reception"} | {year: str(year) for year in range(1, 14)}
written = st.lists(
    st.sampled_from(
        ["Year 4", "Years 5 and 6", "Years 1 to 3", "7–9", "Reception to Year 2", "KS2", "Nursery",
         "key stage 4", "sixth form", "10, 11", "EYFS", "Years 12 - 13", "KS3", "Year 13"]
    ),
    max_size=2,
).map(", ".join)  # fmt: skip


def found(text):
    return {code for code, _ in YEARS if re.search(year_pattern(code), text, re.IGNORECASE)}


@given(written)
def test_a_year_is_found_where_strength_counts_it(text):
    assert {CODES[year] for year in years_in(text)} <= found(text)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Year 4", {"4"}),
        ("Y4", {"4"}),
        ("Years 3 to 5", {"3", "4", "5"}),
        ("Years 3-5 and 9", {"3", "4", "5", "9"}),
        ("KS2", {"3", "4", "5", "6"}),
        ("Key stage 1", {"1", "2"}),
        ("Year 14", set()),
        ("Year 11", {"11"}),
        ("EYFS", {"nursery", "reception"}),
        ("Reception to Year 1", {"reception", "1"}),
        ("", set()),
    ],
)
def test_a_year_is_found_as_it_is_written(text, years):
    assert found(text) == years
