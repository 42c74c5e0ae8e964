"""Django looks for models here; each thing keeps its own beside its rules."""

from trigpoint.improvement.actions.models import Action, ImpactCheck
from trigpoint.improvement.needs.models import DevelopmentNeed
from trigpoint.improvement.practices.models import GoodPractice

__all__ = ["Action", "DevelopmentNeed", "GoodPractice", "ImpactCheck"]
