"""What stands in the place a framework would take, and a version written down as a framework."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from trigpoint.policies.frameworks.rules import (
    AreaFile,
    CadenceFile,
    CrosswalkFile,
    Framework,
    ResponsibilityFile,
    ScaleFile,
    StandardFile,
)
from trigpoint.policies.models import (
    Area,
    CadenceRule,
    Crosswalk,
    Descriptor,
    Level,
    LookFor,
    PolicyVersion,
    Responsibility,
    Scale,
    Standard,
)
from trigpoint.policies.scales.rules import looks_of
from trigpoint.policies.settings.rules import whole

FORMAT = "trigpoint-framework/2"
Place = tuple[Any, Any]  # ids of an area and a standard; None for what is wider


def system_framework(version: PolicyVersion) -> Framework:
    """Write a version down as a framework: written again, it is the same version.

    People who answer by name stay behind, since a framework is read outside the trust. Nine
    queries, whatever the version holds.
    """
    parts, matches = _answering(version), _matches(version)
    standards = _standards(version, parts, matches)
    return {
        "format": FORMAT,
        "code": version.framework_code or f"version-{version.number}",
        "policy": version.policy.name,
        "name": f"{version.policy.name}, version {version.number}"[:120],
        "scales": _scales(version),
        "areas": [
            _area(area, standards[area.pk], parts[area.pk, None], matches[area.pk, None])
            for area in version.areas.select_related("scale").order_by("position", "id")
        ],
        "responsibilities": parts[None, None],
        "sections": [
            {"kind": section.kind, "title": section.title, "text": section.text}
            for section in version.sections.order_by("position")
        ],
        "cadence": [_cadence(rule) for rule in _rules(version)],
        "settings": whole(version.settings),
    }


def _scales(version: PolicyVersion) -> list[ScaleFile]:
    found: dict[str, ScaleFile] = {}
    levels = Level.objects.filter(scale__version=version).exclude(scale__code=Scale.WORDS)
    for level in levels.select_related("scale").order_by("scale__position", "scale__code", "rank"):
        file = found.setdefault(level.scale.code, {"name": level.scale.name, "levels": []})
        file["levels"].append(looks_of(level))
    return list(found.values())


def _area(
    area: Area,
    standards: list[StandardFile],
    parts: list[ResponsibilityFile],
    matches: list[CrosswalkFile],
) -> AreaFile:
    file: AreaFile = {
        "code": area.code,
        "lineage": area.lineage,
        "name": area.name,
        "short_name": area.short_name,
        "scale": area.scale.code,
        "standards": standards,
    }
    if area.summary:
        file["summary"] = area.summary
    if area.meaning_changed:
        file["meaning_changed"] = area.meaning_changed
    if matches:
        file["crosswalk"] = matches
    if parts:
        file["responsibilities"] = parts
    return file


def _standards(
    version: PolicyVersion,
    parts: dict[Place, list[ResponsibilityFile]],
    matches: dict[Place, list[CrosswalkFile]],
) -> dict[Any, list[StandardFile]]:
    look_fors: dict[Any, dict[str, str]] = defaultdict(dict)
    for one in LookFor.objects.filter(standard__version=version).order_by("position", "id"):
        look_fors[one.standard_id][one.lineage] = one.text
    told: dict[Any, dict[str, str]] = defaultdict(dict)
    descriptors = Descriptor.objects.filter(standard__version=version).select_related("level")
    for descriptor in descriptors.order_by("level__rank"):
        told[descriptor.standard_id][descriptor.level.letter] = descriptor.text
    found: dict[Any, list[StandardFile]] = defaultdict(list)
    for standard in version.standards.order_by("position", "id"):
        place = standard.area_id, standard.pk
        file = _standard(standard, look_fors[standard.pk], told[standard.pk])
        if matches[place]:
            file["crosswalk"] = matches[place]
        if parts[place]:
            file["responsibilities"] = parts[place]
        found[standard.area_id].append(file)
    return found


def _standard(
    standard: Standard, look_fors: dict[str, str], descriptors: dict[str, str]
) -> StandardFile:
    file: StandardFile = {
        "code": standard.code,
        "lineage": standard.lineage,
        "title": standard.title,
        "statement": standard.statement,
        "expected": standard.expected_kinds,
        "look_fors": {
            key.removeprefix(f"{standard.lineage}-"): text for key, text in look_fors.items()
        },
        "descriptors": descriptors,
    }
    if standard.meaning_changed:
        file["meaning_changed"] = standard.meaning_changed
    return file


def _answering(version: PolicyVersion) -> dict[Place, list[ResponsibilityFile]]:
    found: dict[Place, list[ResponsibilityFile]] = defaultdict(list)
    for one in Responsibility.objects.filter(version=version).order_by("created_at", "id"):
        found[one.area_id, one.standard_id].append({"part": one.part, "role": one.role_name})
    return found


def _matches(version: PolicyVersion) -> dict[Place, list[CrosswalkFile]]:
    found: dict[Place, list[CrosswalkFile]] = defaultdict(list)
    for one in Crosswalk.objects.filter(version=version).order_by("created_at", "id"):
        file: CrosswalkFile = {"framework": one.framework, "item": one.item, "fit": one.fit}
        found[one.area_id, one.standard_id].append(file)
    return found


def _rules(version: PolicyVersion) -> Iterable[CadenceRule]:
    return version.cadence.select_related("area").order_by("created_at", "id")


def _cadence(rule: CadenceRule) -> CadenceFile:
    file: CadenceFile = {"review": rule.review_kind, "every": rule.every}
    if rule.area:
        file["area"] = rule.area.lineage
    if rule.tier is not None:
        file["tier"] = rule.tier
    if rule.months is not None:
        file["months"] = rule.months
    return file
