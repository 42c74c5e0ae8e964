"""Screens of a part of a draft form: add, change, move, remove."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from trigpoint.instruments.contents.rules import Part
from trigpoint.instruments.drafts.forms import SeenForm
from trigpoint.instruments.drafts.rules import mark, may_edit, part_of
from trigpoint.instruments.library.models import InstrumentVersion
from trigpoint.instruments.sections import forms, operations, rules
from trigpoint.people.roles import Capability
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

DRAFT = "instruments:drafts-show"


@screen(Capability.INSTRUMENT_EDIT, methods=("GET", "POST"))
def add(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Add a part to a draft."""
    version = _find(request, version_id)
    form = forms.PartForm(sent(request), told={})
    if form.is_valid():
        with refusals_in(form):
            part = operations.add(version=version, words=form.words(), by=request.user)
            said = f"“{part['title']}” added. Add its first question."
            return done(request, DRAFT, version.pk, said=said)
    context = {"version": version, "form": form, "may": may_edit(request.user, version)}
    return page(request, "instruments/sections/add.html", context, status=status_of(form))


@screen(Capability.INSTRUMENT_EDIT, methods=("GET", "POST"))
def change(request: "SignedInRequest", version_id: UUID, part_key: str) -> HttpResponse:
    """Say a part of a draft otherwise."""
    version, part = _part(request, version_id, part_key)
    form = forms.PartForm(sent(request), told=rules.told(part))
    if form.is_valid():
        with refusals_in(form):
            operations.change(
                version=version,
                key=part_key,
                words=form.words(),
                base_revision=form.cleaned_data["base_revision"],
                by=request.user,
            )
            return done(request, DRAFT, version.pk, said="Changed.")
    may = may_edit(request.user, version)
    context = {"version": version, "part": part, "form": form, "may": may}
    return page(request, "instruments/sections/change.html", context, status=status_of(form))


@screen(Capability.INSTRUMENT_EDIT, methods=("POST",))
def move(request: "SignedInRequest", version_id: UUID, part_key: str) -> HttpResponse:
    """Move a part one place up, or down."""
    version, part = _part(request, version_id, part_key)
    steps = 1 if request.POST.get("to") == "down" else -1
    operations.move(version=version, key=part_key, steps=steps, by=request.user)
    return done(request, DRAFT, version.pk, said=f"“{part['title']}” moved.")


@screen(Capability.INSTRUMENT_EDIT, methods=("GET", "POST"))
def remove(request: "SignedInRequest", version_id: UUID, part_key: str) -> HttpResponse:
    """Ask first, then take a part and its questions out of a draft."""
    version, part = _part(request, version_id, part_key)
    form = SeenForm(sent(request), initial={"seen": mark(part)})
    if form.is_valid():
        with refusals_in(form):
            operations.remove(version=version, key=part_key, by=request.user, **form.cleaned_data)
            return done(request, DRAFT, version.pk, said=f"“{part['title']}” removed.")
    context = {
        "version": version,
        "part": part,
        "form": SeenForm(initial={"seen": mark(part)}) if form.is_bound else form,
        "problems": form.non_field_errors(),
        "may": may_edit(request.user, version),
    }
    return page(request, "instruments/sections/remove.html", context, status=status_of(form))


def _find(request: "SignedInRequest", version_id: UUID) -> InstrumentVersion:
    found = InstrumentVersion.objects.visible_to(request.user).select_related("instrument")
    return get_object_or_404(found, pk=version_id)


def _part(
    request: "SignedInRequest", version_id: UUID, part_key: str
) -> tuple[InstrumentVersion, Part]:
    version = _find(request, version_id)
    part = part_of(version.content, part_key)
    if part is None:
        raise Http404
    return version, part
