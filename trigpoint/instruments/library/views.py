"""Screens for instruments: what there is, and each form as it will look."""

from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify

from trigpoint.instruments.contents.rules import file_of, written
from trigpoint.instruments.library import operations, queries, rules
from trigpoint.instruments.library.models import ActivityKind, Instrument, InstrumentVersion
from trigpoint.people.roles import Capability
from trigpoint.web.screens import done, page, screen

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest


@screen(Capability.INSTRUMENT_VIEW)
def index(request: "SignedInRequest") -> HttpResponse:
    """Show the trust's instruments by kind of activity."""
    versions = queries.published(viewer=request.user)
    by_kind = {
        kind: list(group) for kind, group in groupby(versions, key=lambda it: it.instrument.kind)
    }
    context = {
        "kinds": [
            (kind.label, [rules.card(version) for version in by_kind[kind]])
            for kind in ActivityKind
            if kind in by_kind
        ],
        "may_write": request.user.access.holds(Capability.INSTRUMENT_EDIT),
        "may_install": rules.may_install(request.user, request.user.person.trust),
        "drafts": queries.drafts(viewer=request.user)
        if request.user.access.holds(Capability.INSTRUMENT_EDIT)
        else [],
        "is_complete": set(by_kind) == set(ActivityKind),
    }
    return page(request, "instruments/library/index.html", context)


@screen(Capability.INSTRUMENT_VIEW)
def show(request: "SignedInRequest", instrument_id: UUID) -> HttpResponse:
    """Show a form as it will look on a visit; nothing can be written here."""
    instrument = get_object_or_404(Instrument.objects.visible_to(request.user), pk=instrument_id)
    versions = list(queries.versions_of(instrument, viewer=request.user))
    version = next((it for it in versions if str(it.number) == request.GET.get("version")), None)
    version = version or next(iter(versions), None)
    context = {
        "instrument": instrument,
        "version": version,
        "versions": versions,
        "may_name": rules.may_name(version.content) if version else None,
        "asks_level": rules.asks_level(version) if version else False,
        "may_write": request.user.access.holds(Capability.INSTRUMENT_EDIT),
        "may_label": request.user.access.holds(Capability.INSTRUMENT_LABEL),
        "may_prefer": rules.may_prefer(request.user, instrument, is_published=bool(version)),
    }
    return page(request, "instruments/library/show.html", context)


@screen(Capability.INSTRUMENT_EDIT, methods=("POST",))
def prefer(request: "SignedInRequest", instrument_id: UUID) -> HttpResponse:
    """Make an instrument the usual one of its kind."""
    instrument = get_object_or_404(Instrument.objects.visible_to(request.user), pk=instrument_id)
    operations.prefer(instrument=instrument, by=request.user)
    said = f"“{instrument.name}” is the usual {instrument.get_kind_display().lower()} now."
    return done(request, "instruments:library-show", instrument.pk, said=said)


@screen(Capability.INSTRUMENT_VIEW)
def export(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Send a version as an instrument file: it reads back as the same."""
    found = InstrumentVersion.objects.visible_to(request.user).select_related("instrument")
    version = get_object_or_404(found, pk=version_id)
    text = written(file_of(version.instrument, version.content))
    name = f"{slugify(version.instrument.name)}-version-{version.number}"
    headers = {"Content-Disposition": f'attachment; filename="{name}.yaml"'}
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)


@screen(Capability.POLICY_ADOPT, methods=("POST",))
def install(request: "SignedInRequest") -> HttpResponse:
    """Bring in the ready-made instruments the trust does not have yet."""
    installed = operations.install_ready_made(
        trust=request.user.person.trust, by=request.user, on=timezone.localdate()
    )
    said = f"{len(installed)} instruments added." if installed else "You have all of them already."
    return done(request, "instruments:library-index", said=said)
