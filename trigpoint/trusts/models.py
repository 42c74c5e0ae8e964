"""Django looks for models here; each thing keeps its own beside its rules."""

from trigpoint.trusts.calendars.models import AcademicYear, Closure, Term
from trigpoint.trusts.gias.models import ImportRun
from trigpoint.trusts.structure.models import Academy, Body, Cluster, Team, TierChange, Trust

__all__ = [
    "AcademicYear",
    "Academy",
    "Body",
    "Closure",
    "Cluster",
    "ImportRun",
    "Team",
    "Term",
    "TierChange",
    "Trust",
]
