"""The verbs of an area of a draft: add, reword, move, remove."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Max

from trigpoint.policies.areas.rules import may_go, told
from trigpoint.policies.standards.models import Area, Scale
from trigpoint.policies.standards.operations import system_locked_area, system_swap
from trigpoint.policies.standards.rules import code_is_free, new_lineage
from trigpoint.policies.versions.models import PolicyVersion
from trigpoint.policies.versions.operations import system_lock
from trigpoint.policies.versions.rules import may_edit
from trigpoint.records import history
from trigpoint.records.revisions import keep_both

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Words:
    """Everything an area says. ``meaning_changed`` is empty when only words changed."""

    code: str
    name: str
    short_name: str
    summary: str = ""
    meaning_changed: str = ""


@transaction.atomic
def add(*, version: PolicyVersion, words: Words, by: "User") -> Area:
    """Add an area at the end of a draft. The same words sent twice are one area.

    Raises:
        Refused: the version is no draft, the person does not write it, or the code is taken.

    """
    version = system_lock(version)
    may_edit(by, version).enforce()
    if same := version.areas.filter(**asdict(words)).first():
        return same
    code_is_free(words.code, {it.code: str(it) for it in version.areas.all()}).enforce()
    taken = Area.objects.filter(version__policy=version.policy_id).values_list("lineage", flat=True)
    area = Area.objects.create(
        trust_id=version.trust_id,
        version=version,
        scale=_usual_scale(version),
        lineage=new_lineage(words.name, set(taken)),
        position=(version.areas.aggregate(last=Max("position"))["last"] or 0) + 1,
        **asdict(words),
    )
    history.write(version, "area added", by=by, area=area.lineage, words=asdict(words))
    return area


@transaction.atomic
def reword(*, area: Area, words: Words, base_revision: str, by: "User") -> Area:
    """Say an area of a draft otherwise.

    Raises:
        Refused: as for ``add``.
        Stale: somebody changed it since ``base_revision``.

    """
    area = system_locked_area(area)
    may_edit(by, area.version).enforce()
    before, after = told(area), asdict(words)
    keep_both(base_revision, stored=before, wanted=after)
    others = {it.code: str(it) for it in area.version.areas.exclude(pk=area.pk)}
    code_is_free(words.code, others).enforce()
    for name, said in after.items():
        setattr(area, name, said)
    area.save()
    history.write(area.version, "area reworded", by=by, area=area.lineage, before=before,
                  after=after)  # fmt: skip
    return area


@transaction.atomic
def move(*, area: Area, steps: int, by: "User") -> Area:
    """Move an area one place: -1 is up, 1 is down. At the end of the list it stays.

    Raises:
        Refused: the version is no draft, or the person does not write it.

    """
    area = system_locked_area(area)
    may_edit(by, area.version).enforce()
    system_swap(area, list(area.version.areas.order_by("position", "id")), steps)
    return area


@transaction.atomic
def remove(*, area: Area, by: "User") -> PolicyVersion:
    """Take an area and its standards out of a draft. Earlier versions keep theirs.

    Raises:
        Refused: the version is no draft, the person does not write it, or every policy covers the
            area.

    """
    area = system_locked_area(area)
    may_edit(by, area.version).enforce()
    may_go(area).enforce()
    codes = list(area.standards.values_list("code", flat=True))
    history.write(area.version, "area removed", by=by, area=area.lineage, standards=codes,
                  words=told(area))  # fmt: skip
    version = area.version
    area.delete()
    return version


def _usual_scale(version: PolicyVersion) -> Scale:
    """Return the scale most areas are judged on: a new area begins with it."""
    counted = version.scales.annotate(n_areas=Count("areas"))
    return counted.order_by("-n_areas", "position")[0]
