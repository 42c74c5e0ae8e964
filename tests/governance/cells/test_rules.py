"""Which lists one academy in one area belongs to, and when it is not compared."""

import datetime as dt

from tests.governance.assurance.test_rules import ON, a_row, in_words, judged, row_of
from trigpoint.governance.cells.rules import Cell


def test_each_number_of_a_row_is_as_long_as_the_list_behind_it():
    pairs = [
        (judged("S"), judged("M")),
        (judged("A", "THIN"), judged("M")),
        (judged("M", made_on=dt.date(2024, 1, 1)), judged("A")),
        (judged("U"), None),
        (None, None),
    ]
    row = a_row(*pairs)
    lists = [Cell("", *pair).shows(on=ON, max_age_days=365) for pair in pairs]

    assert [sorted(names) for names in lists] == [
        ["better", "standard", "teal-S", "was"],
        ["amber-A", "thin", "was", "worse"],
        ["better", "old", "standard", "stone-M"],
        ["new", "rust-U"],
        ["unjudged"],
    ]
    assert (row.better, row.worse, row.at_standard, row.was_at_standard) == (2, 1, 2, 2)
    assert (row.thin, row.out_of_date, row.not_judged) == (1, 1, 1)


def test_what_is_not_compared_is_never_the_same():
    then, now = judged("M"), judged("M")
    cells = [
        Cell("Ash", now, then, "It takes in work at home."),
        Cell("Birch", now, None),
        Cell("Cedar", in_words(), in_words()),
        Cell("Dunlow", now, then),
        Cell("Elm", None, then),
    ]
    row = row_of(cells)

    assert (row.apart, row.new, row.same, row.better, row.worse) == (2, 1, 1, 0, 0)
    assert [it.is_apart for it in cells] == [True, False, True, False, False]
