"""What the numbers that protect people were before."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from trigpoint.records.models import HistoryEntry
from trigpoint.trusts.privacy.rules import VERB
from trigpoint.trusts.structure.models import Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User

SHOWN = 20


def changes(*, viewer: "User") -> QuerySet[HistoryEntry]:
    """Return the latest changes of the viewer's own trust, the latest first."""
    return HistoryEntry.objects.filter(
        subject_type=Trust._meta.label_lower, subject_id=viewer.trust_id, verb=VERB
    ).order_by("-created_at", "-id")[:SHOWN]
