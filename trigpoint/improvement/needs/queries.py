"""Needs added up, and one person's own."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from trigpoint.improvement.needs import rules
from trigpoint.improvement.needs.models import DevelopmentNeed
from trigpoint.people.models import Post

if TYPE_CHECKING:
    from trigpoint.people.models import User

OPEN = Q(status=DevelopmentNeed.Status.OPEN)


@dataclass(frozen=True, slots=True)
class NeedsTable:
    """People by theme and staff group, as they may be shown. Widest themes first."""

    groups: tuple[str, ...]
    rows: tuple[rules.ThemeTotals, ...]


def totals(*, viewer: "User", shared: int = 0) -> NeedsTable:
    """Add up open needs of people in the viewer's reach, in two queries.

    ``shared`` keeps the themes that are shown to be in at least so many academies.

    There is no narrower view than the reach itself: two totals whose difference is one small
    group would give it away.
    """
    people = DevelopmentNeed.objects.counted_for(viewer).filter(OPEN, person__isnull=False)
    counts: dict[tuple[UUID, str], dict[str, int]] = {}
    for theme_id, theme, group, count in (
        people.values_list("theme", "theme__name", "group")
        .annotate(count=Count("person", distinct=True))
        .order_by("theme__name", "group")
    ):
        counts.setdefault((theme_id, theme), {})[group] = count
    academies = dict(
        people.values_list("theme")
        .annotate(count=Count("academy", distinct=True))
        .order_by("theme")
    )
    groups = tuple(
        value for value in Post.Category.values if any(value in row for row in counts.values())
    )
    rows = [
        rules.theme_totals(
            theme,
            row,
            groups=groups,
            below=viewer.person.trust.suppress_below,
            academy_count=academies[theme_id],
            theme_id=theme_id,
        )
        for (theme_id, theme), row in counts.items()
    ]
    rows = [row for row in rows if row.academy_count >= shared]
    rows.sort(key=lambda row: (-row.academy_count, -row.at_least, row.theme))
    return NeedsTable(tuple(Post.Category(group).label for group in groups), tuple(rows))


def own(*, viewer: "User") -> QuerySet[DevelopmentNeed]:
    """Return the viewer's own open needs, newest first."""
    return (
        DevelopmentNeed.objects.visible_to(viewer)
        .filter(OPEN)
        .select_related("theme", "finding")
        .order_by("-raised_on", "id")
    )
