"""Terms, closures and the working calendars made of them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from trigpoint.trusts.calendars.models import Closure, Term
from trigpoint.trusts.calendars.rules import Closed, Span, WorkingCalendar

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from trigpoint.people.models import User


def system_calendars(academy_ids: Iterable[UUID]) -> dict[UUID, WorkingCalendar]:
    """Return the working calendar of each academy, in two queries however many there are."""
    wanted = set(academy_ids)
    terms: defaultdict[UUID, list[Span]] = defaultdict(list)
    years: defaultdict[UUID, set[Span]] = defaultdict(set)
    closures: defaultdict[UUID, list[Closed]] = defaultdict(list)
    for term in (
        Term.objects.filter(academy__in=wanted).select_related("year").order_by("starts_on", "id")
    ):
        terms[term.academy_id].append(Span(term.name, term.starts_on, term.ends_on))
        years[term.academy_id].add(Span(term.year.name, term.year.starts_on, term.year.ends_on))
    for row in Closure.objects.filter(academy__in=wanted).order_by("starts_on", "id"):
        closures[row.academy_id].append(Closed(row.name, row.starts_on, row.ends_on, row.kind))
    return {
        academy_id: WorkingCalendar(
            tuple(terms[academy_id]),
            tuple(closures[academy_id]),
            tuple(sorted(years[academy_id], key=lambda year: year.starts_on)),
        )
        for academy_id in wanted
    }


def system_calendar(academy_id: UUID) -> WorkingCalendar:
    """Return one academy's working calendar, in two queries."""
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
