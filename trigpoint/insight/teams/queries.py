"""One team across all sources. Provision is counted, people are not."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from trigpoint.evidence.models import EvidenceRecord, LookForMark
from trigpoint.instruments.models import ActivityKind
from trigpoint.judgements.models import Finding
from trigpoint.people.roles import Capability
from trigpoint.policies.models import LookFor
from trigpoint.policies.versions.rules import HELD
from trigpoint.trusts.models import Team

if TYPE_CHECKING:
    from trigpoint.people.models import User

NEWEST = 8
WIDEST = 8


@dataclass(frozen=True, slots=True)
class SourceCount:
    """Records of one kind about the team, and by how many observers."""

    kind: str
    label: str
    records: int
    observers: int


@dataclass(frozen=True, slots=True)
class LookForCount:
    """How often one look-for was seen in the team, out of how many looks."""

    lineage: str
    text: str
    code: str
    seen: int
    looked: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of a team: sources, look-fors, the newest records and what follows."""

    sources: tuple[SourceCount, ...]
    look_fors: tuple[LookForCount, ...]
    records: QuerySet[EvidenceRecord]
    findings: QuerySet[Finding]


def mine(*, viewer: "User") -> QuerySet[Team]:
    """Return the teams whose overview the viewer may open. Agrees with ``rules.may_view``."""
    return (
        Team.objects.filter(viewer.access.where(Capability.TEAM_OVERVIEW, team="id"))
        .select_related("academy")
        .order_by("academy__name", "name", "id")
    )


def picture(*, viewer: "User", team: Team) -> Picture:
    """Gather what the viewer may read about one team, in four queries.

    Drafts and private records, which only the viewer could see, are no part of the team's picture,
    nor is half a pair, which only the other observer could not.
    """
    records = EvidenceRecord.objects.counted().visible_to(viewer).filter(team=team)
    return Picture(
        sources=_sources(records),
        look_fors=_look_fors(viewer, records),
        records=records.order_by("-observed_at", "-id")[:NEWEST],
        findings=Finding.objects.visible_to(viewer)
        .standing()
        .filter(team=team)
        .exclude(scope=Finding.Scope.INDIVIDUAL)
        .select_related("area")
        .order_by("-raised_on", "id")[:NEWEST],
    )


def _sources(records: QuerySet[EvidenceRecord]) -> tuple[SourceCount, ...]:
    counted = {
        row["kind"]: row
        for row in records.values("kind")
        .annotate(records=Count("id"), observers=Count("author", distinct=True))
        .order_by("kind")
    }
    return tuple(
        SourceCount(
            kind.value, kind.label, counted[kind.value]["records"], counted[kind.value]["observers"]
        )
        if kind.value in counted
        else SourceCount(kind.value, kind.label, 0, 0)
        for kind in ActivityKind
    )


def _look_fors(viewer: "User", records: QuerySet[EvidenceRecord]) -> tuple[LookForCount, ...]:
    """Count a look-for through all its wordings, in the newest, as the list behind it does."""
    worded = LookFor.objects.visible_to(viewer).filter(lineage=OuterRef("look_for__lineage"))
    newest = worded.filter(standard__version__status__in=HELD).order_by("-created_at", "id")
    rows = (
        LookForMark.objects.visible_to(viewer)
        .filter(record__in=records)
        .values(
            lineage=F("look_for__lineage"),
            text=Subquery(newest.values("text")[:1]),
            code=Subquery(newest.values("standard__code")[:1]),
        )
        .annotate(looked=Count("id"), was_seen=Count("id", filter=Q(seen=LookForMark.Seen.SEEN)))
        .order_by("-looked", "lineage")[:WIDEST]
    )
    return tuple(
        LookForCount(row["lineage"], row["text"], row["code"], row["was_seen"], row["looked"])
        for row in rows
    )
