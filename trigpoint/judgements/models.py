"""Django looks for models here; each thing keeps its own beside its rules."""

from trigpoint.judgements.claims.models import Citation, Claim
from trigpoint.judgements.findings.models import Finding, Theme
from trigpoint.judgements.levels.models import Judgement
from trigpoint.judgements.strength.models import Strength

__all__ = ["Citation", "Claim", "Finding", "Judgement", "Strength", "Theme"]
