"""Dense grids, things down the side and areas across: a level with its strength, or a state.

Dense grids are joined in Python, not looped in a template: thousands of cells in milliseconds.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from trigpoint.web import marks
from trigpoint.web.marks import EMPTY, Levelled

SWAP = ' hx-boost="true" hx-target="{}" hx-swap="innerHTML" hx-push-url="false" data-tp-cells'


@dataclass(frozen=True, slots=True)
class Cell:
    """One level and how it is known. ``change`` is steps since the judgement before, up positive.

    Where a cell stands for areas behind it, ``count`` is how many and ``note`` says what of them;
    ``apart`` are the lowest level of each scale, of which several have no level together.
    """

    level: Levelled | None = None
    strength: str | None = None
    change: int = 0
    overdue: bool = False
    url: str = ""
    current: bool = False
    note: str = ""
    count: int = 0
    apart: Sequence[Levelled] = ()


@dataclass(frozen=True, slots=True)
class StateCell:
    """One state: the stylesheet's word for it, an icon, a few characters, and the whole in words."""

    look: str  # done, due, first, late or none
    icon: str
    face: str
    words: str
    url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One academy, team or standard with a cell for each column."""

    name: str
    cells: Sequence[Cell]
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StateRow:
    """One academy with a state for each column."""

    name: str
    cells: Sequence[StateCell]
    url: str = ""
    note: str = ""


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
    return _table(
        columns,
        SafeString("".join(_row(row, [*map(escape, columns)], _cell) for row in rows)),
        caption=caption,
        corner=corner,
        target=target,
    )


def state_grid(
    *, columns: Sequence[str], rows: Iterable[StateRow], caption: str, corner: str, target: str = ""
) -> SafeString:
    """Draw states as the same table; arguments as of :func:`heat_grid`.

    Raises:
        ValueError: a row has more or fewer cells than there are columns.

    """
    return _table(
        columns,
        SafeString("".join(_row(row, [*map(escape, columns)], _state) for row in rows)),
        caption=caption,
        corner=corner,
        target=target,
    )


def _table(
    columns: Sequence[str], body: SafeString, *, caption: str, corner: str, target: str
) -> SafeString:
    return format_html(
        '<div class="tp-scrollx"><table class="tp-heat"><caption class="visually-hidden">{}</caption>'
        '<colgroup><col class="name"></colgroup><thead><tr><th scope="col">{}</th>{}</tr></thead>'
        "<tbody{}>{}</tbody></table></div>",
        caption,
        corner or format_html('<span class="visually-hidden">{}</span>', "Name"),
        format_html_join("", '<th scope="col">{}</th>', ((column,) for column in columns)),
        format_html(SWAP, target) if target else EMPTY,
        body,
    )


def _row(row: Row | StateRow, headings: Sequence[str], draw: Callable[[Any, str], str]) -> str:
    """Return one row of markup; every part that came from a person is escaped here."""
    if len(row.cells) != len(headings):
        msg = f"{row.name} has {len(row.cells)} cells for {len(headings)} columns."
        raise ValueError(msg)
    name = escape(row.name)
    heading = name
    if row.url:  # leads to a page of its own, not to the drawer of the cells
        heading = f'<a href="{escape(row.url)}" hx-boost="false">{name}</a>'
    note = f"<small>{escape(row.note)}</small>" if row.note else ""
    cells = "".join(
        draw(cell, f"{name}, {column}") for cell, column in zip(row.cells, headings, strict=True)
    )
    return f'<tr><th scope="row">{heading}{note}</th>{cells}</tr>'


def _state(cell: StateCell, subject: str) -> str:
    """Return one cell with a state; ``subject`` is already escaped."""
    face = f"{marks.icon(cell.icon, 'sm')}<small>{escape(cell.face)}</small>"
    words = f'<span class="visually-hidden">{subject}: {escape(cell.words)}</span>'
    look = f"tp-cell tp-cell--state tp-cell--{cell.look}"
    if not cell.url:
        return f'<td><span class="{look}">{face}{words}</span></td>'
    current = ' aria-current="true"' if cell.current else ""
    return f'<td><a class="{look}" href="{escape(cell.url)}"{current}>{face}{words}</a></td>'


def _cell(cell: Cell, subject: str) -> str:
    """Return one cell; ``subject`` is already escaped."""
    tone = marks.style_of(cell.level)
    known = marks.strength_mark(cell.strength) if cell.level else EMPTY
    drawn = "".join(map(marks.level_mark, cell.apart)) if len(cell.apart) > 1 else ""
    face = _face(drawn or marks.level_mark(cell.level), known, cell.change, cell.overdue)
    if cell.count:
        of = "1 area" if cell.count == 1 else f"of {cell.count} areas"
        face += f'<small class="of" aria-hidden="true">{of}</small>'
    words = f'<span class="visually-hidden">{subject}: {_words(cell)}</span>'
    if not cell.url:
        return f'<td><span class="tp-cell tp-cell--{tone}">{face}{words}</span></td>'
    current = ' aria-current="true"' if cell.current else ""
    link = f'href="{escape(cell.url)}"{current}'
    return f'<td><a class="tp-cell tp-cell--{tone}" {link}>{face}{words}</a></td>'


@lru_cache(maxsize=1024)
def _face(mark: str, known: str, change: int, overdue: bool) -> str:  # noqa: FBT001 -- cached by position
    """Return the marks of a cell; there are few kinds of cell, so each is drawn once."""
    arrow = marks.icon("arrow-up" if change > 0 else "arrow-down") if change else ""
    clock = marks.icon("clock-exclamation", "", "tp-overdue") if overdue else ""
    side = f'<span class="side">{arrow}{clock}</span>' if change or overdue else ""
    return f"{mark}{known}{side}"


def _words(cell: Cell) -> str:
    label = marks.level_word(cell.level)
    known = cell.strength if cell.level else None
    said = _spoken(label, known, cell.change, cell.overdue, judged=cell.level is not None)
    if not cell.note:
        return said
    labels = [it.label for it in cell.apart] if len(cell.apart) > 1 else []
    return f"{said}, {escape(cell.note)}" if cell.level else escape(", ".join([*labels, cell.note]))


@lru_cache(maxsize=1024)
def _spoken(label: str, strength: str | None, change: int, overdue: bool, *, judged: bool) -> str:  # noqa: FBT001 -- cached by position
    """Say a cell in words: level, strength, movement, overdue."""
    parts = [label]
    if judged:
        parts.append(marks.strength_word(strength).lower())
    if change:
        parts.append(f"{'up' if change > 0 else 'down'} since the judgement before")
    if overdue:
        parts.append("review overdue")
    return escape(", ".join(parts))
