import datetime as dt

import pytest

from trigpoint.demo.founding import rules
from trigpoint.trusts.models import Closure


@pytest.mark.parametrize(
    ("today", "years"),
    [
        (dt.date(2026, 11, 23), [2024, 2025, 2026]),
        (dt.date(2026, 8, 31), [2023, 2024, 2025]),
        (dt.date(2026, 9, 1), [2024, 2025, 2026]),
    ],
    ids=str,
)
def test_school_years_are_three_and_end_with_the_current_one(today, years):
    assert rules.school_years(today) == years


def test_reading_has_three_terms_a_year_and_an_inset_day_of_the_academys_own():
    reading = rules.reading([2025, 2026], index=1)

    assert len(reading.terms) == 6
    assert all(
        term.starts_on.weekday() == 0 and term.ends_on.weekday() == 4 for term in reading.terms
    )
    insets = [one for one in reading.closures if one.kind == Closure.Kind.INSET]
    assert len(insets) == 4
    assert {one.starts_on.month for one in insets} == {9, 11}


@pytest.mark.parametrize("count", [1, 2, 10, 12, 100])
def test_entries_always_hold_the_academy_that_is_shown(count):
    names = [entry["name"] for entry in rules.entries(count)]

    assert len(set(names)) == count
    assert "Thornmere Primary" in names


@pytest.mark.parametrize(
    ("tier", "course", "before"), [(4, "falling", 3), (3, "rising", 4), (1, "strong", 1)], ids=str
)
def test_earlier_tier_follows_the_course(tier, course, before):
    assert rules.earlier_tier(tier, course) == before
