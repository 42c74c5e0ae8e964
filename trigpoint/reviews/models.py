"""Django looks for models here; each thing keeps its own beside its rules."""

from trigpoint.reviews.activities.models import Activity
from trigpoint.reviews.documents.models import ReviewDocument
from trigpoint.reviews.reviews.models import Deadline, LineOfEnquiry, Review, ReviewTeamMember
from trigpoint.reviews.samples.models import Sample

__all__ = [
    "Activity",
    "Deadline",
    "LineOfEnquiry",
    "Review",
    "ReviewDocument",
    "ReviewTeamMember",
    "Sample",
]
