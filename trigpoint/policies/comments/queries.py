"""Reading what people said of a version."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, When

from trigpoint.policies.comments.models import PolicyComment
from trigpoint.policies.versions.models import PolicyVersion

if TYPE_CHECKING:
    from trigpoint.people.models import User

SHOWS = {
    "": "All",
    "waiting": "Waiting for an answer",
    "answered": "Answered",
    "mine": "Mine",
}


def consulted_on(*, viewer: "User") -> QuerySet[PolicyVersion]:
    """Return versions whose comments one reads: those one reads, and any once consulted on."""
    readable = Q(pk__in=PolicyVersion.objects.visible_to(viewer).values("pk"))
    ours = PolicyVersion.objects.filter(viewer.access.anywhere("policies.comment"))
    return ours.filter(readable | Q(consult_until__isnull=False))


def register(version: PolicyVersion, *, viewer: "User", show: str = "") -> QuerySet[PolicyComment]:
    """Return a version's comments: unanswered first, then in the order of the policy.

    Args:
        version: which version.
        viewer: who is looking.
        show: a key of ``SHOWS``; anything else is all.

    """
    waiting_first = Case(When(disposition="", then=0), default=1, output_field=IntegerField())
    return (
        PolicyComment.objects.visible_to(viewer)
        .filter(version=version)
        .filter(_narrowed(show, viewer))
        .select_related("author", "answered_by", "standard", "section", "version__trust")
        .order_by(waiting_first, "standard__area__position", "standard__position", "made_at", "id")
    )


def counts(version: PolicyVersion, *, viewer: "User") -> dict[str, int]:
    """Count a version's comments by what can be shown of them, in one query."""
    return (
        PolicyComment.objects.visible_to(viewer)
        .filter(version=version)
        .aggregate(**{f"n_{show}": Count("pk", filter=_narrowed(show, viewer)) for show in SHOWS})
    )


def _narrowed(show: str, viewer: "User") -> Q:
    found = {
        "waiting": Q(disposition=""),
        "answered": ~Q(disposition=""),
        "mine": Q(author=viewer.person_id),
    }
    return found.get(show, ~Q(pk=UUID(int=0)))
