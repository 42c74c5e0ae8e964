"""Which parts of the trust somebody sees on its set-up pages."""

from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, QuerySet, Subquery

from trigpoint.trusts.structure.models import Academy, Body, Cluster, Team, TierChange

if TYPE_CHECKING:
    from trigpoint.people.models import User


def academies(*, viewer: "User") -> QuerySet[Academy]:
    """Academies by name, those that closed last, with the day their tier was decided."""
    decided = TierChange.objects.filter(academy=OuterRef("pk")).order_by(
        "-decided_on", "-created_at"
    )
    return (
        Academy.objects.visible_to(viewer)
        .select_related("cluster")
        .annotate(tier_since=Subquery(decided.values("decided_on")[:1]))
        .order_by("closed_on", "name", "id")
    )


def teams(*, viewer: "User") -> QuerySet[Team]:
    """Teams by academy and name; trust networks first."""
    return (
        Team.objects.visible_to(viewer)
        .select_related("academy")
        .order_by("academy__name", "name", "id")
    )


def bodies(*, viewer: "User") -> QuerySet[Body]:
    """Boards, committees and local governing bodies, by kind and name."""
    return Body.objects.visible_to(viewer).select_related("academy").order_by("kind", "name", "id")


def clusters(*, viewer: "User") -> QuerySet[Cluster]:
    """Clusters with the number of their academies."""
    return (
        Cluster.objects.visible_to(viewer)
        .annotate(academy_count=Count("academy"))
        .order_by("name", "id")
    )


def tier_history(*, viewer: "User", academy: Academy) -> QuerySet[TierChange]:
    """Every tier an academy was given, newest first."""
    return (
        TierChange.objects.visible_to(viewer)
        .filter(academy=academy)
        .select_related("body")
        .order_by("-decided_on", "-created_at", "id")
    )
