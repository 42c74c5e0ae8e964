"""The verbs of a draft's scales: add, change, remove, and assign areas to them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max, QuerySet

from trigpoint.policies.scales import rules
from trigpoint.policies.scales.queries import (
    IN_ORDER,
    system_colours_before,
    system_looks,
    system_told,
)
from trigpoint.policies.scales.rules import Looks
from trigpoint.policies.standards.models import Area, Descriptor, Level, Scale
from trigpoint.policies.versions.models import PolicyVersion
from trigpoint.policies.versions.operations import system_lock
from trigpoint.policies.versions.rules import may_edit
from trigpoint.records import history
from trigpoint.records.refusals import Refused
from trigpoint.records.revisions import keep_both

if TYPE_CHECKING:
    from trigpoint.people.models import User

OUT_OF_THE_WAY = 100  # ranks are free while the levels change places


@transaction.atomic
def add(*, version: PolicyVersion, name: str, levels: Sequence[Looks], by: "User") -> Scale:
    """Add a scale to a draft. The same scale sent twice is one.

    Args:
        version: the draft.
        name: of the scale.
        levels: how its levels look, best first.
        by: who says so.

    Raises:
        Refused: it is no draft, the person does not write it, or these levels are no scale.

    """
    version = system_lock(version)
    may_edit(by, version).enforce()
    code = rules.code_of(levels)
    same = version.scales.filter(code=code).first()
    if same and same.name == name and system_looks(same) == list(levels):
        return same
    rules.is_a_scale(name, levels, taken=_names(version.scales.all())).enforce()
    check_colours(version, levels)
    others = version.scales.exclude(code=Scale.WORDS)
    last = others.aggregate(last=Max("position"))["last"] or 0
    scale = Scale.objects.create(
        trust_id=version.trust_id, version=version, code=code, name=name, position=last + 1
    )
    _write(scale, levels)
    history.write(version, "scale added", by=by, scale=_kept(scale))
    return scale


@transaction.atomic
def change(
    *, scale: Scale, name: str, levels: Sequence[Looks], base_revision: str, by: "User"
) -> Scale:
    """Give a draft's scale another name or other levels.

    A level is the same as long as it keeps its colour: what standards say of it stays. What they
    say of a level that goes, goes with it, and the history keeps it.

    Raises:
        Refused: as for ``add``, or the scale is that of words.
        Stale: somebody changed it since ``base_revision``.

    """
    scale = _locked(scale)
    may_edit(by, scale.version).enforce()
    rules.may_change(is_in_words=scale.is_in_words).enforce()
    stored = system_told(scale)
    keep_both(base_revision, stored=stored, wanted=rules.told(name, levels))
    before = _kept(scale)
    others = scale.version.scales.exclude(pk=scale.pk)
    rules.is_a_scale(name, levels, taken=_names(others)).enforce()
    check_colours(scale.version, levels)
    gone = scale.levels.exclude(tone__in=[it["tone"] for it in levels])
    lost = _texts(Descriptor.objects.filter(level__in=gone))
    gone.delete()
    scale.code, scale.name = rules.code_of(levels), name
    scale.save(update_fields=["code", "name"])
    _write(scale, levels)
    history.write(scale.version, "scale changed", by=by, before=before, after=_kept(scale),
                  descriptors=lost)  # fmt: skip
    return scale


@transaction.atomic
def remove(*, scale: Scale, by: "User") -> PolicyVersion:
    """Take a scale that judges nothing out of a draft.

    Raises:
        Refused: it is no draft, the person does not write it, or an area is judged on it.

    """
    scale = _locked(scale)
    may_edit(by, scale.version).enforce()
    rules.may_change(is_in_words=scale.is_in_words).enforce()
    rules.may_go([area.name for area in scale.areas.order_by("position")]).enforce()
    history.write(scale.version, "scale removed", by=by, scale=_kept(scale))
    version = scale.version
    scale.delete()
    return version


class Assigned(NamedTuple):
    """How many areas are judged by something else now, and how many descriptions that cost."""

    areas: int
    descriptions: int


@transaction.atomic
def assign(
    *, version: PolicyVersion, scales: Mapping[UUID, Scale], base_revision: str, by: "User"
) -> Assigned:
    """Say on which scale each area of a draft is judged, or that it is judged in words.

    What standards say of a level stays with the level of the same colour. What they say of a level
    there is no longer goes, and the history keeps it.

    Args:
        version: the draft.
        scales: by the id of an area; an area that is not there stays as it is.
        base_revision: of the ids of the scales that the areas were seen to have.
        by: who says so.

    Raises:
        Refused: it is no draft, or the person does not write it.
        Stale: somebody chose otherwise since ``base_revision``.
        ValueError: a scale is of another version.

    """
    version = system_lock(version)
    may_edit(by, version).enforce()
    if any(scale.version_id != version.pk for scale in scales.values()):
        msg = "An area is judged on a scale of its own version."
        raise ValueError(msg)
    areas = list(version.areas.select_related("scale").filter(pk__in=scales).order_by(*IN_ORDER))
    keep_both(
        base_revision,
        stored={str(it.pk): str(it.scale_id) for it in areas},
        wanted={str(it.pk): str(scales[it.pk].pk) for it in areas},
    )
    moved = [it for it in areas if it.scale_id != scales[it.pk].pk]
    lost = [_judge_on(area, scales[area.pk], by=by) for area in moved]
    return Assigned(len(moved), sum(lost))


def _judge_on(area: Area, scale: Scale, *, by: "User") -> int:
    """Judge an area on a scale; return how many descriptions went with the one before."""
    before, area.scale = area.scale, scale
    area.save(update_fields=["scale"])
    levels = {level.tone: level for level in scale.levels.all()}
    said = Descriptor.objects.filter(standard__area=area).select_related("level")
    kept = [it for it in said if it.level.tone in levels]
    gone = said.exclude(level__tone__in=levels)
    lost = _texts(gone)
    gone.delete()
    for descriptor in kept:
        descriptor.level = levels[descriptor.level.tone]
    Descriptor.objects.bulk_update(kept, ["level"])
    history.write(area.version, "area judged on", by=by, area=area.lineage, before=before.code,
                  after=scale.code, descriptors=lost)  # fmt: skip
    return len(lost)


def check_colours(version: PolicyVersion, levels: Sequence[Looks]) -> None:
    """Refuse letters that stood for other colours in a version before."""
    before = system_colours_before(version, rules.code_of(levels))
    rules.keeps_colours(levels, before).enforce()


def _kept(scale: Scale) -> dict[str, object]:
    """Return a scale as the history keeps it."""
    return {"name": scale.name, "levels": system_looks(scale)}


def _names(scales: Iterable[Scale]) -> dict[str, str]:
    return {scale.code: scale.name for scale in scales}


def _write(scale: Scale, levels: Sequence[Looks]) -> None:
    """Store how the levels look; a level is known by its colour."""
    scale.levels.update(rank=F("rank") + OUT_OF_THE_WAY)
    for rank, looks in enumerate(levels, start=1):
        Level.objects.update_or_create(
            scale=scale,
            tone=looks["tone"],
            defaults={"trust_id": scale.trust_id, "rank": rank, **looks},
        )


def _texts(descriptors: QuerySet[Descriptor]) -> dict[str, str]:
    """Return descriptors by what they describe, as the history keeps them."""
    found = descriptors.select_related("standard", "level")
    return {f"{it.standard.lineage} {it.level.letter}": it.text for it in found}


def _locked(scale: Scale) -> Scale:
    version = system_lock(scale.version)
    found = Scale.objects.filter(pk=scale.pk).first()
    if found is None:
        msg = "This scale was removed a moment ago. Go back to the scales to see which there are."
        raise Refused(msg)
    found.version = version
    return found
