import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import EvidenceRecordFactory
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.evidence.years.rules import YEARS, year_pattern, years_in

CODES = {-1: "nursery", 0: "reception"} | {year: str(year) for year in range(1, 14)}
written = st.lists(
    st.sampled_from(
        ["Year 4", "Years 5 and 6", "Years 1 to 3", "7–9", "Reception to Year 2", "KS2", "Nursery",
         "key stage 4", "sixth form", "10, 11", "EYFS", "Years 12 - 13", "KS3", "Year 13"]
    ),
    max_size=2,
).map(", ".join)  # fmt: skip
YEAR_WORDS = st.sampled_from(["Year ", "year ", "Yr ", "Yr", "Y", "y "])
BETWEEN = st.sampled_from([" to ", " to Year ", "-", " - ", "–Y"])
NO_YEAR = st.sampled_from(["set {}", "period {}", "group {}", "table {}", "lesson {} of 5"])


def named(first, last):
    return {code for number, code in CODES.items() if first <= number <= last}


def found(text):
    return {code for code, _ in YEARS if re.search(year_pattern(code), text, re.IGNORECASE)}


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("KS 1", {1, 2}),
        ("KS 2", {3, 4, 5, 6}),
        ("KS 3", {7, 8, 9}),
        ("ks 4", {10, 11}),
        ("Key Stage 5", {12, 13}),
        ("Key stages 1 and 2", {1, 2, 3, 4, 5, 6}),
        ("EYFS", {-1, 0}),
        ("Nursery, Reception", {-1, 0}),
        ("Reception", {0}),
        ("Reception to Year 2", {0, 1, 2}),
        ("Y7-9", {7, 8, 9}),
        ("Years 10\N{EN DASH}11", {10, 11}),
        ("KS2 and Year 7", {3, 4, 5, 6, 7}),
        ("Sixth form", {12, 13}),
        ("4R", {4}),
        ("25 pupils, whole school", set()),
        ("", set()),
    ],
)
def test_years_in_reads_key_stages_and_years(text, years):
    assert years_in(text) == years


@given(written)
def test_years_in_says_the_years_that_filters_find(text):
    assert {CODES[year] for year in years_in(text)} == found(text)


@pytest.mark.parametrize("piece", ["ks1,", "KS1 and ", "yr 4, ", "r, ", "1 ", "Year 1 - ", "1a;"])
def test_a_text_made_to_be_slow_is_read_at_once(piece):
    longest = (piece * 80)[:80]
    begun = time.process_time()

    found(longest)

    assert time.process_time() - begun < 2


@given(st.integers(1, 13), st.integers(1, 13), YEAR_WORDS, BETWEEN)
def test_a_span_of_years_holds_each_of_them_and_no_other(one, other, word, between):
    first, last = sorted([one, other])

    assert found(f"{word}{first}{between}{last}") == named(first, last)


@given(st.sampled_from([("Nursery", -1), ("EYFS", -1), ("Reception", 0), ("R", 0)]),
       st.integers(1, 13), BETWEEN)  # fmt: skip
def test_a_span_from_the_early_years_holds_each_year_up_to_its_last(start, last, between):
    name, first = start

    assert found(f"{name}{between}{last}") == named(first, last)


@given(st.integers(1, 5), st.integers(1, 5), st.sampled_from(["KS", "ks ", "Key stages "]),
       st.sampled_from([" to ", "-", " – ", " to KS"]))  # fmt: skip
def test_a_span_of_key_stages_holds_the_years_of_each(one, other, word, between):
    ends = {1: (1, 2), 2: (3, 6), 3: (7, 9), 4: (10, 11), 5: (12, 13)}
    first, last = sorted([one, other])

    assert found(f"{word}{first}{between}{last}") == named(ends[first][0], ends[last][1])


@given(st.integers(1, 13), YEAR_WORDS, NO_YEAR, st.integers(1, 13), st.sampled_from([" ", ", "]))
def test_the_number_of_something_else_is_no_year(year, word, other, number, between):
    assert found(f"{word}{year}{between}{other.format(number)}") == {str(year)}
    assert found(f"{other.format(number)}, {word}{year}") == {str(year)}


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Nursery to Year 6", named(-1, 6)),
        ("EYFS to Year 2", named(-1, 2)),
        ("EYFS and KS1", named(-1, 2)),
        ("Nursery to KS2", named(-1, 6)),
        ("YR–Y2", named(0, 2)),
        ("KS3-4", named(7, 11)),
        ("KS3/4", named(7, 11)),
        ("Key stages 3 and 4", named(7, 11)),
        ("Key stages 1, 2 and 3", named(1, 9)),
        ("KS2 to Year 9", named(3, 9)),
        ("Year 3 to KS3", named(3, 9)),
        ("KS3, Year 4", {"4", "7", "8", "9"}),
        ("KS3, 10", {"7", "8", "9", "10"}),
        ("Year 9 to sixth form", named(9, 13)),
        ("Year 7 set 2", {"7"}),
        ("Year 6, period 3", {"6"}),
        ("9C", {"9"}),
        ("Maths (4, 5)", {"4", "5"}),
        ("Year groups 3, 4, and 6", {"3", "4", "6"}),
        ("Years 3 & 4; Years 10/11", {"3", "4", "10", "11"}),
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
@pytest.mark.django_db
def test_a_year_is_found_as_it_is_written(text, years):
    EvidenceRecordFactory.create(year_groups=text)
    records = EvidenceRecord.objects
    asked = {code: year_pattern(code) for code, _ in YEARS}

    stored = {it for it in asked if records.filter(year_groups__iregex=asked[it]).exists()}

    assert found(text) == years
    assert stored == years
