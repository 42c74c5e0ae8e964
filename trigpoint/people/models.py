"""Django looks for models here; each thing keeps its own beside its rules."""

from trigpoint.people.accounts.models import User
from trigpoint.people.grants.models import Grant
from trigpoint.people.staff.models import Person, Post
from trigpoint.people.staff_lists.models import StaffImport

__all__ = ["Grant", "Person", "Post", "StaffImport", "User"]
