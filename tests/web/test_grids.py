"""The heat map is a table people can read, follow and hear."""

import re

import pytest

from tests.looks import shown
from trigpoint.web.grids import Cell, Row, StateCell, StateRow, heat_grid, state_grid

A = shown("A", "Needs <attention>")


def test_heat_grid_draws_a_row_for_each_name_and_a_link_in_each_cell():
    html = heat_grid(
        columns=["Teaching & learning"],
        rows=[Row("Salt <wyke>", [Cell(A, "FAIR", url="/x/?a=1&b=2")], url="/a/", note="tier 4")],
        caption="Levels",
        corner="Sorted by concern",
        target="#why",
    )

    assert (
        '<th scope="col">Sorted by concern</th><th scope="col">Teaching &amp; learning</th>' in html
    )
    assert '<a href="/a/" hx-boost="false">Salt &lt;wyke&gt;</a><small>tier 4</small>' in html
    assert 'hx-target="#why"' in html
    assert '<a class="tp-cell tp-cell--a" href="/x/?a=1&amp;b=2">' in html
    assert (
        '<span class="visually-hidden">Salt &lt;wyke&gt;, Teaching &amp; learning: '
        "Needs &lt;attention&gt;, fair evidence</span>"
    ) in html


def test_heat_grid_says_movement_and_lateness_in_words_and_marks():
    cells = [
        Cell(A, "THIN", change=1, overdue=True),
        Cell(A, "THIN", change=-1, current=True, url="/"),
    ]

    html = heat_grid(columns=["One", "Two"], rows=[Row("Saltwyke", cells)], caption="Levels")

    assert "thin evidence, up since the judgement before, review overdue" in html
    assert "thin evidence, down since the judgement before" in html
    assert "#i-clock-exclamation" in html
    assert ' aria-current="true"' in html


def test_heat_grid_cell_without_an_address_is_no_link_and_without_a_level_has_no_strength():
    html = heat_grid(columns=["One"], rows=[Row("Saltwyke", [Cell(strength="FAIR")])], caption="x")

    assert '<span class="tp-cell tp-cell--n">' in html
    assert "#st-" not in html
    assert "Saltwyke, One: Not judged</span>" in html
    assert "hx-target" not in html


def test_heat_grid_refuses_a_row_that_does_not_fit():
    with pytest.raises(ValueError, match="Saltwyke has 1 cells for 2 columns"):
        heat_grid(columns=["One", "Two"], rows=[Row("Saltwyke", [Cell()])], caption="x")


def test_heat_grid_of_nothing_is_still_a_table():
    assert "<tbody></tbody>" in heat_grid(columns=["One"], rows=[], caption="x")


def test_state_grid_says_each_state_by_icon_day_and_word():
    cells = [
        StateCell(
            "late", "clock-exclamation", "24 Jul", "Overdue, was due 24 July", url="/?a=1&b=2"
        ),
        StateCell("none", "minus", "", "Not <required>"),
    ]

    html = state_grid(
        columns=["Teaching & learning", "Two"],
        rows=[StateRow("Salt <wyke>", cells, note="tier 3")],
        caption="States",
        corner="By name",
        target="#why",
    )

    assert '<a class="tp-cell tp-cell--state tp-cell--late" href="/?a=1&amp;b=2">' in html
    assert "<small>24 Jul</small>" in html
    assert "Salt &lt;wyke&gt;, Teaching &amp; learning: Overdue, was due 24 July</span>" in html
    assert "Salt &lt;wyke&gt;, Two: Not &lt;required&gt;</span>" in html
    assert 'hx-target="#why"' in html


def test_heat_grid_says_what_a_cell_of_several_stands_for():
    cells = [
        Cell(A, "THIN", note="lowest of 2 <areas>", count=2),
        Cell(note="1 area, not judged", count=1),
    ]

    html = heat_grid(columns=["One", "Two"], rows=[Row("Saltwyke", cells)], caption="Levels")

    assert "thin evidence, lowest of 2 &lt;areas&gt;</span>" in html
    assert "Saltwyke, Two: 1 area, not judged</span>" in html
    assert re.findall(r'class="of" aria-hidden="true">([^<]*)<', html) == ["of 2 areas", "1 area"]
