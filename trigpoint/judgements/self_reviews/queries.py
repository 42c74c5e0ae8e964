"""An academy’s own levels beside the trust’s, and what a self-review still waits for."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from trigpoint.judgements.claims.models import Citation, Claim
from trigpoint.judgements.levels.models import Judgement, JudgementQuerySet
from trigpoint.judgements.self_reviews import rules
from trigpoint.judgements.self_reviews.rules import Line
from trigpoint.people.roles import Capability
from trigpoint.policies.cadence import queries as cadences
from trigpoint.policies.cadence import rules as cadence
from trigpoint.policies.models import Area, PolicyVersion, Standard
from trigpoint.policies.rhythms.rules import rhythm
from trigpoint.policies.standards.queries import breaks_in_full
from trigpoint.policies.standards.rules import Breaks
from trigpoint.reviews.coverage.rules import Column, Ground
from trigpoint.reviews.models import Review
from trigpoint.reviews.self_reviews.queries import system_looked
from trigpoint.trusts.calendars import queries as calendars
from trigpoint.trusts.models import Academy

if TYPE_CHECKING:
    from trigpoint.people.models import User

SELF = Judgement.Perspective.SELF
COLUMN = Column(cadence.SELF, "Self-review", "Self-review")


def academies(*, viewer: "User") -> QuerySet[Academy]:
    """Return the academies whose own view of themselves one sees. Agrees with ``rules.may_view``."""
    seen = viewer.access.where(Capability.JUDGEMENT_VIEW, academy="id")
    return Academy.objects.visible_to(viewer).filter(seen)


def lines(
    *,
    viewer: "User",
    academy: Academy,
    version: PolicyVersion,
    running: Review | None,
    stale: date,
) -> list[Line]:
    """Return every area and standard of a version with the levels the viewer may see.

    Args:
        viewer: who is looking.
        academy: which academy.
        version: the one in force.
        running: its open self-review.
        stale: the day before which a level is older than a term.

    """
    found = _latest(viewer, academy, running)
    moved = any(it.version != version.number for it in found)  # type: ignore[attr-defined]  # annotated
    broken = breaks_in_full(viewer=viewer) if moved else Breaks({}, {})
    by_place: defaultdict[tuple[str, str], list[Judgement]] = defaultdict(list)
    for judgement in found:
        by_place[judgement.area.lineage, judgement.place].append(judgement)  # type: ignore[attr-defined]  # annotated
    standards = groupby(_standards(viewer, version, running), key=lambda it: it.area)
    told: list[Line] = []
    for area, group in standards:
        there = list(group)
        for standard in (None, *there):
            about = [standard] if standard else there
            told.append(
                rules.line(
                    area,
                    standard,
                    by_place[area.lineage, standard.lineage if standard else ""],
                    number=version.number,
                    broken=broken,
                    stale=stale,
                    is_open=any(it.is_open for it in about),  # type: ignore[attr-defined]  # annotated
                    is_ready=any(it.is_ready for it in about),  # type: ignore[attr-defined]  # annotated
                )
            )
    return told


def _standards(
    viewer: "User", version: PolicyVersion, running: Review | None
) -> QuerySet[Standard]:
    """Return a version’s standards in its order.

    Each says whether the open self-review looks at it, and whether a claim about it is agreed there.
    """
    areas = Area.objects.filter(pk=OuterRef("area"), reviews=running)
    agreed = Claim.objects.filter(
        review=running, status=Claim.Status.AGREED, standard=OuterRef("pk")
    )
    return (
        Standard.objects.visible_to(viewer)
        .filter(version=version)
        .select_related("area")
        .annotate(is_open=Exists(areas), is_ready=Exists(agreed))
        .order_by("area__position", "area__code", "position", "code")
    )


def _latest(viewer: "User", academy: Academy, running: Review | None) -> list[Judgement]:
    """Return, in one query, the latest of each view of each place, and what is judged just now."""
    newer = (
        _placed(Judgement.objects.standing())
        .filter(
            academy=OuterRef("academy"),
            area__lineage=OuterRef("area__lineage"),
            place=OuterRef("place"),  # type: ignore[misc]  # annotated
        )
        .filter(
            Q(made_on__gt=OuterRef("made_on"))
            | Q(made_on=OuterRef("made_on"), created_at__gt=OuterRef("created_at"))
        )
    )
    own = Q(perspective=SELF) & ~Exists(newer.filter(perspective=SELF))
    others = ~Q(perspective=SELF) & ~Exists(newer.by_others())
    now = Q(review=running, stands_from__isnull=True, perspective=SELF)
    return list(
        _placed(Judgement.objects.visible_to(viewer))
        .filter(Q(stands_from__isnull=False) & (own | others) | now, academy=academy)
        .select_related("level", "area", "standard", "review")
        .annotate(version=F("area__version__number"))
        .order_by("made_on", "id")
    )


def _placed(found: JudgementQuerySet) -> JudgementQuerySet:
    return found.annotate(place=Coalesce("standard__lineage", Value("")))


def system_ground(
    academy: Academy, version: PolicyVersion, self_reviews: Sequence[Review]
) -> Ground:
    """Return what the self-reviews of an academy are measured by: its promises, terms, last look."""
    promised = cadence.promises(cadences.system_standing_rules(version), tier=academy.tier)
    looked = system_looked(list(self_reviews))
    return Ground(
        promised=promised,
        since=academy.joined_on or date.min,
        by=rhythm(calendars.system_calendar(academy.pk), version.settings),
        looks={(cadence.SELF, None): looked.fieldwork_ends_on} if looked else {},
    )


def system_last_day(academy: Academy, *, on: date) -> date | None:
    """Return the last day of the academy’s term, to finish a self-review by; None out of term."""
    terms = calendars.system_calendar(academy.pk).terms
    return next((term.ends_on for term in terms if on in term), None)


def system_waiting(review: Review) -> list[str]:
    """Return the references of a review’s open claims that something unanswered contradicts."""
    against = Citation.objects.filter(
        claim=OuterRef("pk"), stance=Citation.Stance.CONTRADICTS, answer_kind=""
    )
    open_claims = Claim.objects.filter(review=review, status=Claim.Status.OPEN)
    return [it.reference for it in open_claims.filter(Exists(against)).order_by("number", "id")]


def system_is_judged(review: Review) -> bool:
    """Say whether at least one level was given in a review."""
    return Judgement.objects.filter(review=review).exists()
