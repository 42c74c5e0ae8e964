"""Django looks for models here; each thing keeps its own beside its rules."""

from trigpoint.reporting.reports.models import FactualComment, Report, ReportStatement

__all__ = ["FactualComment", "Report", "ReportStatement"]
