"""Screens of the version that comes next: begin, show, describe, preview, publish, discard."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin

from trigpoint.instruments.drafts import forms, operations, queries, rules
from trigpoint.instruments.drafts.rules import Beginning
from trigpoint.instruments.library import queries as library
from trigpoint.instruments.library.models import Instrument, InstrumentVersion
from trigpoint.instruments.sheets.rules import apart, drawn
from trigpoint.people.roles import Capability
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

SHOW = "instruments:drafts-show"


@screen(Capability.INSTRUMENT_EDIT, methods=("GET", "POST"))
def begin(request: "SignedInRequest") -> HttpResponse:
    """Begin a new instrument, empty or from one there is."""
    trust = request.user.person.trust
    published = library.published(viewer=request.user)
    form = forms.BeginForm(sent(request), published=published)
    if form.is_valid():
        said = form.cleaned_data
        start = Beginning(
            kind=said["kind"],
            name=said["name"],
            purpose=said["purpose"],
            content=form.content() or rules.blank("What was seen"),
        )
        with refusals_in(form):
            version = operations.begin(trust=trust, start=start, by=request.user)
            return done(request, SHOW, version.pk, said="A draft. Add what it asks.")
    context = {"form": form, "may": rules.may_write(request.user, trust.pk)}
    return page(request, "instruments/drafts/begin.html", context, status=status_of(form))


@screen(Capability.INSTRUMENT_EDIT, methods=("POST",))
def follow(request: "SignedInRequest", instrument_id: UUID) -> HttpResponse:
    """Begin the next version of an instrument, or go on with the one that is begun."""
    instrument = get_object_or_404(Instrument.objects.visible_to(request.user), pk=instrument_id)
    version = operations.follow(instrument=instrument, by=request.user)
    return done(request, SHOW, version.pk)


@csp_replace({"frame-src": [SELF]})  # type: ignore[arg-type]  # typed by HttpRequest only
@screen(Capability.INSTRUMENT_EDIT)
def show(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Show a draft to work on: its parts and questions, beside how it looks."""
    version = _find(request, version_id)
    if version.status != rules.DRAFT:
        return redirect("instruments:library-show", version.instrument_id)
    scales = queries.system_scales(version.trust_id)
    context = {
        "version": version,
        "instrument": version.instrument,
        "rows": rules.rows(version.content),
        "may": rules.may_edit(request.user, version),
        "in_the_way": rules.in_the_way(version.instrument, version.content, scales),
    }
    return page(request, "instruments/drafts/show.html", context)


@csp_replace({"frame-ancestors": [SELF]})  # type: ignore[arg-type]  # typed by HttpRequest only
@xframe_options_sameorigin
@screen(Capability.INSTRUMENT_EDIT)
def preview(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Show a draft as the capture page will draw it. Nothing typed here is kept."""
    version = _find(request, version_id)
    content = rules.frozen(version.content, queries.system_scales(version.trust_id))
    context = {
        "version": version,
        "instrument": version.instrument,
        "content": content,
        "drawn": drawn(content, {}),
        "apart": apart(content),
    }
    return page(request, "instruments/drafts/preview.html", context)


@screen(Capability.INSTRUMENT_EDIT, methods=("GET", "POST"))
def describe(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Say otherwise what a form is called, what it is for, whom it names and what is read first."""
    version = _find(request, version_id)
    form = forms.DescribeForm(sent(request), told=rules.told(version))
    if form.is_valid():
        with refusals_in(form):
            operations.describe(
                version=version,
                words=form.words(),
                base_revision=form.cleaned_data["base_revision"],
                by=request.user,
            )
            return done(request, SHOW, version.pk, said="Changed.")
    context = {"version": version, "form": form, "may": rules.may_edit(request.user, version)}
    return page(request, "instruments/drafts/describe.html", context, status=status_of(form))


@screen(Capability.INSTRUMENT_EDIT, methods=("GET", "POST"))
def publish(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Say what publishing changes, ask, then publish."""
    version = _find(request, version_id)
    scales = queries.system_scales(version.trust_id)
    content = rules.frozen(version.content, scales)
    initial = {"seen": rules.mark(content)}
    form = forms.SeenForm(sent(request), initial=initial)
    if form.is_valid():
        with refusals_in(form):
            operations.publish(
                version=version, by=request.user, on=timezone.localdate(), **form.cleaned_data
            )
            said = f"Version {version.number} is published."
            return done(request, "instruments:library-show", version.instrument_id, said=said)
    before = queries.system_before(version)
    context = {
        "version": version,
        "before": before,
        "changed": _changed(before, version, content) if before else None,
        "form": forms.SeenForm(initial=initial) if form.is_bound else form,
        "problems": form.non_field_errors(),
        "may": rules.may_publish(request.user, version, scales),
    }
    return page(request, "instruments/drafts/publish.html", context, status=status_of(form))


def _changed(
    before: InstrumentVersion, version: InstrumentVersion, content: dict[str, Any]
) -> rules.Changed:
    """Compare with the version before, whose parts get the keys that the draft began with."""
    taken = queries.system_keys(version.instrument, but=version.pk)
    return rules.compared(rules.keyed(before.content, taken), content)


@screen(Capability.INSTRUMENT_EDIT, methods=("GET", "POST"))
def discard(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Ask first, then throw a draft away."""
    version = _find(request, version_id)
    initial = {"seen": rules.mark(version.content)}
    form = forms.SeenForm(sent(request), initial=initial)
    if form.is_valid():
        with refusals_in(form):
            operations.discard(version=version, by=request.user, **form.cleaned_data)
            return done(request, "instruments:library-index", said="The draft is discarded.")
    context = {
        "version": version,
        "form": forms.SeenForm(initial=initial) if form.is_bound else form,
        "problems": form.non_field_errors(),
        "may": rules.may_edit(request.user, version),
    }
    return page(request, "instruments/drafts/discard.html", context, status=status_of(form))


def _find(request: "SignedInRequest", version_id: UUID) -> InstrumentVersion:
    found = InstrumentVersion.objects.visible_to(request.user).select_related("instrument")
    return get_object_or_404(found, pk=version_id)
