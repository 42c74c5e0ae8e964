"""Screens of conflicts of interest: declare one, end one."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.people.models import Person
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.reviews.conflicts import forms, operations, queries, rules
from trigpoint.reviews.conflicts.models import ConflictOfInterest
from trigpoint.reviews.conflicts.rules import Declared
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

SHOWN = "reviews:reviewers-show"


@screen(Capability.OWN_VIEW, methods=("GET", "POST"))
def declare(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Declare why a reviewer keeps away from an academy."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=person_id)
    may = rules.may_declare(request.user, person)
    if not may:
        raise Http404
    form = forms.DeclareForm(sent(request), academies=queries.academies(viewer=request.user))
    if form.is_valid():
        with refusals_in(form):
            operations.declare(
                person=person,
                declared=Declared(**form.cleaned_data),
                by=request.user,
                on=timezone.localdate(),
            )
            return done(request, SHOWN, person.pk, said="Declared. No proposal goes against it.")
    context = {"person": person, "form": form, "may": may}
    return page(request, "reviews/conflicts/declare.html", context, status=status_of(form))


@screen(Capability.OWN_VIEW, methods=("GET", "POST"))
def end(request: SignedInRequest, conflict_id: UUID) -> HttpResponse:
    """Ask why, then say that a conflict no longer counts."""
    found = ConflictOfInterest.objects.visible_to(request.user)
    conflict = get_object_or_404(found.select_related("person", "academy"), pk=conflict_id)
    form = forms.EndForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            operations.end(
                conflict=conflict, by=request.user, on=timezone.localdate(), **form.cleaned_data
            )
            return done(request, SHOWN, conflict.person_id, said="It no longer counts.")
    context = {"conflict": conflict, "form": form, "may": rules.may_end(request.user, conflict)}
    return page(request, "reviews/conflicts/end.html", context, status=status_of(form))
