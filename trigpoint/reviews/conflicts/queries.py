"""What was declared, and the academies there are to declare it of."""

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from trigpoint.people.models import Person
from trigpoint.reviews.conflicts.models import ConflictOfInterest
from trigpoint.trusts.models import Academy

if TYPE_CHECKING:
    from trigpoint.people.models import User


def academies(*, viewer: "User") -> QuerySet[Academy]:
    """Return every open academy of one's trust: one says where not to go, and sees no more of it."""
    return Academy.objects.filter(trust_id=viewer.trust_id, closed_on=None).order_by("name", "id")


def of(person: Person, *, viewer: "User") -> QuerySet[ConflictOfInterest]:
    """Return what was declared of somebody, what still counts first."""
    return (
        ConflictOfInterest.objects.visible_to(viewer)
        .filter(person=person)
        .select_related("academy")
        .order_by("-ended_on", "academy__name", "id")
    )
