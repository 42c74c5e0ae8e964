"""Django looks for models here; each thing keeps its own beside its rules."""

from trigpoint.reviews.activities.models import Activity
from trigpoint.reviews.reviews.models import Deadline, LineOfEnquiry, Review, ReviewTeamMember

__all__ = ["Activity", "Deadline", "LineOfEnquiry", "Review", "ReviewTeamMember"]
