"""Django looks for models here; each thing keeps its own beside its rules."""

from trigpoint.policies.acknowledgements.models import Acknowledgement
from trigpoint.policies.comments.models import PolicyComment
from trigpoint.policies.outside.models import OutsideFramework
from trigpoint.policies.standards.models import (
    Area,
    Crosswalk,
    Descriptor,
    Level,
    LookFor,
    Scale,
    Standard,
)
from trigpoint.policies.versions.models import (
    CadenceRule,
    Policy,
    PolicyVersion,
    Responsibility,
    Section,
)

__all__ = [
    "Acknowledgement",
    "Area",
    "CadenceRule",
    "Crosswalk",
    "Descriptor",
    "Level",
    "LookFor",
    "OutsideFramework",
    "Policy",
    "PolicyComment",
    "PolicyVersion",
    "Responsibility",
    "Scale",
    "Section",
    "Standard",
]
