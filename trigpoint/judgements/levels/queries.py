"""Judgements as a review's team, an academy and the trust need them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from trigpoint.instruments.models import ActivityKind
from trigpoint.judgements.claims.models import Citation, Claim
from trigpoint.judgements.levels.models import Judgement, JudgementQuerySet
from trigpoint.policies.models import Area, Level, Standard
from trigpoint.reviews.models import Review
from trigpoint.web.marks import ORDER

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Place:
    """A standard, or a whole area, in one review: its claims and what was judged."""

    area: Area
    standard: Standard | None
    agreed: int
    waiting: int
    judgement: Judgement | None

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"standard:{self.standard.pk}" if self.standard else f"area:{self.area.pk}"

    @property
    def name(self) -> str:
        """What to call it."""
        return str(self.standard) if self.standard else f"{self.area.name} as a whole"


@dataclass(frozen=True, slots=True)
class Sampled:
    """How many supporting records of one kind there are, of how many the policy wants."""

    kind: str
    label: str
    got: int
    wanted: int


def find(*, viewer: "User") -> JudgementQuerySet:
    """Return judgements with everything their page says."""
    return Judgement.objects.visible_to(viewer).select_related(
        "review__policy_version", "academy", "area", "standard", "level", "made_by"
    )


def places(*, viewer: "User", review: Review) -> list[Place]:
    """Return what can be judged in a review: each area with a claim, and its standards."""
    claims = list(
        Claim.objects.visible_to(viewer)
        .filter(review=review)
        .exclude(status=Claim.Status.WITHDRAWN)
        .select_related("standard__area__scale")
    )
    made = {
        (it.area_id, it.standard_id): it
        for it in Judgement.objects.visible_to(viewer)
        .filter(review=review)
        .select_related("level", "area__scale", "standard")
    }
    standards = {claim.standard for claim in claims}
    standards |= {it.standard for it in made.values() if it.standard}
    areas = {standard.area for standard in standards} | {it.area for it in made.values()}
    found = []
    for area in sorted(areas, key=lambda area: (area.position, area.code)):
        mine = [claim for claim in claims if claim.standard.area_id == area.pk]
        found.append(_place(area, None, mine, made.get((area.pk, None))))
        within = [standard for standard in standards if standard.area_id == area.pk]
        for standard in sorted(within, key=lambda it: (it.position, it.code)):
            about = [claim for claim in mine if claim.standard_id == standard.pk]
            found.append(_place(area, standard, about, made.get((area.pk, standard.pk))))
    return found


def _place(
    area: Area, standard: Standard | None, claims: list[Claim], judgement: Judgement | None
) -> Place:
    agreed = sum(claim.status == Claim.Status.AGREED for claim in claims)
    return Place(area, standard, agreed, len(claims) - agreed, judgement)


def behind(*, viewer: "User", judgement: Judgement) -> QuerySet[Claim]:
    """Return the agreed claims a judgement rests on, as far as the viewer may read claims."""
    against = Q(citations__stance=Citation.Stance.CONTRADICTS)
    found = Claim.objects.visible_to(viewer).filter(
        review=judgement.review_id,
        status=Claim.Status.AGREED,
        standard__area=judgement.area_id,
    )
    if judgement.standard_id:
        found = found.filter(standard=judgement.standard_id)
    return (
        found.select_related("level", "standard")
        .annotate(
            support_count=Count("citations", filter=Q(citations__stance="SUPPORTS")),
            against_count=Count("citations", filter=against),
        )
        .order_by("number", "id")
    )


def answers(*, viewer: "User", claims: Iterable[Claim]) -> QuerySet[Citation]:
    """Return the contradictions of some claims with their answers, as far as the viewer may read."""
    return (
        Citation.objects.visible_to(viewer)
        .filter(claim__in=[claim.pk for claim in claims], stance=Citation.Stance.CONTRADICTS)
        .select_related("record", "claim")
        .order_by("claim__number", "record__number", "id")
    )


def history(*, viewer: "User", judgement: Judgement) -> list[Judgement]:
    """Return what stands or stood in the same place, in any policy version, the latest first.

    ``version`` is the number of the policy version it was given under.
    """
    return list(
        _same_place(Judgement.objects.visible_to(viewer).standing(), judgement)
        .select_related("level__scale", "review", "area", "standard")
        .annotate(version=F("area__version__number"))
        .order_by("-made_on", "-created_at", "id")
    )


def earlier(*, viewer: "User", review: Review, place: Place) -> Judgement | None:
    """Return what the school last judged of a place, for its next self-review to start from.

    ``now_level`` is the level that its area has in the review’s own policy with the same colour on
    the same scale, or None.
    """
    if review.kind != Review.Kind.SELF:
        return None
    found = Judgement.objects.visible_to(viewer).standing()
    found = found.filter(academy=review.academy_id, perspective=Judgement.Perspective.SELF)
    found = found.filter(area__lineage=place.area.lineage).exclude(review=review)
    if place.standard:
        found = found.filter(standard__lineage=place.standard.lineage)
    else:
        found = found.filter(standard__isnull=True)
    same = Level.objects.filter(
        scale=place.area.scale_id,
        scale__code=OuterRef("level__scale__code"),
        tone=OuterRef("level__tone"),
    )
    return (
        found.annotate(now_level=Subquery(same.values("pk")[:1]))
        .order_by("-made_on", "-id")
        .first()
    )


def latest_by_academy(*, viewer: "User", standard: Standard) -> QuerySet[Judgement]:
    """Return the latest standing judgement of a standard at each academy the viewer may see.

    As on the overviews it is what others judged; a school's own judgement is not mixed in.
    """
    of_it = Judgement.objects.standing().filter(standard__lineage=standard.lineage).by_others()
    newer = of_it.filter(academy=OuterRef("academy")).filter(
        Q(made_on__gt=OuterRef("made_on"))
        | Q(made_on=OuterRef("made_on"), created_at__gt=OuterRef("created_at"))
    )
    return (
        Judgement.objects.visible_to(viewer)
        .standing()
        .by_others()
        .filter(standard__lineage=standard.lineage)
        .filter(~Exists(newer))
        .select_related("academy", "level")
        .order_by(_worst_first(), "academy__name", "id")
    )


def _worst_first() -> Case:
    """Order levels of any scales, the worst colour first and what is judged in words last."""
    places = [When(level__tone=it, then=Value(at)) for at, it in enumerate(reversed(ORDER))]
    return Case(*places, default=Value(len(ORDER)))


def register(*, viewer: "User") -> QuerySet[Judgement]:
    """Return judgements that stand and that the viewer may see, the latest first."""
    return find(viewer=viewer).standing().order_by("-made_on", "-created_at", "id")


def sampled(*, viewer: "User", judgement: Judgement) -> list[Sampled]:
    """Return supporting records by kind of source beside what the policy's sample asks for.

    Counts only, so that every reader of the judgement may have them; ``viewer`` reads none of it.
    """
    wanted = _expected(viewer, judgement)
    got: dict[str, int] = judgement.strength_facts.get("by_kind", {})
    sample: dict[str, Any] = judgement.review.policy_version.settings.get("sample", {})
    return [
        Sampled(kind, ActivityKind(kind).label, got.get(kind, 0), int(sample.get(kind, 1)))
        for kind in ActivityKind.values
        if kind in wanted or kind in got
    ]


def _expected(viewer: "User", judgement: Judgement) -> set[str]:
    if judgement.standard:
        return set(judgement.standard.expected_kinds)
    standards = Standard.objects.visible_to(viewer).filter(area=judgement.area_id)
    return {kind for kinds in standards.values_list("expected_kinds", flat=True) for kind in kinds}


def _same_place(found: QuerySet[Judgement], judgement: Judgement) -> QuerySet[Judgement]:
    found = found.filter(academy=judgement.academy_id, area__lineage=judgement.area.lineage)
    if judgement.standard is None:
        return found.filter(standard__isnull=True)
    return found.filter(standard__lineage=judgement.standard.lineage)
