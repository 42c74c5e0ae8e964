"""Screens of an area of a draft: add, reword, move, remove."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from trigpoint.people.roles import Capability
from trigpoint.policies.areas import forms, operations
from trigpoint.policies.areas.operations import Words
from trigpoint.policies.areas.rules import may_go, told
from trigpoint.policies.standards.models import Area
from trigpoint.policies.versions.queries import readable
from trigpoint.policies.versions.rules import may_edit
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

DRAFT = "policies:drafts-show"


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def add(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Add an area to a draft."""
    version = get_object_or_404(readable(viewer=request.user), pk=version_id)
    form = forms.AreaForm(sent(request), told={})
    if form.is_valid():
        with refusals_in(form):
            area = operations.add(version=version, words=Words(**form.facts()), by=request.user)
            said = f"{area.name} added. Now add its standards."
            return done(request, DRAFT, version.pk, said=said)
    context = {"version": version, "form": form, "may": may_edit(request.user, version)}
    return page(request, "policies/areas/add.html", context, status=status_of(form))


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def reword(request: "SignedInRequest", area_id: UUID) -> HttpResponse:
    """Say an area of a draft otherwise."""
    area = _find(request, area_id)
    form = forms.AreaForm(sent(request), told=told(area))
    if form.is_valid():
        with refusals_in(form):
            operations.reword(
                area=area,
                words=Words(**form.facts()),
                base_revision=form.cleaned_data["base_revision"],
                by=request.user,
            )
            return done(request, DRAFT, area.version_id, said=f"{area.name} changed.")
    context = {
        "area": area,
        "version": area.version,
        "form": form,
        "may": may_edit(request.user, area.version),
    }
    return page(request, "policies/areas/reword.html", context, status=status_of(form))


@screen(Capability.POLICY_DRAFT, methods=("POST",))
def move(request: "SignedInRequest", area_id: UUID) -> HttpResponse:
    """Move an area one place up, or down."""
    steps = 1 if request.POST.get("to") == "down" else -1
    area = operations.move(area=_find(request, area_id), steps=steps, by=request.user)
    return done(request, DRAFT, area.version_id, said=f"{area.name} moved.")


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def remove(request: "SignedInRequest", area_id: UUID) -> HttpResponse:
    """Ask first, then take an area and its standards out of a draft."""
    area = _find(request, area_id)
    if request.method == "POST":
        version = operations.remove(area=area, by=request.user)
        return done(request, DRAFT, version.pk, said=f"{area.name} removed.")
    context = {
        "area": area,
        "version": area.version,
        "standards": area.standards.order_by("position", "id"),
        "may": may_edit(request.user, area.version) and may_go(area),
    }
    return page(request, "policies/areas/remove.html", context)


def _find(request: "SignedInRequest", area_id: UUID) -> Area:
    found = Area.objects.visible_to(request.user).select_related(
        "version__policy", "version__trust"
    )
    return get_object_or_404(found, pk=area_id)
