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
    SpentNumber,
)
from trigpoint.evidence.imports.models import ColumnMemory, EvidenceImport, ImportedRow
from trigpoint.evidence.search.models import RecordWords
from trigpoint.evidence.surveys.models import Survey, SurveyReply
from trigpoint.evidence.tags.models import RecordTag, Tag
from trigpoint.evidence.uploads.models import UploadPart

__all__ = [
    "Attachment",
    "ColumnMemory",
    "DiscardedDraft",
    "DraftSecret",
    "EarlierVersion",
    "EvidenceImport",
    "EvidenceRecord",
    "ImportedRow",
    "LookForMark",
    "Note",
    "RecordTag",
    "RecordWords",
    "Reply",
    "SpentNumber",
    "Survey",
    "SurveyReply",
    "Tag",
    "UploadPart",
]
