"""Django looks for models here; each thing keeps its own beside its rules."""

from trigpoint.insight.standings.models import Standing

__all__ = ["Standing"]
