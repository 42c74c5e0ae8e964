"""Django looks for models here; each thing keeps its own beside its rules."""

from trigpoint.reviews.activities.models import Activity
from trigpoint.reviews.conflicts.models import ConflictOfInterest
from trigpoint.reviews.documents.models import ReviewDocument
from trigpoint.reviews.programme.models import Programme, ProgrammeSlot
from trigpoint.reviews.reviewers.models import ReviewerProfile
from trigpoint.reviews.reviews.models import Deadline, LineOfEnquiry, Review, ReviewTeamMember
from trigpoint.reviews.samples.models import Sample

__all__ = [
    "Activity",
    "ConflictOfInterest",
    "Deadline",
    "LineOfEnquiry",
    "Programme",
    "ProgrammeSlot",
    "Review",
    "ReviewDocument",
    "ReviewTeamMember",
    "ReviewerProfile",
    "Sample",
]
