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
from trigpoint.evidence.imports.models import ColumnMemory, EvidenceImport, ImportedRow
from trigpoint.evidence.search.models import RecordWords
from trigpoint.evidence.tags.models import RecordTag, Tag

__all__ = [
    "Attachment",
    "ColumnMemory",
    "DiscardedDraft",
    "EarlierVersion",
    "EvidenceImport",
    "EvidenceRecord",
    "ImportedRow",
    "LookForMark",
    "Note",
    "RecordTag",
    "RecordWords",
    "Reply",
    "Tag",
]
