"""Days as sentences say them."""

import datetime as dt

import pytest

from trigpoint.records.days import day_words


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
