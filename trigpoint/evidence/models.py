"""Django looks for models here; each thing keeps its own beside its rules."""

from trigpoint.evidence.attachments.models import Attachment
from trigpoint.evidence.devices.models import DraftSecret
from trigpoint.evidence.entries.models import (
    DiscardedDraft,
    EarlierVersion,
    EvidenceRecord,
    LookForMark,
    Note,
    Reply,
)
from trigpoint.evidence.uploads.models import UploadPart

__all__ = [
    "Attachment",
    "DiscardedDraft",
    "DraftSecret",
    "EarlierVersion",
    "EvidenceRecord",
    "LookForMark",
    "Note",
    "Reply",
    "UploadPart",
]
