"""An academy's words for forms, looked up where its records are written."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from trigpoint.instruments.labels.models import InstrumentLabels
from trigpoint.instruments.labels.rules import labelled
from trigpoint.instruments.library.models import Instrument, InstrumentVersion
from trigpoint.people.roles import Capability
from trigpoint.trusts.models import Academy

if TYPE_CHECKING:
    from trigpoint.people.models import User


def labelling(*, viewer: "User") -> QuerySet[Academy]:
    """Return the academies whose words for forms the viewer chooses, by name."""
    found = Academy.objects.filter(viewer.access.where(Capability.INSTRUMENT_LABEL, academy="pk"))
    return found.order_by("name", "id")


def labels_of(instrument: Instrument, *, viewer: "User") -> dict[UUID, InstrumentLabels]:
    """Return the words of academies for an instrument, by academy."""
    found = InstrumentLabels.objects.visible_to(viewer).filter(instrument=instrument)
    return {labels.academy_id: labels for labels in found}


def system_labels(academy_id: UUID, instrument_id: UUID) -> InstrumentLabels | None:
    """Return the words of an academy for an instrument; None where it has none of its own."""
    return InstrumentLabels.objects.filter(academy=academy_id, instrument=instrument_id).first()


def system_labelled(version: InstrumentVersion, academy_id: UUID) -> dict[str, Any]:
    """Return what a version asks, in the words of an academy, in one query."""
    labels = system_labels(academy_id, version.instrument_id)
    return labelled(version.content, labels.labels if labels else {})


def system_form_name(version: InstrumentVersion, academy_id: UUID) -> str:
    """Return what an academy calls the form, its instrument loaded, in one query."""
    labels = system_labels(academy_id, version.instrument_id)
    return (labels.name if labels else "") or version.instrument.name
