"""Django looks for models here; each thing keeps its own beside its rules."""

from trigpoint.evidence.attachments.models import Attachment
from trigpoint.evidence.entries.models import (
    DiscardedDraft,
    EarlierVersion,
    EvidenceRecord,
    LookForMark,
    Note,
    Reply,
)
from trigpoint.evidence.surveys.models import Survey, SurveyReply

__all__ = [
    "Attachment",
    "DiscardedDraft",
    "EarlierVersion",
    "EvidenceRecord",
    "LookForMark",
    "Note",
    "Reply",
    "Survey",
    "SurveyReply",
]
