"""Screens of roles: who holds what, give one, end one, and what each role may do."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.people.grants import forms, operations, queries, rules
from trigpoint.people.grants.models import Grant
from trigpoint.people.roles import IN_WORDS, ROLE_CAPABILITIES, Capability, Role
from trigpoint.people.staff.models import Person
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

PAGE_SIZE = 50


@screen(Capability.GRANT_VIEW)
def index(request: "SignedInRequest") -> HttpResponse:
    """List who holds which role where, from when to when."""
    today = timezone.localdate()
    form = forms.FilterForm(request.GET, user=request.user)
    held = queries.held(viewer=request.user, on=today, wanted=form.wanted())
    context = {
        "form": form,
        "rows": Paginator(held, PAGE_SIZE).get_page(request.GET.get("page")),
        "day": today,
        "may_give": request.user.access.holds(Capability.GRANT_GIVE),
    }
    return page(request, "people/grants/index.html", context)


@screen(Capability.GRANT_GIVE, methods=("GET", "POST"))
def give(request: "SignedInRequest") -> HttpResponse:
    """Ask who gets which role where, and why; ``?person=``, ``?role=`` and ``?where=`` fill in."""
    form = forms.GiveForm(sent(request), user=request.user, today=timezone.localdate())
    if form.is_valid():
        with refusals_in(form):
            grant = operations.give(by=request.user, **form.asked())
            said = f"{grant.person} is now {grant.get_role_display()}, {grant.place}."
            return done(request, "people:grants-index", said=said)
    form.initial.update({name: request.GET.get(name) for name in ("person", "role", "where")})
    return page(request, "people/grants/give.html", {"form": form}, status=status_of(form))


@screen(Capability.GRANT_GIVE, methods=("GET", "POST"))
def end(request: "SignedInRequest", grant_id: UUID) -> HttpResponse:
    """Ask once more, then end a role; it stops counting on the person's next click."""
    grant = get_object_or_404(
        Grant.objects.visible_to(request.user).select_related("trust", "person"), pk=grant_id
    )
    today = timezone.localdate()
    if request.method == "POST":
        operations.end(grant=grant, by=request.user, on=today)
        return done(request, "people:grants-index", said=f"Role of {grant.person} ended.")
    others = queries.system_other_administrators(trust=grant.trust, on=today, besides=grant)
    context = {
        "grant": grant,
        "may_end": rules.may_end(request.user, grant, on=today, others=others),
    }
    return page(request, "people/grants/end.html", context)


@screen(Capability.GRANT_VIEW)
def of_person(request: "SignedInRequest", person_id: UUID) -> HttpResponse:
    """List the roles one person holds; a panel of the person's page."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=person_id)
    today = timezone.localdate()
    context = {
        "person": person,
        "roles": queries.roles_of(viewer=request.user, person=person, on=today),
        "may_give": request.user.access.holds(Capability.GRANT_GIVE),
    }
    return page(request, "people/grants/of_person.html", context, fragment="panel")


@screen(Capability.ROLE_VIEW)
def matrix(request: "SignedInRequest") -> HttpResponse:
    """Show every role and what it may do, in plain words."""
    groups = [
        (
            area,
            [
                (words, [capability in ROLE_CAPABILITIES[role] for role in Role])
                for capability, words in capabilities.items()
            ],
        )
        for area, capabilities in IN_WORDS.items()
    ]
    context = {"roles": list(Role), "groups": groups, "mine": request.user.access.roles}
    return page(request, "people/grants/matrix.html", context)
