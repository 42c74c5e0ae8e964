"""Terms, closures and the working calendars made of them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import DateField, Value

from trigpoint.trusts.calendars.models import Closure, Term
from trigpoint.trusts.calendars.rules import Closed, Span, WorkingCalendar

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from trigpoint.people.models import User


def system_calendars(academy_ids: Iterable[UUID]) -> dict[UUID, WorkingCalendar]:
    """Return the working calendar of each academy, in one query however many there are."""
    wanted = set(academy_ids)
    terms: defaultdict[UUID, list[Span]] = defaultdict(list)
    years: defaultdict[UUID, list[Span]] = defaultdict(list)
    closures: defaultdict[UUID, list[Closed]] = defaultdict(list)
    for academy_id, kind, name, first, last, *year in _rows(wanted):
        if kind:
            closures[academy_id].append(Closed(name, first, last, kind))
            continue
        terms[academy_id].append(Span(name, first, last))
        if Span(*year) not in years[academy_id]:
            years[academy_id].append(Span(*year))
    return {
        academy_id: WorkingCalendar(
            tuple(terms[academy_id]), tuple(closures[academy_id]), tuple(years[academy_id])
        )
        for academy_id in wanted
    }


def _rows(academy_ids: set[UUID]) -> "QuerySet[Any, tuple[Any, ...]]":
    """Return terms (kind empty) and closures together: a page that shows one clock asks once."""
    year = ("year__name", "year__starts_on", "year__ends_on")
    none = (Value(""), Value(None, DateField()), Value(None, DateField()))
    terms = Term.objects.filter(academy__in=academy_ids).order_by()
    closed = Closure.objects.filter(academy__in=academy_ids).order_by()
    return (
        terms.values_list("academy_id", Value(""), "name", "starts_on", "ends_on", *year)
        .union(
            closed.values_list("academy_id", "kind", "name", "starts_on", "ends_on", *none),
            all=True,
        )
        .order_by("starts_on", "name")
    )


def system_calendar(academy_id: UUID) -> WorkingCalendar:
    """Return one academy's working calendar, in one query."""
    return system_calendars([academy_id])[academy_id]


def terms(academy_id: UUID, *, viewer: "User") -> "QuerySet[Term]":
    """Return an academy's terms, newest year first, terms in order."""
    return (
        Term.objects.visible_to(viewer)
        .filter(academy=academy_id)
        .select_related("year")
        .order_by("-year__starts_on", "starts_on", "id")
    )


def closures(academy_id: UUID, *, viewer: "User") -> "QuerySet[Closure]":
    """Return the days an academy is closed, in order."""
    return Closure.objects.visible_to(viewer).filter(academy=academy_id).order_by("starts_on", "id")
