"""Screens of a standard: show; and in a draft add, reword, move, remove."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from trigpoint.people.roles import Capability
from trigpoint.policies.standards import forms, operations, queries, rules
from trigpoint.policies.standards.models import Area, Standard
from trigpoint.policies.standards.operations import Words
from trigpoint.policies.versions.rules import may_edit
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

DRAFT = "policies:drafts-show"


@screen(Capability.POLICY_VIEW)
def show(request: "SignedInRequest", standard_id: UUID) -> HttpResponse:
    """Show what one standard promises, what it looks like at each level, and how it changed."""
    viewer = request.user
    track = queries.track(standard_id, viewer=viewer)
    if track is None:
        raise Http404
    standard = track.this
    context = {
        "standard": standard,
        "version": standard.version,
        "track": track,
        "expected": rules.kinds_in_words(standard.expected_kinds),
        "changes": rules.changes(rules.texts(track.previous), rules.texts(standard))
        if track.previous
        else [],
        "crosswalk": queries.crosswalk(standard, viewer=viewer),
        "answering": queries.answering(standard, viewer=viewer),
    }
    return page(request, "policies/standards/show.html", context, fragment="panel")


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def add(request: "SignedInRequest", area_id: UUID) -> HttpResponse:
    """Add a standard to an area of a draft."""
    found = Area.objects.visible_to(request.user)
    area = get_object_or_404(found.select_related("version__policy", "version__trust"), pk=area_id)
    levels = queries.levels(area, viewer=request.user)
    form = forms.StandardForm(sent(request), told={}, levels=levels)
    if form.is_valid():
        with refusals_in(form):
            standard = operations.add(area=area, words=Words(**form.facts()), by=request.user)
            return done(request, DRAFT, area.version_id, said=f"{standard} added.")
    may = may_edit(request.user, area.version)
    context = {"area": area, "version": area.version, "form": form, "may": may}
    return page(request, "policies/standards/add.html", context, status=status_of(form))


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def reword(request: "SignedInRequest", standard_id: UUID) -> HttpResponse:
    """Say a standard of a draft otherwise."""
    standard = _find(request, standard_id)
    levels = queries.levels(standard.area, viewer=request.user)
    form = forms.StandardForm(sent(request), told=queries.system_told(standard), levels=levels)
    if form.is_valid():
        with refusals_in(form):
            operations.reword(
                standard=standard,
                words=Words(**form.facts()),
                base_revision=form.cleaned_data["base_revision"],
                by=request.user,
            )
            return done(request, DRAFT, standard.version_id, said=f"{standard} changed.")
    may = may_edit(request.user, standard.version)
    context = {"standard": standard, "version": standard.version, "form": form, "may": may}
    return page(request, "policies/standards/reword.html", context, status=status_of(form))


@screen(Capability.POLICY_DRAFT, methods=("POST",))
def move(request: "SignedInRequest", standard_id: UUID) -> HttpResponse:
    """Move a standard one place up, or down, within its area."""
    steps = 1 if request.POST.get("to") == "down" else -1
    standard = operations.move(standard=_find(request, standard_id), steps=steps, by=request.user)
    return done(request, DRAFT, standard.version_id, said=f"{standard} moved.")


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def remove(request: "SignedInRequest", standard_id: UUID) -> HttpResponse:
    """Ask first, then take a standard out of a draft."""
    standard = _find(request, standard_id)
    if request.method == "POST":
        version = operations.remove(standard=standard, by=request.user)
        return done(request, DRAFT, version.pk, said=f"{standard} removed.")
    may = may_edit(request.user, standard.version)
    context = {"standard": standard, "version": standard.version, "may": may}
    return page(request, "policies/standards/remove.html", context)


def _find(request: "SignedInRequest", standard_id: UUID) -> Standard:
    found = Standard.objects.visible_to(request.user).select_related(
        "area", "version__policy", "version__trust"
    )
    return get_object_or_404(found, pk=standard_id)
