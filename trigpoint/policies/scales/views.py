"""Screens of what a draft judges on: index, add, change, remove, assign."""

from operator import attrgetter
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from trigpoint.people.roles import Capability
from trigpoint.policies.scales import forms, operations, queries, rules
from trigpoint.policies.standards.models import Scale
from trigpoint.policies.versions.models import PolicyVersion
from trigpoint.policies.versions.queries import readable
from trigpoint.policies.versions.rules import may_edit
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

INDEX = "policies:scales-index"


@screen(Capability.POLICY_DRAFT)
def index(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """List the scales of a version, each with its levels and the areas judged on it."""
    version = _version(request, version_id)
    context = {
        "version": version,
        "uses": queries.in_use(version, viewer=request.user),
        "may": may_edit(request.user, version),
    }
    return page(request, "policies/scales/index.html", context)


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def add(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Add a scale to a draft."""
    version = _version(request, version_id)
    form = forms.ScaleForm(sent(request), told=rules.told("", ()))
    if form.is_valid():
        with refusals_in(form):
            scale = operations.add(
                version=version,
                name=form.cleaned_data["name"],
                levels=form.levels(),
                by=request.user,
            )
            said = f"{scale.name} added. Say next which areas are judged on it."
            return done(request, INDEX, version.pk, said=said)
    context = {"version": version, "form": form, "may": may_edit(request.user, version)}
    return page(request, "policies/scales/add.html", context, status=status_of(form))


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def change(request: "SignedInRequest", scale_id: UUID) -> HttpResponse:
    """Give a draft's scale another name or other levels."""
    scale = _find(request, scale_id)
    version = scale.version
    form = forms.ScaleForm(sent(request), told=queries.system_told(scale))
    if form.is_valid():
        with refusals_in(form):
            operations.change(
                scale=scale,
                name=form.cleaned_data["name"],
                levels=form.levels(),
                base_revision=form.cleaned_data["base_revision"],
                by=request.user,
            )
            return done(request, INDEX, version.pk, said="Scale changed.")
    may = may_edit(request.user, version) and rules.may_change(is_in_words=scale.is_in_words)
    context = {"scale": scale, "version": version, "form": form, "may": may}
    return page(request, "policies/scales/change.html", context, status=status_of(form))


@screen(Capability.POLICY_DRAFT, methods=("POST",))
def remove(request: "SignedInRequest", scale_id: UUID) -> HttpResponse:
    """Take a scale that judges nothing out of a draft."""
    scale = _find(request, scale_id)
    version = operations.remove(scale=scale, by=request.user)
    return done(request, INDEX, version.pk, said=f"{scale.name} removed.")


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def assign(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Say on which scale each area of a draft is judged, or that it is judged in words."""
    version = _version(request, version_id)
    uses = queries.in_use(version, viewer=request.user)
    areas = sorted((area for use in uses for area in use.areas), key=attrgetter(*queries.IN_ORDER))
    form = forms.AssignForm(sent(request), areas=areas, scales=[use.scale for use in uses])
    if form.is_valid():
        with refusals_in(form):
            made = operations.assign(
                version=version,
                scales=form.assigned(),
                base_revision=form.cleaned_data["base_revision"],
                by=request.user,
            )
            return done(request, INDEX, version.pk, said=_said(made))
    context = {"version": version, "form": form, "may": may_edit(request.user, version)}
    return page(request, "policies/scales/assign.html", context, status=status_of(form))


def _said(made: operations.Assigned) -> str:
    """Say what became of an assignment, what it cost among it."""
    said = f"{made.areas} area{'' if made.areas == 1 else 's'} judged by something else now."
    if not made.descriptions:
        return said
    one = made.descriptions == 1
    left = "1 description of a level" if one else f"{made.descriptions} descriptions of levels"
    return f"{said} {left} left this draft; its history keeps them."


def _version(request: "SignedInRequest", version_id: UUID) -> PolicyVersion:
    return get_object_or_404(readable(viewer=request.user), pk=version_id)


def _find(request: "SignedInRequest", scale_id: UUID) -> Scale:
    found = Scale.objects.visible_to(request.user).select_related(
        "version__policy", "version__trust"
    )
    return get_object_or_404(found, pk=scale_id)
