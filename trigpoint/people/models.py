"""Django looks for models here; each thing keeps its own beside its rules."""

from trigpoint.people.accounts.models import User
from trigpoint.people.feeds.models import Feed
from trigpoint.people.grants.models import Grant
from trigpoint.people.notices.models import Letter, Notice, Preference
from trigpoint.people.staff.models import Person, Post
from trigpoint.people.staff_lists.models import StaffImport

__all__ = [
    "Feed",
    "Grant",
    "Letter",
    "Notice",
    "Person",
    "Post",
    "Preference",
    "StaffImport",
    "User",
]
