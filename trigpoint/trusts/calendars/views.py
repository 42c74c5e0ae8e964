"""Screens of calendars: an academy's year and its closed days."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.trusts.calendars import forms, operations, queries, rules
from trigpoint.trusts.calendars.models import Closure
from trigpoint.trusts.structure.models import Academy
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

IMPORT = "calendars.import"


@screen("academies.view")
def show(request: "SignedInRequest", academy_id: UUID) -> HttpResponse:
    """Show when an academy works: its terms with their working days, and what is closed."""
    academy = get_object_or_404(Academy.objects.visible_to(request.user), pk=academy_id)
    calendar = queries.system_calendar(academy.pk)
    terms = [
        {
            "term": term,
            "days": calendar.between(term.starts_on - rules.ONE_DAY, term.ends_on),
        }
        for term in queries.terms(academy.pk, viewer=request.user)
    ]
    context = {
        "academy": academy,
        "basis": calendar.basis,
        "terms": terms,
        "closures": queries.closures(academy.pk, viewer=request.user),
        "may_import": rules.may_import(request.user, academy),
    }
    return page(request, "trusts/calendars/show.html", context)


@screen(IMPORT, methods=("GET", "POST"))
def close_days(request: "SignedInRequest", academy_id: UUID) -> HttpResponse:
    """Enter days an academy is closed."""
    academy = get_object_or_404(Academy.objects.visible_to(request.user), pk=academy_id)
    form = forms.CloseDaysForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            operations.close_days(
                academy=academy, closed=form.closed(), by=request.user, on=timezone.localdate()
            )
            return done(request, "trusts:calendars-show", academy.pk, said="Closed days entered.")
    context = {"academy": academy, "form": form, "may": rules.may_import(request.user, academy)}
    return page(request, "trusts/calendars/close_days.html", context, status=status_of(form))


@screen(IMPORT, methods=("POST",))
def open_days(request: "SignedInRequest", closure_id: UUID) -> HttpResponse:
    """Take closed days out again."""
    closure = get_object_or_404(Closure.objects.visible_to(request.user), pk=closure_id)
    academy = operations.open_days(closure=closure, by=request.user, on=timezone.localdate())
    said = f"{closure.name} is taken out. Deadlines set from now on count these days."
    return done(request, "trusts:calendars-show", academy.pk, said=said)
