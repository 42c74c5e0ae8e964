"""The verbs of a crosswalk in a draft: map_item, carry_over, unmap."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.policies.outside.queries import system_items_known
from trigpoint.policies.outside.rules import Outside, unknown_item
from trigpoint.policies.standards.models import Area, Crosswalk, Standard
from trigpoint.policies.versions.models import PolicyVersion
from trigpoint.policies.versions.operations import system_lock
from trigpoint.policies.versions.rules import may_edit
from trigpoint.records import history
from trigpoint.records.refusals import Refused

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Mapping:
    """What of ours maps to which item of an outside framework, and how well.

    A standard, or an area as a whole. ``fit`` is a code of ``Crosswalk.Fit``, seen from ours.
    """

    framework: str
    item: str
    fit: str
    area: Area | None = None
    standard: Standard | None = None


@transaction.atomic
def map_item(*, version: PolicyVersion, mapping: Mapping, by: "User") -> Crosswalk:
    """Say in a draft what of ours maps to an item. Said again, the fit is what was said last.

    Raises:
        Refused: the version is no draft, the person does not write it, or there is no such item.
        ValueError: the area or the standard is not of this version, or there is neither.

    """
    version = system_lock(version)
    may_edit(by, version).enforce()
    place = mapping.standard or mapping.area
    if place is None or place.version_id != version.pk:
        msg = "What is mapped is an area or a standard of the version itself."
        raise ValueError(msg)
    known = system_items_known(version.trust_id)
    if words := unknown_item(mapping.framework, mapping.item, known):
        raise Refused(words)
    mapped, is_new = Crosswalk.objects.get_or_create(
        trust_id=version.trust_id,
        version=version,
        area=mapping.standard.area if mapping.standard else mapping.area,
        standard=mapping.standard,
        framework=mapping.framework,
        item=mapping.item,
        defaults={"fit": mapping.fit},
    )
    if not is_new and mapped.fit != mapping.fit:
        mapped.fit = mapping.fit
        mapped.save(update_fields=["fit"])
    history.write(version, "item mapped", by=by, **_told(mapped))
    return mapped


@transaction.atomic
def carry_over(
    *, version: PolicyVersion, earlier: Outside, later: Outside, by: "User"
) -> list[Crosswalk]:
    """Map in a draft to a later edition as it is mapped to the earlier one, item by item.

    Items that the later edition no longer has are left out; what is mapped to it already stays.

    Raises:
        Refused: the version is no draft, the person does not write it, or there is nothing to do.

    """
    version = system_lock(version)
    may_edit(by, version).enforce()
    rows = Crosswalk.objects.filter(version=version).order_by("created_at", "id")
    there = {_place(row) for row in rows if row.framework == later.label}
    copies = [
        Crosswalk(
            trust_id=version.trust_id,
            version=version,
            area_id=row.area_id,
            standard_id=row.standard_id,
            framework=later.label,
            item=row.item,
            fit=row.fit,
        )
        for row in rows
        if row.framework == earlier.label and row.item in later.names and _place(row) not in there
    ]
    if not copies:
        msg = f"Everything that is mapped to {earlier.label} is mapped to {later.label} already."
        raise Refused(msg)
    history.write(version, "items carried over", by=by, count=len(copies), framework=later.label)
    return Crosswalk.objects.bulk_create(copies)


def _place(row: Crosswalk) -> tuple[object, ...]:
    return row.area_id, row.standard_id, row.item


@transaction.atomic
def unmap(*, crosswalk: Crosswalk, by: "User") -> PolicyVersion:
    """Take what maps to an item out of a draft. Earlier versions keep theirs.

    Raises:
        Refused: the version is no draft, or the person does not write it.

    """
    version = system_lock(crosswalk.version)
    may_edit(by, version).enforce()
    found = Crosswalk.objects.select_related("area", "standard").filter(pk=crosswalk.pk).first()
    if found is None:
        msg = "It was taken out a moment ago. Go back to see what is mapped to what."
        raise Refused(msg)
    history.write(version, "item unmapped", by=by, **_told(found))
    found.delete()
    return version


def _told(mapped: Crosswalk) -> dict[str, str]:
    return {
        "about": str(mapped.standard or mapped.area),
        "framework": mapped.framework,
        "item": mapped.item,
        "fit": mapped.fit,
    }
