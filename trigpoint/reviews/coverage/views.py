"""The coverage of the policy: the grid for a day, why a cell is as it is, and the same as a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.records.days import KEPT, day_words, within_years
from trigpoint.reviews.coverage import queries, rules
from trigpoint.reviews.coverage.queries import Row, Sheet
from trigpoint.reviews.coverage.rules import Cell, State
from trigpoint.reviews.reviews import rules as reviews
from trigpoint.web import downloads
from trigpoint.web.grids import StateCell, StateRow
from trigpoint.web.screens import asked_id, is_htmx, page, screen

PAGE_SIZE = 50
LOOKS = {
    State.OVERDUE: ("late", "clock-exclamation"),
    State.DUE: ("due", "hourglass"),
    State.DONE: ("done", "check"),
    State.NOT_REQUIRED: ("none", "minus"),
}
HEADINGS = (
    "Day", "Academy", "Cluster", "Phase", "Tier", "What", "State", "Last look", "Due by", "Why",
)  # fmt: skip
FILES = {"csv": downloads.csv_file, "xlsx": downloads.xlsx_file}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    on: date
    today: date
    no_day: str  # what was typed where a day should be
    of: str  # "kinds" for the whole academy
    show: str  # a state, for a list of the cells in it
    cluster: str
    phase: str
    academy: str

    @property
    def query(self) -> dict[str, str]:
        """The choices as an address keeps them, without the state and the chosen cell."""
        kept = {
            "of": self.of,
            "cluster": self.cluster,
            "phase": self.phase,
            "academy": self.academy,
        }
        return {"on": self.on.isoformat()} | {name: value for name, value in kept.items() if value}

    def chosen(self, rows: Iterable[Row]) -> list[Row]:
        """Keep the academies asked for."""
        return [
            row
            for row in rows
            if self.cluster in ("", str(row.academy.cluster_id))
            and self.phase in ("", row.academy.phase)
            and self.academy in ("", str(row.academy.pk))
        ]


@screen(Capability.ACADEMY_OVERVIEW)
def index(request: SignedInRequest) -> HttpResponse:
    """Show what the policy required on a day: academies by areas, or by kinds of review."""
    asked, template = _asked(request), "reviews/coverage/index.html"
    why = _why(request, asked)
    if is_htmx(request) and "in" in request.GET:
        return page(request, template, {"why": why, "asked": asked}, fragment="why")
    sheet = _sheet(request, asked)
    rows = asked.chosen(sheet.rows)
    counts = rules.counts(cell for row in rows for cell in row.cells)
    context = {
        "asked": asked,
        "sheet": sheet,
        "is_to_come": asked.on > timezone.localdate(),
        "why": why,
        "counts": [(state, counts[state], _link(asked, show=state)) for state in State],
        "views": [("", "Areas"), ("kinds", "Whole academy")],
        "everything": _link(asked),
        "columns": [column.short_name for column in sheet.columns],
        "rows": [] if asked.show else [_grid_row(request, asked, row) for row in rows],
        "files": [(name.upper(), _file_link(asked, name)) for name in ("xlsx", "csv")],
        **(_listed(request, asked, rows) if asked.show else {}),
        **_choices(sheet),
    }
    return page(request, template, context)


@screen(Capability.ACADEMY_OVERVIEW)
def export(request: SignedInRequest) -> HttpResponse:
    """Hand out the same rows as a spreadsheet, or as CSV."""
    asked = _asked(request)
    cells = _cells(asked.chosen(_sheet(request, asked).rows), asked.show)
    write = FILES.get(request.GET.get("as", ""), downloads.xlsx_file)
    return write(f"coverage-{asked.on}", HEADINGS, [_line(asked, *pair) for pair in cells])


def _asked(request: SignedInRequest) -> Asked:
    today, get = timezone.localdate(), request.GET.get
    typed, on = get("on", ""), today
    try:
        on = date.fromisoformat(typed) if typed else today
        no_day = "" if within_years(on) else typed
    except ValueError:
        no_day = typed
    show = get("show", "")
    return Asked(
        on=today if no_day else on,
        today=today,
        no_day=f"“{no_day}” is no day {KEPT}, so today is shown." if no_day else "",
        of="kinds" if get("of") == "kinds" else "",
        show=show if show in State else "",
        cluster=str(asked_id(request, "cluster") or ""),
        phase=get("phase", ""),
        academy=str(asked_id(request, "academy") or ""),
    )


def _sheet(request: SignedInRequest, asked: Asked) -> Sheet:
    return queries.sheet(
        viewer=request.user, on=asked.on, today=asked.today, of_kinds=asked.of == "kinds"
    )


def _choices(sheet: Sheet) -> dict[str, list[tuple[str, str]]]:
    """Offer the clusters and phases of the academies there are."""
    there = [row.academy for row in sheet.rows]
    clusters = {(str(it.cluster_id), it.cluster.name) for it in there if it.cluster}
    phases = {(it.phase, it.get_phase_display()) for it in there}
    return {
        "clusters": sorted(clusters, key=lambda pair: pair[1]),
        "phases": sorted(phases, key=lambda pair: pair[1]),
    }


def _link(asked: Asked, **more: str) -> str:
    return f"{reverse('reviews:coverage-index')}?{urlencode(asked.query | more)}"


def _file_link(asked: Asked, kind: str) -> str:
    more = {"as": kind} | ({"show": asked.show} if asked.show else {})
    return f"{reverse('reviews:coverage-export')}?{urlencode(asked.query | more)}"


def _cells(rows: Iterable[Row], show: str) -> list[tuple[Row, Cell]]:
    """Put rows into single cells, of one state or of all, soonest first within the list of a state."""
    found = [(row, it) for row in rows for it in row.cells if show in ("", it.state)]
    if show:
        found.sort(key=lambda pair: (pair[1].due_on or date.max, pair[0].academy.name))
    return found


def _listed(request: SignedInRequest, asked: Asked, rows: Sequence[Row]) -> dict[str, object]:
    """Return one page of the cells in a state, each with the address of its reasons."""
    paginator = Paginator(_cells(rows, asked.show), PAGE_SIZE)
    shown = paginator.get_page(request.GET.get("page"))
    listed = [
        (row, it, _link(asked, show=asked.show, at=str(row.academy.pk), **{"in": it.column.key}))
        for row, it in shown.object_list
    ]
    return {"page_obj": shown, "listed": listed}


def _line(asked: Asked, row: Row, cell: Cell) -> tuple[downloads.Value, ...]:
    academy = row.academy
    return (
        asked.on,
        academy.name,
        academy.cluster.name if academy.cluster else "",
        academy.get_phase_display(),
        row.tier,
        cell.column.name,
        str(cell.state.label),
        cell.last_on,
        cell.due_on,
        cell.words,
    )


def _grid_row(request: SignedInRequest, asked: Asked, row: Row) -> StateRow:
    chosen = (request.GET.get("at"), request.GET.get("in"))
    at = str(row.academy.pk)
    base = _link(asked, at=at)  # a grid has thousands of addresses that differ in their last word
    return StateRow(
        row.academy.name,
        [
            _grid_cell(
                it,
                year=asked.on.year,
                url=f"{base}&in={it.column.key}",
                is_chosen=chosen == (at, it.column.key),
            )
            for it in row.cells
        ],
        note=f"{row.academy.get_phase_display()} · tier {row.tier}",
    )


def _grid_cell(cell: Cell, *, year: int, url: str, is_chosen: bool) -> StateCell:
    look, icon = ("first", "circle-dashed") if cell.is_first_to_come else LOOKS[cell.state]
    words = str(cell.state.label)
    face = ""
    if cell.due_on:
        face = f"{cell.due_on:%-d %b}" if cell.due_on.year == year else f"{cell.due_on:%b %Y}"
        words += f", {'was due' if cell.state is State.OVERDUE else 'due'} {day_words(cell.due_on)}"
    return StateCell(look, icon, face, words, url=url, current=is_chosen)


def _why(request: SignedInRequest, asked: Asked) -> dict[str, object] | None:
    """Explain one cell: each promise, the looks behind it, and what is planned."""
    academy_id, column = asked_id(request, "at"), request.GET.get("in", "")
    if academy_id is None or not column:
        return None
    found = queries.cell(
        viewer=request.user, on=asked.on, today=asked.today, academy_id=academy_id, column=column
    )
    if found is None:
        return None
    version, row = found
    return {
        "version": version,
        "row": row,
        "cell": row.cells[0],
        "look": LOOKS[row.cells[0].state],
        "looks": queries.looks(row, viewer=request.user, on=asked.on, today=asked.today),
        "to_come": queries.to_come(row, viewer=request.user),
        "plan_url": f"{reverse('reviews:reviews-plan')}?academy={row.academy.pk}",
        "may_plan": reviews.may_plan(request.user, row.academy),
    }
