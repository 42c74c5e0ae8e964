"""Which parts of the trust somebody sees on its set-up pages."""

from typing import TYPE_CHECKING

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    PositiveSmallIntegerField,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from trigpoint.trusts.structure.models import Academy, Body, Cluster, Team, TierChange

if TYPE_CHECKING:
    from datetime import date

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


def system_with_tier_on(academies: QuerySet[Academy], on: "date") -> QuerySet[Academy]:
    """Add ``tier_then``, the tier each academy was in on a day.

    Until a body first decided, an academy is in the tier that every academy starts in; one whose
    tier nobody decided is in the one it has.
    """
    decided = TierChange.objects.filter(academy=OuterRef("pk"))
    by_then = decided.filter(decided_on__lte=on).order_by("-decided_on", "-created_at", "-id")
    before = Case(
        When(Exists(decided), then=Value(Academy.Tier.SECURE.value, PositiveSmallIntegerField())),
        default=F("tier"),
    )
    return academies.annotate(tier_then=Coalesce(Subquery(by_then.values("tier")[:1]), before))
