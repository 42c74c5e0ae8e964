"""Django looks for models here; each thing keeps its own beside its rules."""

from trigpoint.governance.meetings.models import Challenge, Decision, Meeting, Paper

__all__ = ["Challenge", "Decision", "Meeting", "Paper"]
