"""Screens of an academy's own words for a form: index, relabel."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from trigpoint.instruments.labels import forms, operations, queries, rules
from trigpoint.instruments.library.models import Instrument, InstrumentVersion
from trigpoint.instruments.library.queries import versions_of
from trigpoint.people.roles import Capability
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

INDEX = "instruments:labels-index"


@screen(Capability.INSTRUMENT_LABEL)
def index(request: "SignedInRequest", instrument_id: UUID) -> HttpResponse:
    """List the academies one speaks for, with what each calls the form."""
    instrument = _find(request, instrument_id)
    own = queries.labels_of(instrument, viewer=request.user)
    academies = queries.labelling(viewer=request.user)
    context = {
        "instrument": instrument,
        "academies": [(academy, own.get(academy.pk)) for academy in academies],
    }
    return page(request, "instruments/labels/index.html", context)


@screen(Capability.INSTRUMENT_LABEL, methods=("GET", "POST"))
def relabel(request: "SignedInRequest", instrument_id: UUID, academy_id: UUID) -> HttpResponse:
    """Give a form and its questions an academy's own words."""
    instrument = _find(request, instrument_id)
    academy = get_object_or_404(queries.labelling(viewer=request.user), pk=academy_id)
    version = _in_use(request, instrument)
    told = rules.told(queries.system_labels(academy.pk, instrument.pk), version.content)
    form = forms.RelabelForm(
        sent(request), told=told, name=instrument.name, content=version.content
    )
    if form.is_valid():
        with refusals_in(form):
            operations.relabel(
                instrument=instrument,
                academy=academy,
                words=form.words(),
                content=version.content,
                base_revision=form.cleaned_data["base_revision"],
                by=request.user,
            )
            said = f"{academy.name} writes its records in these words now."
            return done(request, INDEX, instrument.pk, said=said)
    context = {"instrument": instrument, "academy": academy, "form": form}
    context |= {"may": rules.may_relabel(request.user, academy)}
    return page(request, "instruments/labels/relabel.html", context, status=status_of(form))


def _in_use(request: "SignedInRequest", instrument: Instrument) -> InstrumentVersion:
    version = versions_of(instrument, viewer=request.user).first()
    if version is None:
        raise Http404
    return version


def _find(request: "SignedInRequest", instrument_id: UUID) -> Instrument:
    return get_object_or_404(Instrument.objects.visible_to(request.user), pk=instrument_id)
