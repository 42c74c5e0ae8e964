"""Reading standards: one with everything that belongs to it, and through the versions."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import Case, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When

from trigpoint.policies.standards import rules
from trigpoint.policies.standards.models import (
    Area,
    Crosswalk,
    Descriptor,
    Level,
    LookFor,
    Standard,
)
from trigpoint.policies.versions.models import PolicyVersion, Responsibility
from trigpoint.policies.versions.rules import HELD

if TYPE_CHECKING:
    from trigpoint.people.models import User

IN_FORCE = PolicyVersion.Status.IN_FORCE
AREA, STANDARD = "area", "standard"


class _Changed(NamedTuple):
    """An area or a standard whose trend breaks in a version; ``scale`` and the like are codes."""

    kind: str
    lineage: str
    number: int  # of the version
    meaning: str
    scale: str
    scale_name: str
    scale_before: str | None


@dataclass(frozen=True, slots=True)
class Track:
    """One standard in full, and the same standard in every adopted version, newest first."""

    this: Standard
    versions: list[Standard]
    previous: Standard | None


def in_full(*, viewer: "User") -> QuerySet[Standard]:
    """Return standards with area, version, look-fors and descriptors (level included) loaded."""
    return (
        Standard.objects.visible_to(viewer)
        .select_related("area__scale", "version__policy")
        .prefetch_related(
            Prefetch("look_fors", LookFor.objects.order_by("position", "id")),
            Prefetch(
                "descriptors", Descriptor.objects.select_related("level").order_by("level__rank")
            ),
        )
        .order_by("area__position", "position", "id")
    )


def in_force(*, viewer: "User") -> QuerySet[Standard]:
    """Return the standards of the version in force, in full."""
    return in_full(viewer=viewer).filter(version__status=IN_FORCE)


def track(standard_id: UUID, *, viewer: "User") -> Track | None:
    """Follow a standard's lineage through the versions of the policy, in three queries.

    None when the viewer may not see a standard with this id.
    """
    lineage = Standard.objects.visible_to(viewer).filter(pk=standard_id).values("lineage")
    adopted = Q(version__status__in=HELD)
    versions = list(
        in_full(viewer=viewer)
        .filter(adopted | Q(pk=standard_id), lineage=Subquery(lineage))
        .order_by("-version__number", "id")
    )
    this = next((it for it in versions if it.pk == standard_id), None)
    if this is None:
        return None
    earlier = [it for it in versions if it.version.number < this.version.number]
    return Track(this, versions, earlier[0] if earlier else None)


def breaks(*, viewer: "User") -> rules.Breaks:
    """Return where trends of areas break in the versions that are or were in force: one query."""
    found = _changed(Area.objects.visible_to(viewer), AREA)
    return rules.Breaks(_meanings(map(_Changed._make, found)), {})


def areas_and_breaks(*, viewer: "User") -> tuple[list[Area], rules.Breaks]:
    """Return the areas in force, in order, and where trends of areas break, in one query together.

    The areas have their version and scale loaded.
    """
    in_force = Q(version__status=IN_FORCE)
    rows = list(
        _with_scale_before(Area.objects.visible_to(viewer), "")
        .filter(in_force | Q(version__status=PolicyVersion.Status.SUPERSEDED) & BREAKS)
        .select_related("version", "scale")
        .order_by("version__number", "position", "id")
    )
    changed = [
        _Changed(
            AREA, it.lineage, it.version.number, it.meaning_changed,
            it.scale.code, it.scale.name, it.scale_before,
        )
        for it in rows
    ]  # fmt: skip
    areas = [it for it in rows if it.version.status == IN_FORCE]
    return areas, rules.Breaks(_meanings(changed), {})


def breaks_in_full(*, viewer: "User") -> rules.Breaks:
    """Return where trends of areas and of standards break, in one query."""
    areas = _changed(Area.objects.visible_to(viewer), AREA)
    standards = _changed(Standard.objects.visible_to(viewer), STANDARD, "area__")
    found = [_Changed._make(row) for row in areas.union(standards, all=True)]
    return rules.Breaks(
        _meanings(it for it in found if it.kind == AREA),
        _meanings(it for it in found if it.kind == STANDARD),
    )


def _with_scale_before(rows: "QuerySet[Any]", path: str) -> "QuerySet[Any]":
    """Give each row the code of the scale that the version before judged the same thing on.

    ``path`` leads from the row to the scale. The same thing is the one of its lineage, wherever it
    stood then: a standard may have moved to another area.
    """
    before = rows.model._default_manager.filter(  # noqa: SLF001 -- Area or Standard, as the rows are
        version__policy=OuterRef("version__policy"),
        version__number__lt=OuterRef("version__number"),
        version__status=PolicyVersion.Status.SUPERSEDED,
        lineage=OuterRef("lineage"),
    ).order_by("-version__number")
    with_scale: QuerySet[Any] = rows.alias(scale_now=F(f"{path}scale__code")).annotate(
        scale_before=Subquery(before.values(f"{path}scale__code")[:1])
    )
    return with_scale


BREAKS = ~Q(meaning_changed="") | (
    Q(scale_before__isnull=False) & ~Q(scale_now=F("scale_before"))
)  # the bar moved, or what it is measured by did


def _changed(
    rows: "QuerySet[Area] | QuerySet[Standard]", kind: str, path: str = ""
) -> "QuerySet[Any, tuple[Any, ...]]":
    """Return what changed in meaning, with the values of ``_Changed``; ``path`` leads to the area."""
    return (
        _with_scale_before(rows, path)
        .filter(BREAKS, version__status__in=HELD)
        .order_by()
        .values_list(
            Value(kind),
            "lineage",
            "version__number",
            "meaning_changed",
            f"{path}scale__code",
            f"{path}scale__name",
            "scale_before",
        )
    )


def _meanings(changed: Iterable[_Changed]) -> dict[str, rules.Meanings]:
    found: dict[str, rules.Meanings] = {}
    for it in sorted(changed, key=attrgetter("number")):
        if words := rules.what_changed(it.meaning, it.scale, it.scale_name, it.scale_before):
            found[it.lineage] = (*found.get(it.lineage, ()), (it.number, words))
    return found


def crosswalk(standard: Standard, *, viewer: "User") -> QuerySet[Crosswalk]:
    """Return what the standard, and the area around it, correspond to elsewhere."""
    return (
        Crosswalk.objects.visible_to(viewer)
        .filter(Q(standard=standard) | Q(area=standard.area_id, standard=None))
        .order_by(F("standard").asc(nulls_last=True), "framework", "item", "id")
    )


def answering(standard: Standard, *, viewer: "User") -> QuerySet[Responsibility]:
    """Return who answers for the standard or for its area, by role: who monitors first."""
    parts = [When(part=part, then=place) for place, part in enumerate(Responsibility.Part.values)]
    return (
        Responsibility.objects.visible_to(viewer)
        .filter(Q(standard=None) | Q(standard=standard), area=standard.area_id)
        .order_by(Case(*parts), "role_name", "id")
    )


def levels(area: Area, *, viewer: "User") -> QuerySet[Level]:
    """Return the levels an area is judged by, best first; none where it is judged in words."""
    found = Level.objects.visible_to(viewer).filter(scale=area.scale_id)
    return found.exclude(tone=Level.Tone.WORDS).order_by("rank", "id")


def system_only_words(area: Area) -> Level | None:
    """Return what stands for a level where an area is judged in words; None where it has levels."""
    return Level.objects.filter(scale=area.scale_id, tone=Level.Tone.WORDS).first()


def system_told(standard: Standard) -> dict[str, str]:
    """Return everything a standard says as named texts, the names its form gives them."""
    texts = {
        "code": standard.code,
        "title": standard.title,
        "statement": standard.statement,
        "expected_kinds": " ".join(sorted(standard.expected_kinds)),
        "meaning_changed": standard.meaning_changed,
    }
    levels = standard.descriptors.select_related("level").order_by("level__rank")
    texts |= {f"level-{it.level.letter}": it.text for it in levels}
    look_fors = standard.look_fors.order_by("position", "id")
    return texts | {f"look_for-{it.lineage}": it.text for it in look_fors}
