"""The overviews: where are we needed now, and how do we know."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from trigpoint.improvement.actions import queries as actions
from trigpoint.improvement.practices import queries as practices
from trigpoint.insight.overviews import queries, rules
from trigpoint.insight.overviews.queries import AcademyRow
from trigpoint.insight.standings import queries as standings
from trigpoint.insight.standings.models import Standing
from trigpoint.judgements.levels import queries as levels
from trigpoint.judgements.levels.rules import may_read_claims
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.policies.crosswalks.queries import ViewAs, view_as
from trigpoint.policies.crosswalks.rules import Item, Seen, seen
from trigpoint.policies.models import Area, Level
from trigpoint.policies.standards.queries import areas_and_breaks, breaks
from trigpoint.policies.standards.rules import Breaks
from trigpoint.reporting.reports import queries as reports
from trigpoint.trusts.models import Academy
from trigpoint.web.grids import Cell, Row
from trigpoint.web.marks import Levelled
from trigpoint.web.screens import asked_id, is_htmx, page, screen


@screen(Capability.TRUST_OVERVIEW)
def trust(request: SignedInRequest) -> HttpResponse:
    """Show where the trust is needed now: academies by areas, those of most concern first.

    With ``?as=…`` by the items of an outside framework the policy is mapped to.
    """
    template, view = "insight/overviews/trust.html", _view_as(request)
    if is_htmx(request) and {"area", "item"} & request.GET.keys():
        return page(request, template, _explained(request, view) | {"view": view}, fragment="why")
    today = timezone.localdate()
    columns, broken = areas_and_breaks(viewer=request.user)
    rows = queries.academy_rows(
        viewer=request.user,
        on=today,
        columns=columns,
        academies=Academy.objects.visible_to(request.user).filter(closed_on=None),
    )
    soon_days, widely = rules.soon_days(columns), rules.widely_shared(columns)
    coming = rules.due(
        on=today,
        soon_days=soon_days,
        columns=columns,
        rows=[(row.academy, row.cells) for row in rows],
    )
    context = {
        "view": view,
        "columns": _headings(columns, view),
        "rows": _grid_rows(request, rows, columns, view, broken),
        "week": queries.week(viewer=request.user, on=today, coming=coming, widely_shared=widely),
        "widely": widely,
        "soon": rules.weeks_words(soon_days),
        "due": _due(request, coming),
        **_explained(request, view),
        "levels": rules.legend(
            Level.objects.visible_to(request.user)
            .filter(scale__in={column.scale_id for column in columns})
            .order_by("scale__position", "rank"),
            [cell for row in rows for cell in row.cells],
        ),
    }
    return page(request, template, context)


@screen(Capability.ACADEMY_OVERVIEW)
def academies(request: SignedInRequest) -> HttpResponse:
    """List the academies one looks after; with just one, go straight to it."""
    today = timezone.localdate()
    columns = queries.areas(viewer=request.user)
    mine = request.user.access.where(Capability.ACADEMY_OVERVIEW, academy="id")
    rows = queries.academy_rows(
        viewer=request.user,
        on=today,
        columns=columns,
        academies=Academy.objects.visible_to(request.user).filter(mine, closed_on=None),
    )
    if len(rows) == 1:
        return redirect("insight:overviews-academy", rows[0].academy.pk)
    view = _view_as(request)
    context = {
        "view": view,
        "columns": _headings(columns, view),
        "rows": [(row.academy, _levels(row, columns, view)) for row in rows],
    }
    return page(request, "insight/overviews/academies.html", context)


@screen(Capability.ACADEMY_OVERVIEW)
def academy(request: SignedInRequest, academy_id: UUID) -> HttpResponse:
    """Show one academy on one page: levels and how they moved, what is coming, what is being done."""
    cells = queries.academy_cells(viewer=request.user, academy_id=academy_id)
    found = cells[0].academy if cells else _academy(request, academy_id)
    if not rules.may_view_academy(request.user, found):
        raise Http404
    if is_htmx(request) and "proud" in request.GET:
        return page(
            request, "insight/overviews/academy.html", _proud(request, found), fragment="proud"
        )
    today = timezone.localdate()
    holds = request.user.access.holds
    view = _view_as(request)
    context = {
        "academy": found,
        "view": view,
        "seen": _seen_of(cells, view) if view.chosen else None,
        "lines": queries.area_lines(viewer=request.user, academy=found, cells=cells, on=today),
        "to_check": reports.to_check(viewer=request.user, academy_id=found.pk),
        "coming_up": queries.coming_up(viewer=request.user, academy=found, on=today),
        "priorities": queries.priorities(viewer=request.user, academy=found),
        "actions": actions.register(
            viewer=request.user, on=today, show="open", academy_id=found.pk
        )[:6],
        "sees_actions": holds(Capability.ACTION_VIEW),
        "sees_findings": holds(Capability.FINDING_VIEW),
        "sees_practices": holds(Capability.PRACTICE_VIEW),
        "today": today,
    }
    return page(request, "insight/overviews/academy.html", context)


def _due(request: SignedInRequest, coming: list[rules.Due]) -> list[rules.Due] | None:
    """Return what is due when the address asks for it: all of it, or only what is overdue."""
    asked = request.GET.get("due")
    if asked == "overdue":
        return [it for it in coming if it.is_overdue]
    return coming if asked == "soon" else None


def _proud(request: SignedInRequest, academy: Academy) -> dict[str, object]:
    """Return the good practice an academy's page shows, a piece that is fetched after the page."""
    found = practices.register(viewer=request.user).filter(academy=academy)[:3]
    return {"practices": found, "academy": academy}


def _academy(request: SignedInRequest, academy_id: UUID) -> Academy:
    """Find an academy that has no cells, because it has closed or no policy is in force yet."""
    return get_object_or_404(Academy.objects.visible_to(request.user), pk=academy_id)


def _view_as(request: SignedInRequest) -> ViewAs:
    return view_as(viewer=request.user, wanted=request.GET.get("as", ""))


def _covered(view: ViewAs) -> list[Item]:
    return [item for item in view.items if item.sources]


def _headings(columns: list[Area], view: ViewAs) -> list[str]:
    if view.chosen:
        return [item.name for item in _covered(view)]
    return [area.short_name for area in columns]


def _levels(
    row: AcademyRow, columns: list[Area], view: ViewAs
) -> list[tuple[list[Levelled | None], str]]:
    """Return the level of each column, with what it rests on where that is several areas.

    It is several levels where these are judged on several scales.
    """
    today = timezone.localdate()
    held = [rules.held(standing, on=today) for standing in row.cells]
    if not view.chosen:
        return [([it.level], "") for it in held]
    lineages = [area.lineage for area in columns]
    return [
        (
            [low.part.held.level for low in it.lows]
            or [it.lowest.held.level if it.lowest else None],
            it.words,
        )
        for it in seen(_covered(view), dict(zip(lineages, held, strict=True)))
    ]


def _seen_of(cells: Iterable[Standing], view: ViewAs) -> list[Seen]:
    """Read one academy's areas through an outside framework, each with its judgement."""
    today = timezone.localdate()
    return seen(view.items, {
        it.area_lineage: rules.held(
            it,
            on=today,
            url=reverse("judgements:levels-show", args=[it.latest_id]) if it.latest_id else "",
        )
        for it in cells
    })  # fmt: skip


def _grid_rows(
    request: SignedInRequest,
    rows: Iterable[AcademyRow],
    columns: list[Area],
    view: ViewAs,
    broken: Breaks,
) -> list[Row]:
    return [
        _grid_row(
            row,
            _by_item(request, row, columns, view)
            if view.chosen
            else _by_area(request, row, columns, broken),
            view,
        )
        for row in rows
    ]


def _grid_row(row: AcademyRow, cells: list[Cell], view: ViewAs) -> Row:
    note = f"{row.academy.get_phase_display()} · tier {row.academy.tier}"
    url = reverse("insight:overviews-academy", args=[row.academy.pk])
    return Row(row.academy.name, cells, url=f"{url}?{view.query}" if view.query else url, note=note)


def _by_area(
    request: SignedInRequest, row: AcademyRow, columns: list[Area], broken: Breaks
) -> list[Cell]:
    today = timezone.localdate()
    chosen = (request.GET.get("at"), request.GET.get("area"))
    base = reverse("insight:overviews-trust")
    return [
        _cell(
            standing,
            url=f"{base}?at={row.academy.pk}&area={area.lineage}",
            is_overdue=standing is not None and rules.is_overdue(standing, on=today),
            is_chosen=chosen == (str(row.academy.pk), area.lineage),
            change=rules.change(standing, broken) if standing else 0,
        )
        for standing, area in zip(row.cells, columns, strict=True)
    ]


def _by_item(
    request: SignedInRequest, row: AcademyRow, columns: list[Area], view: ViewAs
) -> list[Cell]:
    today = timezone.localdate()
    chosen = (request.GET.get("at"), request.GET.get("item"))
    base = reverse("insight:overviews-trust")
    held = {
        area.lineage: rules.held(standing, on=today)
        for standing, area in zip(row.cells, columns, strict=True)
    }
    return [
        Cell(
            level=it.lowest.held.level if it.lowest else None,
            apart=[low.part.held.level for low in it.lows if low.part.held.level],
            strength=it.lowest.held.strength if it.lowest else None,
            overdue=any(part.held.overdue for part in it.parts),
            url=f"{base}?at={row.academy.pk}&item={it.item.code}&{view.query}",
            current=chosen == (str(row.academy.pk), it.item.code),
            note=it.words,
            count=len(it.graded) or len(it.parts),
        )
        for it in seen(_covered(view), held)
    ]


def _cell(
    standing: Standing | None, *, url: str, is_overdue: bool, is_chosen: bool, change: int
) -> Cell:
    if standing is None or standing.latest is None:
        return Cell(url=url, overdue=is_overdue, current=is_chosen)
    return Cell(
        level=standing.latest.level,
        strength=standing.latest.strength,
        change=change,
        overdue=is_overdue,
        url=url,
        current=is_chosen,
    )


def _explained(request: SignedInRequest, view: ViewAs) -> dict[str, object]:
    """Explain the cell the address asks for: one of an area, or one of an outside item."""
    if "area" in request.GET:
        return {"why": _why(request)}
    return {"behind": _behind(request, view) if "item" in request.GET else None}


def _behind(request: SignedInRequest, view: ViewAs) -> dict[str, object] | None:
    """Explain one cell of an outside framework: the areas of ours behind it, each with its level."""
    at = asked_id(request, "at")
    chosen = Academy.objects.visible_to(request.user).filter(pk=at).first() if at else None
    item = next((it for it in view.items if it.code == request.GET.get("item")), None)
    if chosen is None or item is None:
        return None
    today, base = timezone.localdate(), reverse("insight:overviews-trust")
    cells = {
        it.area_lineage: it
        for it in queries.academy_cells(viewer=request.user, academy_id=chosen.pk)
    }
    held = {
        source.lineage: rules.held(
            cells.get(source.lineage),
            on=today,
            url=f"{base}?at={chosen.pk}&area={source.lineage}&{view.query}",
        )
        for source in item.sources
    }
    return {"academy": chosen, "it": seen([item], held)[0]}


def _why(request: SignedInRequest) -> dict[str, object] | None:
    """Explain one cell: the level, how it is known, since when, and what would strengthen it."""
    academies = Academy.objects.visible_to(request.user)
    chosen = next((found for found in academies if str(found.pk) == request.GET.get("at")), None)
    area = next(
        (
            area
            for area in queries.areas(viewer=request.user)
            if area.lineage == request.GET.get("area")
        ),
        None,
    )
    if chosen is None or area is None:
        return None
    standing = (
        standings.grid(viewer=request.user)
        .select_related("latest__review__policy_version", "latest__standard")
        .filter(academy=chosen, area_lineage=area.lineage)
        .first()
    )
    latest = standing.latest if standing else None
    today = timezone.localdate()
    return {
        "academy": chosen,
        "area": area,
        "standing": standing,
        "latest": latest,
        "reads_reasons": bool(latest and may_read_claims(request.user, latest)),
        "meaning": rules.meaning_between(standing, breaks(viewer=request.user)) if standing else "",
        "kinds": levels.sampled(viewer=request.user, judgement=latest) if latest else [],
        "is_overdue": standing is not None and rules.is_overdue(standing, on=today),
        "weight": rules.weight(latest) if latest else None,
    }
