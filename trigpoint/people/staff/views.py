"""Screens of staff: the list and one person."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.people.roles import Capability
from trigpoint.people.staff import forms, queries, rules
from trigpoint.people.staff.models import Person
from trigpoint.web.screens import page, screen

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

PAGE_SIZE = 50


@screen(Capability.STAFF_VIEW)
def index(request: "SignedInRequest") -> HttpResponse:
    """List staff with their posts."""
    form = forms.FilterForm(request.GET, user=request.user)
    listed = queries.staff(viewer=request.user, on=timezone.localdate(), **form.wanted())
    context = {
        "form": form,
        "rows": Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_import": rules.may_join(request.user, request.user.person.trust),
    }
    return page(request, "people/staff/index.html", context)


@screen(Capability.STAFF_VIEW)
def show(request: "SignedInRequest", person_id: UUID) -> HttpResponse:
    """Show a person and their posts; roles and sign-in are panels."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=person_id)
    context = {
        "person": person,
        "has_left": person.has_left(on=timezone.localdate()),
        "posts": queries.posts(viewer=request.user).filter(person=person),
    }
    return page(request, "people/staff/show.html", context)
