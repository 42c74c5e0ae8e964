"""Days as sentences say them."""

import datetime as dt

import pytest

from trigpoint.records.days import day_words, on_or_from


@pytest.mark.parametrize(
    ("year", "words"),
    [
        pytest.param(None, "2 January 2026", id="with its year"),
        pytest.param(2026, "2 January", id="in the year the reader is in"),
        pytest.param(2025, "2 January 2026", id="in another year"),
    ],
)
def test_day_words_leave_out_only_the_year_one_knows(year, words):
    assert day_words(dt.date(2026, 1, 2), year=year) == words


def test_days_go_on_in_a_sentence():
    first, last = dt.date(2026, 11, 25), dt.date(2026, 11, 27)

    assert on_or_from(first, first) == "on 25 November 2026"
    assert on_or_from(first, last) == "from 25 November 2026 to 27 November 2026"
