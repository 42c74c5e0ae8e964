"""Turning a framework file into the trust's next policy version, whole or not at all."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from trigpoint.policies.frameworks import rules
from trigpoint.policies.frameworks.rules import (
    AreaFile,
    CrosswalkFile,
    Framework,
    ResponsibilityFile,
)
from trigpoint.policies.models import (
    Area,
    CadenceRule,
    Crosswalk,
    Descriptor,
    Level,
    LookFor,
    Policy,
    PolicyVersion,
    Responsibility,
    Scale,
    Section,
    Standard,
)
from trigpoint.policies.scales.operations import check_colours
from trigpoint.policies.scales.queries import system_words
from trigpoint.policies.versions.rules import TO_COME, may_begin
from trigpoint.records import history
from trigpoint.records.refusals import Refused
from trigpoint.trusts.models import Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def begin(*, trust: Trust, framework: Framework, by: "User | None") -> PolicyVersion:
    """Write a framework down as the trust's next version, a draft.

    Raises:
        Refused: the framework is not in order, another version is on its way, or a scale's letters
            stood for other colours before.

    """
    if problems := rules.faults(framework):
        raise Refused(" ".join(str(problem) for problem in problems[:3]))
    policy = _policy(trust, framework["policy"], by)
    to_come = policy.versions.filter(status__in=TO_COME).first()
    may_begin(to_come).enforce()
    last = policy.versions.aggregate(last=Max("number"))["last"] or 0
    version = PolicyVersion.objects.create(trust=policy.trust, policy=policy, number=last + 1)
    write(version, framework)
    history.write(version, "begun", by=by, number=version.number, framework=framework["code"])
    return version


def write(version: PolicyVersion, framework: Framework) -> None:
    """Store everything a framework says as a version's content, one statement a table.

    The version is a draft and holds nothing yet; who calls this has made sure of both.
    """
    version.framework_code, version.settings = framework["code"], framework["settings"]
    version.save(update_fields=["framework_code", "settings"])
    scales, levels = _write_scales(version, framework)
    areas = {
        area["lineage"]: Area(
            trust_id=version.trust_id,
            version=version,
            scale=scales[area["scale"]],
            lineage=area["lineage"],
            code=area["code"],
            name=area["name"],
            short_name=area["short_name"],
            summary=area.get("summary", ""),
            meaning_changed=area.get("meaning_changed", ""),
            position=position,
        )
        for position, area in enumerate(framework["areas"], start=1)
    }
    Area.objects.bulk_create(areas.values())
    standards = {
        row.lineage: row
        for area in framework["areas"]
        for row in _standards(areas[area["lineage"]], area)
    }
    Standard.objects.bulk_create(standards.values())
    _write_details(framework, standards, levels)
    _write_crosswalk(framework, areas, standards)
    _write_answering(version, framework, areas, standards)
    _write_promises(version, framework, areas)


def _policy(trust: Trust, name: str, by: "User | None") -> Policy:
    """Find the trust's one policy, or found it. The trust's row is the lock."""
    trust = Trust.objects.select_for_update().get(pk=trust.pk)
    policy = Policy.objects.filter(trust=trust).order_by("created_at", "id").first()
    if policy is None:
        policy = Policy.objects.create(trust=trust, name=name)
        history.write(policy, "founded", by=by, name=name)
    return policy


def rename(policy: Policy, name: str, *, by: "User | None") -> None:
    """Give a policy the name its framework has, on the day that takes effect and not before."""
    if policy.name != name:
        history.write(policy, "renamed", by=by, before=policy.name, after=name)
        policy.name = name
        policy.save(update_fields=["name"])


def _write_scales(
    version: PolicyVersion, framework: Framework
) -> tuple[dict[str, Scale], dict[tuple[str, str], Level]]:
    """Store the scales, that of words among them; return them and their levels by code and letter."""
    own = {"trust_id": version.trust_id}
    scales: dict[str, Scale] = {}
    levels: dict[tuple[str, str], Level] = {}
    for position, file in enumerate(framework["scales"], start=1):
        code = rules.code_of(file)
        check_colours(version, file["levels"])
        scale = Scale(**own, version=version, code=code, name=file["name"], position=position)
        scales[code] = scale
        for rank, level in enumerate(file["levels"], start=1):
            levels[code, level["letter"]] = Level(**own, scale=scale, rank=rank, **level)
    words, in_words = system_words(version)
    scales[words.code] = words
    Scale.objects.bulk_create(scales.values())
    Level.objects.bulk_create([*levels.values(), in_words])
    return scales, levels


def _standards(area: Area, file: AreaFile) -> list[Standard]:
    return [
        Standard(
            trust_id=area.trust_id,
            version_id=area.version_id,
            area=area,
            lineage=standard["lineage"],
            code=standard["code"],
            title=standard["title"],
            statement=standard["statement"],
            expected_kinds=standard["expected"],
            meaning_changed=standard.get("meaning_changed", ""),
            position=position,
        )
        for position, standard in enumerate(file["standards"], start=1)
    ]


def _write_details(
    framework: Framework,
    standards: dict[str, Standard],
    levels: dict[tuple[str, str], Level],
) -> None:
    placed = [(area["scale"], one) for area in framework["areas"] for one in area["standards"]]
    LookFor.objects.bulk_create(
        LookFor(
            trust_id=standards[file["lineage"]].trust_id,
            standard=standards[file["lineage"]],
            lineage=f"{file['lineage']}-{key}",
            text=text,
            position=position,
        )
        for _, file in placed
        for position, (key, text) in enumerate(file["look_fors"].items(), start=1)
    )
    Descriptor.objects.bulk_create(
        Descriptor(
            trust_id=standards[file["lineage"]].trust_id,
            standard=standards[file["lineage"]],
            level=levels[scale, letter],
            text=text,
        )
        for scale, file in placed
        for letter, text in file["descriptors"].items()
    )


def _write_crosswalk(
    framework: Framework, areas: dict[str, Area], standards: dict[str, Standard]
) -> None:
    rows = []
    for file in framework["areas"]:
        area = areas[file["lineage"]]
        rows += _matches(area, None, file.get("crosswalk", []))
        for standard in file["standards"]:
            rows += _matches(area, standards[standard["lineage"]], standard.get("crosswalk", []))
    Crosswalk.objects.bulk_create(rows)


def _matches(area: Area, standard: Standard | None, files: list[CrosswalkFile]) -> list[Crosswalk]:
    return [
        Crosswalk(
            trust_id=area.trust_id, version_id=area.version_id, area=area, standard=standard, **file
        )
        for file in files
    ]


def _write_answering(
    version: PolicyVersion,
    framework: Framework,
    areas: dict[str, Area],
    standards: dict[str, Standard],
) -> None:
    """Store who answers for the policy, for each area, and for a standard that says its own."""
    said: list[tuple[Area | None, Standard | None, ResponsibilityFile]] = [
        (None, None, part) for part in framework["responsibilities"]
    ]
    for file in framework["areas"]:
        area = areas[file["lineage"]]
        said += [(area, None, part) for part in file.get("responsibilities", [])]
        for one in file["standards"]:
            standard = standards[one["lineage"]]
            said += [(area, standard, part) for part in one.get("responsibilities", [])]
    Responsibility.objects.bulk_create(
        Responsibility(
            trust_id=version.trust_id,
            version=version,
            area=area,
            standard=standard,
            part=part["part"],
            role_name=part["role"],
        )
        for area, standard, part in said
    )


def _write_promises(version: PolicyVersion, framework: Framework, areas: dict[str, Area]) -> None:
    """Store the text, and how often each kind of review takes place."""
    own = {"trust_id": version.trust_id, "version": version}
    Section.objects.bulk_create(
        Section(
            **own,
            position=position,
            kind=section["kind"],
            title=section["title"],
            text=rules.paragraphs(section["text"]),
        )
        for position, section in enumerate(framework["sections"], start=1)
    )
    CadenceRule.objects.bulk_create(
        CadenceRule(
            **own,
            review_kind=rule["review"],
            area=areas[rule["area"]] if "area" in rule else None,
            tier=rule.get("tier"),
            every=rule["every"],
            months=rule.get("months"),
        )
        for rule in framework["cadence"]
    )
