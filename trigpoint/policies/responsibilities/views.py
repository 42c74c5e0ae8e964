"""Screens of who answers for what in a version: index, assign, unassign."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.people.roles import Capability
from trigpoint.policies.responsibilities import forms, operations, queries
from trigpoint.policies.responsibilities.operations import Part
from trigpoint.policies.versions import rules
from trigpoint.policies.versions.models import Responsibility
from trigpoint.policies.versions.queries import readable, standards
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

INDEX = "policies:responsibilities-index"


@screen(Capability.POLICY_DRAFT)
def index(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """List who answers for what in a version, with the gaps."""
    version = get_object_or_404(readable(viewer=request.user), pk=version_id)
    rows = list(queries.register(version, viewer=request.user))
    answering = rules.answering(list(version.areas.order_by("position", "id")), rows)
    context = {
        "version": version,
        "rows": rows,
        "gaps": [(row.name, gap) for row in answering for gap in row.gaps],
        "may": rules.may_edit(request.user, version),
    }
    return page(request, "policies/responsibilities/index.html", context)


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def assign(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Say who answers for what in a draft."""
    viewer = request.user
    version = get_object_or_404(readable(viewer=viewer), pk=version_id)
    form = forms.AssignForm(
        sent(request),
        areas=version.areas.order_by("position", "id"),
        standards=standards(version, viewer=viewer),
        people=queries.nameable(viewer=viewer, on=timezone.localdate()),
    )
    if form.is_valid():
        with refusals_in(form):
            part = operations.assign(version=version, part=Part(**form.facts()), by=viewer)
            return done(request, INDEX, version.pk, said=f"{part.role_name} added.")
    context = {"version": version, "form": form, "may": rules.may_edit(viewer, version)}
    return page(request, "policies/responsibilities/assign.html", context, status=status_of(form))


@screen(Capability.POLICY_DRAFT, methods=("POST",))
def unassign(request: "SignedInRequest", responsibility_id: UUID) -> HttpResponse:
    """Take a responsibility out of a draft."""
    found = Responsibility.objects.visible_to(request.user).select_related("version__policy")
    responsibility = get_object_or_404(found, pk=responsibility_id)
    version = operations.unassign(responsibility=responsibility, by=request.user)
    return done(request, INDEX, version.pk, said=f"{responsibility.role_name} taken out.")
