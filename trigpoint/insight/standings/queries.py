"""Reading the rollup, and finding the judgements one cell stands on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, QuerySet

from trigpoint.insight.standings.models import Standing
from trigpoint.judgements.levels.models import JudgementQuerySet
from trigpoint.judgements.models import Judgement

if TYPE_CHECKING:
    from trigpoint.people.models import User

SELF = Judgement.Perspective.SELF


@dataclass(frozen=True, slots=True)
class Footing:
    """The judgements one cell stands on; each is None when there is none."""

    latest: Judgement | None = None
    previous: Judgement | None = None
    own: Judgement | None = None


def grid(*, viewer: "User") -> QuerySet[Standing]:
    """Return the cells the viewer may see, each with its level and the one before.

    ``latest_version``, ``previous_version`` and ``self_version`` are the numbers of the policy
    versions these, and the school's own, were given under.
    """
    return (
        Standing.objects.visible_to(viewer)
        .select_related("latest__level__scale", "previous__level", "self_judgement__level__scale")
        .annotate(
            latest_version=F("latest__area__version__number"),
            previous_version=F("previous__area__version__number"),
            self_version=F("self_judgement__area__version__number"),
        )
        .order_by("academy_id", "area_lineage")
    )


def system_footing(*, academy_id: UUID, area: str) -> Footing:
    """Find what a cell stands on, in at most three queries; what is provisional counts nowhere.

    A judgement of the whole area counts. Until there is one, the lowest of the latest review's
    judgements of single standards stands in for it: one weak standard is never averaged away.
    """
    about = Judgement.objects.standing().filter(academy_id=academy_id, area__lineage=area)
    whole = about.filter(standard=None).order_by("-made_on", "-created_at", "-id")
    own = whole.filter(perspective=SELF).first()
    others = list(whole.by_others()[:2])
    if not others:
        return Footing(_lowest_standard(about), None, own)
    return Footing(others[0], others[1] if len(others) > 1 else None, own)


def _lowest_standard(about: JudgementQuerySet) -> Judgement | None:
    parts = list(
        about.exclude(standard=None)
        .by_others()
        .select_related("level")
        .order_by("-made_on", "-created_at", "-id")[:40]
    )
    latest = [part for part in parts if part.review_id == parts[0].review_id]
    return max(latest, key=lambda part: part.level.rank, default=None)
