"""Django looks for models here; each thing keeps its own beside its rules."""

from trigpoint.evidence.attachments.models import Attachment
from trigpoint.evidence.entries.models import (
    EarlierVersion,
    EvidenceRecord,
    LookForMark,
    Note,
    Reply,
)

__all__ = ["Attachment", "EarlierVersion", "EvidenceRecord", "LookForMark", "Note", "Reply"]
