"""Django looks for models here; each thing keeps its own beside its rules."""

from trigpoint.instruments.labels.models import InstrumentLabels
from trigpoint.instruments.library.models import ActivityKind, Instrument, InstrumentVersion

__all__ = ["ActivityKind", "Instrument", "InstrumentLabels", "InstrumentVersion"]
