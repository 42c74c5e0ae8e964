"""The heat map: things down the side, areas across, a level with its strength in each cell.

Dense grids are joined in Python, not looped in a template: thousands of cells in milliseconds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from trigpoint.web import marks
from trigpoint.web.marks import EMPTY, Levelled, icon, level_mark, strength_mark


@dataclass(frozen=True, slots=True)
class Cell:
    """One level and how it is known. ``change`` is steps since last term, up positive."""

    level: Levelled | None = None
    strength: str | None = None
    change: int = 0
    overdue: bool = False
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One academy, team or standard with a cell for each column."""

    name: str
    cells: Sequence[Cell]
    url: str = ""
    note: str = ""


CELL = (
    '<td><{tag} class="tp-cell tp-cell--{tone}"{link}>{mark}{strength}{side}'
    '<span class="visually-hidden">{words}</span></{tag}></td>'
)


def heat_grid(
    *, columns: Sequence[str], rows: Iterable[Row], caption: str, corner: str = "", target: str = ""
) -> SafeString:
    """Draw the heat map as a table.

    Args:
        columns: the headings across.
        rows: each with one cell per column.
        caption: what the table shows, read out and not drawn.
        corner: the words above the row names, such as "Sorted by concern".
        target: the CSS selector a cell's page is swapped into (``#why``); without it, and without
            JavaScript, a cell is a plain link.

    Raises:
        ValueError: a row has more or fewer cells than there are columns.

    """
    return format_html(
        '<div class="tp-scrollx"><table class="tp-heat"><caption class="visually-hidden">{}</caption>'
        '<colgroup><col class="name"></colgroup><thead><tr><th scope="col">{}</th>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>",
        caption,
        corner or format_html('<span class="visually-hidden">{}</span>', "Name"),
        format_html_join("", '<th scope="col">{}</th>', ((column,) for column in columns)),
        SafeString("").join(_row(row, columns, target) for row in rows),
    )


def _row(row: Row, columns: Sequence[str], target: str) -> SafeString:
    if len(row.cells) != len(columns):
        msg = f"{row.name} has {len(row.cells)} cells for {len(columns)} columns."
        raise ValueError(msg)
    name = format_html('<a href="{}">{}</a>', row.url, row.name) if row.url else row.name
    note = format_html("<small>{}</small>", row.note) if row.note else EMPTY
    cells = SafeString("").join(
        _cell(cell, f"{row.name}, {column}", target)
        for cell, column in zip(row.cells, columns, strict=True)
    )
    return format_html('<tr><th scope="row">{}{}</th>{}</tr>', name, note, cells)


def _cell(cell: Cell, subject: str, target: str) -> SafeString:
    return format_html(
        CELL,
        tag="a" if cell.url else "span",
        tone=marks.tone_of(cell.level),
        link=_link(cell, target),
        mark=level_mark(cell.level),
        strength=strength_mark(cell.strength) if cell.level else EMPTY,
        side=_side(cell),
        words=spoken(cell, subject),
    )


def _link(cell: Cell, target: str) -> SafeString:
    if not cell.url:
        return EMPTY
    current = SafeString(' aria-current="true"') if cell.current else EMPTY
    if not target:
        return format_html(' href="{}"{}', cell.url, current)
    return format_html(
        ' href="{}" data-tp-cell hx-get="{}" hx-target="{}" hx-swap="innerHTML"{}',
        cell.url,
        cell.url,
        target,
        current,
    )


def _side(cell: Cell) -> SafeString:
    if not cell.change and not cell.overdue:
        return EMPTY
    arrow = icon("arrow-up" if cell.change > 0 else "arrow-down") if cell.change else EMPTY
    clock = icon("clock-exclamation", "", "tp-overdue") if cell.overdue else EMPTY
    return format_html('<span class="side">{}{}</span>', arrow, clock)


def spoken(cell: Cell, subject: str) -> str:
    """Say a cell in words: subject, level, strength, movement, overdue."""
    words = f"{subject}: {marks.level_word(cell.level)}"
    if cell.level:
        words += f", {marks.strength_word(cell.strength).lower()}"
    if cell.change:
        words += f", {'up' if cell.change > 0 else 'down'} since last term"
    return words + (", check overdue" if cell.overdue else "")
