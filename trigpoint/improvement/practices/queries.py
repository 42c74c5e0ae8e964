"""Lists of good practice."""

from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, QuerySet

from trigpoint.improvement.practices.models import GoodPractice
from trigpoint.judgements.models import Finding, Theme
from trigpoint.records.searching import words_of

if TYPE_CHECKING:
    from trigpoint.people.models import User


def register(
    *,
    viewer: "User",
    words: str = "",
    area: str = "",
    standing: str = "",
    theme: Theme | None = None,
) -> QuerySet[GoodPractice]:
    """Return good practice the viewer may see, confirmed first, newest first.

    Args:
        viewer: who is looking.
        words: every word must stand in the title or the text.
        area: the lineage of one area only.
        theme: one theme only.
        standing: ``waiting`` for what nobody has confirmed, ``confirmed`` for the rest.

    """
    found = GoodPractice.objects.visible_to(viewer).select_related(
        "academy", "theme", "finding__area", "finding__claim"
    )
    for word in words_of(words):
        found = found.filter(Q(title__icontains=word) | Q(what_they_do__icontains=word))
    if area:
        found = found.filter(finding__area__lineage=area)
    if theme:
        found = found.filter(theme=theme)
    if standing == "waiting":
        found = found.filter(status=GoodPractice.Status.NOMINATED)
    elif standing == "confirmed":
        found = found.exclude(status=GoodPractice.Status.NOMINATED)
    return found.order_by(F("confirmed_on").desc(nulls_last=True), "-nominated_on", "id")


def counts(*, viewer: "User") -> dict[str, int]:
    """Return how many are confirmed and how many are waiting."""
    waiting = Q(status=GoodPractice.Status.NOMINATED)
    return GoodPractice.objects.visible_to(viewer).aggregate(
        confirmed=Count("id", filter=~waiting), waiting=Count("id", filter=waiting)
    )


def system_nominated_as(finding: Finding) -> str:
    """Return the title of the practice a finding was nominated as; empty when it was not."""
    return (
        GoodPractice.objects.filter(finding=finding).values_list("title", flat=True).first() or ""
    )
