"""Screens of a part of a draft's text: add, reword, remove."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from trigpoint.people.roles import Capability
from trigpoint.policies.sections import forms, operations
from trigpoint.policies.sections.operations import Words
from trigpoint.policies.sections.rules import told
from trigpoint.policies.versions.models import Section
from trigpoint.policies.versions.queries import readable
from trigpoint.policies.versions.rules import may_edit
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

DRAFT = "policies:drafts-show"


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def add(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Add a part to a draft's text."""
    version = get_object_or_404(readable(viewer=request.user), pk=version_id)
    form = forms.SectionForm(sent(request), told={})
    if form.is_valid():
        with refusals_in(form):
            section = operations.add(version=version, words=Words(**form.facts()), by=request.user)
            return done(request, DRAFT, version.pk, said=f"{section.title} added.")
    context = {"version": version, "form": form, "may": may_edit(request.user, version)}
    return page(request, "policies/sections/add.html", context, status=status_of(form))


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def reword(request: "SignedInRequest", section_id: UUID) -> HttpResponse:
    """Say a part of a draft's text otherwise."""
    section = _find(request, section_id)
    form = forms.SectionForm(sent(request), told=told(section))
    if form.is_valid():
        with refusals_in(form):
            operations.reword(
                section=section,
                words=Words(**form.facts()),
                base_revision=form.cleaned_data["base_revision"],
                by=request.user,
            )
            return done(request, DRAFT, section.version_id, said=f"{section.title} changed.")
    may = may_edit(request.user, section.version)
    context = {"section": section, "version": section.version, "form": form, "may": may}
    return page(request, "policies/sections/reword.html", context, status=status_of(form))


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def remove(request: "SignedInRequest", section_id: UUID) -> HttpResponse:
    """Ask first, then take a part out of a draft's text."""
    section = _find(request, section_id)
    if request.method == "POST":
        version = operations.remove(section=section, by=request.user)
        return done(request, DRAFT, version.pk, said=f"{section.title} removed.")
    may = may_edit(request.user, section.version)
    context = {"section": section, "version": section.version, "may": may}
    return page(request, "policies/sections/remove.html", context)


def _find(request: "SignedInRequest", section_id: UUID) -> Section:
    found = Section.objects.visible_to(request.user).select_related(
        "version__policy", "version__trust"
    )
    return get_object_or_404(found, pk=section_id)
