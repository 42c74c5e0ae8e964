"""Reading a framework file: what is in it, or everything that is wrong with it, line by line."""

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NotRequired, TypedDict, cast

import yaml

from trigpoint.policies.outside import rules as outside
from trigpoint.policies.scales import rules as scales
from trigpoint.policies.scales.rules import Looks
from trigpoint.policies.sources import rules as sources
from trigpoint.policies.sources.rules import Problem, Source
from trigpoint.policies.standards.models import Scale

DATA = Path(__file__).parents[1] / "data"
SHIPPED = DATA / "trigpoint-default.yaml"
SCHEMA = DATA / "framework.schema.json"
AREAS = {
    "curriculum": "Curriculum",
    "teaching-and-learning": "Teaching and learning",
    "assessment": "Assessment",
    "resources": "Resources",
    "behaviour": "Behaviour management",
    "welfare": "Student welfare",
    "quality-assurance": "Quality assurance",
}
CLOCK_ORDER = [
    "notice", "documents", "draft", "internal_qa", "factual_accuracy", "final", "actions",
]  # fmt: skip


class ScaleFile(TypedDict):
    """A scale, best level first. Areas name it by its letters."""

    name: str
    levels: list[Looks]


class CrosswalkFile(TypedDict):
    """An item of an outside framework, and how far ours meets it."""

    framework: str
    item: str
    fit: str


class ResponsibilityFile(TypedDict):
    """A part in the policy, and the role that plays it."""

    part: str
    role: str


class StandardFile(TypedDict):
    """One standard. ``look_fors`` by key, ``descriptors`` by letter of its area's scale."""

    code: str
    lineage: str
    title: str
    statement: str
    expected: list[str]
    look_fors: dict[str, str]
    descriptors: dict[str, str]
    meaning_changed: NotRequired[str]
    crosswalk: NotRequired[list[CrosswalkFile]]
    responsibilities: NotRequired[list[ResponsibilityFile]]


class AreaFile(TypedDict):
    """One area with its standards. ``scale`` is the letters of one, or ``words``."""

    code: str
    lineage: str
    name: str
    short_name: str
    scale: str
    summary: NotRequired[str]
    meaning_changed: NotRequired[str]
    crosswalk: NotRequired[list[CrosswalkFile]]
    responsibilities: NotRequired[list[ResponsibilityFile]]
    standards: list[StandardFile]


class SectionFile(TypedDict):
    """A part of the policy's text."""

    kind: str
    title: str
    text: str


class CadenceFile(TypedDict):
    """How often one kind of review is promised."""

    review: str
    every: str
    area: NotRequired[str]
    tier: NotRequired[int]
    months: NotRequired[int]


class Framework(TypedDict):
    """A whole framework file. ``settings`` is kept with the version as it stands."""

    format: str
    code: str
    policy: str
    name: str
    edition: NotRequired[str]
    summary: NotRequired[str]
    scales: list[ScaleFile]
    areas: list[AreaFile]
    responsibilities: list[ResponsibilityFile]
    sections: list[SectionFile]
    cadence: list[CadenceFile]
    settings: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """A framework that is in order, or the problems that keep it from being one."""

    framework: Framework | None
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a framework holds."""

    areas: int
    standards: int
    look_fors: int
    descriptors: int


def check(raw: str | bytes, *, known: Mapping[str, list[str]] | None = None) -> Checked:
    """Read a framework file and check all of it.

    Args:
        raw: the YAML, as it was uploaded or read.
        known: the items of outside frameworks by what crosswalks call these; those that come with
            the product where it is left out.

    Returns:
        The framework, or at most ``MAX_PROBLEMS`` problems in the order of their lines.

    """
    source = sources.read(raw.encode() if isinstance(raw, str) else raw)
    if not source.problems:
        sources.check(source, _schema())
    if not source.problems:
        framework = cast("Framework", source.content)
        _check_meaning(source, framework)
        _check_crosswalks(source, framework, outside.items_known() if known is None else known)
    problems = sorted(source.problems, key=lambda it: it.line or 0)[: sources.MAX_PROBLEMS]
    return Checked(None if problems else cast("Framework", source.content), problems)


def faults(framework: Framework) -> list[Problem]:
    """Check a framework that came from a program; its problems have no lines.

    What it is mapped to is not looked at: an earlier version is taken on as it stands, also where
    it names an item nobody knows. Its writers see that among what it is mapped to.
    """
    source = Source(content=framework)
    sources.check(source, _schema())
    if not source.problems:
        _check_meaning(source, framework)
    return source.problems


def shipped() -> Framework:
    """Return the framework that comes with the product; the caller may change its copy."""
    return deepcopy(_read_shipped())


@lru_cache(maxsize=1)
def _read_shipped() -> Framework:
    checked = check(SHIPPED.read_bytes())
    if checked.framework is None:
        msg = "; ".join(str(problem) for problem in checked.problems)
        raise ValueError(msg)
    return checked.framework


@lru_cache(maxsize=1)
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return schema


def counts(framework: Framework) -> Counts:
    """Count what adopting the framework would bring in."""
    standards = [standard for area in framework["areas"] for standard in area["standards"]]
    return Counts(
        areas=len(framework["areas"]),
        standards=len(standards),
        look_fors=sum(len(standard["look_fors"]) for standard in standards),
        descriptors=sum(len(standard["descriptors"]) for standard in standards),
    )


def without_meanings(framework: Framework) -> Framework:
    """Return a copy that says of nothing that its meaning changed: where the next version begins."""
    copy = deepcopy(framework)
    for area in copy["areas"]:
        area.pop("meaning_changed", None)
        for standard in area["standards"]:
            standard.pop("meaning_changed", None)
    return copy


def mapped(framework: Framework, mapping: Mapping[str, str]) -> Framework:
    """Return a copy in which standards continue others: judgements and trends go on with them.

    Args:
        framework: as it was read.
        mapping: for the lineage of a standard in the file, the lineage it continues.

    """
    copy = deepcopy(framework)
    for area in copy["areas"]:
        for standard in area["standards"]:
            standard["lineage"] = mapping.get(standard["lineage"], standard["lineage"])
    return copy


def written(framework: Framework) -> str:
    """Write a framework down as the YAML file that reads back as the same."""
    dumper = type("Plain", (yaml.CSafeDumper,), {"ignore_aliases": lambda _self, _data: True})
    return yaml.dump(
        framework, Dumper=dumper, allow_unicode=True, sort_keys=False, width=100, indent=2
    )


def paragraphs(text: str) -> str:
    """Join the lines of each paragraph; a blank line parts them, as the file's author meant."""
    parts = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(" ".join(part.split()) for part in parts)


def _check_meaning(source: Source, framework: Framework) -> None:
    """Check what a schema cannot say. The shape is known to be right by now."""
    _check_scales(source, framework)
    _check_areas(source, framework)
    _check_twice(source, framework)
    _check_cadence(source, framework)
    _check_clock(source, framework["settings"]["clock"])


def _check_scales(source: Source, framework: Framework) -> None:
    """Check how levels look, and that each area is judged by a scale there is."""
    known: dict[str, list[Looks]] = {Scale.WORDS: []}
    known |= {code_of(it): it["levels"] for it in framework["scales"]}
    if len(known) <= len(framework["scales"]):
        source.complain(("scales",), "Two scales have the same letters. Each needs its own.")
    for place, scale in enumerate(framework["scales"]):
        for words in scales.faults(scale["levels"]):
            source.complain(("scales", place, "levels"), words)
    for place, area in enumerate(framework["areas"]):
        if area["scale"] in known:
            _check_descriptors(source, place, area, known[area["scale"]])
            continue
        words = (
            f"The area {area['name']} is judged on {area['scale']}, and no scale has these letters. "
            f"Choose from: {', '.join(known)}."
        )
        source.complain(("areas", place, "scale"), words)


def code_of(scale: ScaleFile) -> str:
    """Return the letters of a scale, best first, by which areas name it."""
    return scales.code_of(scale["levels"])


def _check_descriptors(source: Source, place: int, area: AreaFile, levels: list[Looks]) -> None:
    labels = {level["letter"]: level["label"] for level in levels}
    for position, standard in enumerate(area["standards"]):
        path = ("areas", place, "standards", position, "descriptors")
        said = standard["descriptors"]
        for letter in [it for it in labels if it not in said]:
            words = (
                f"{standard['code']} does not say what {letter}, “{labels[letter]}”, looks like."
            )
            source.complain(path, words)
        for letter in [it for it in said if it not in labels]:
            words = f"{standard['code']} says what {letter} looks like, which is no level of it."
            source.complain((*path, letter), words)


def _check_areas(source: Source, framework: Framework) -> None:
    present = {area["lineage"] for area in framework["areas"]}
    for lineage, name in AREAS.items():
        if lineage not in present:
            words = f"The area {name} (lineage {lineage}) is missing. Every policy covers it."
            source.complain(("areas",), words)


def _check_twice(source: Source, framework: Framework) -> None:
    """Refuse a code or a lineage that is used twice."""
    seen: set[tuple[str, str]] = set()
    for place, area in enumerate(framework["areas"]):
        things: list[tuple[sources.Path, AreaFile | StandardFile]] = [(("areas", place), area)]
        things += [
            (("areas", place, "standards", position), standard)
            for position, standard in enumerate(area["standards"])
        ]
        for path, thing in things:
            noun = "standard" if "standards" in path else "area"
            for name, value in (("code", thing["code"]), ("lineage", thing["lineage"])):
                if (f"{noun} {name}", value) in seen:
                    source.complain((*path, name), f"The {noun} {name} {value} is used twice.")
                seen.add((f"{noun} {name}", value))


def _check_crosswalks(source: Source, framework: Framework, known: Mapping[str, list[str]]) -> None:
    """Refuse an item that a known framework does not have; an unknown framework may have any."""
    for path, rows in _crosswalks(framework):
        for place, row in enumerate(rows):
            if words := outside.unknown_item(row["framework"], row["item"], known):
                source.complain((*path, "crosswalk", place, "item"), words)


def _crosswalks(framework: Framework) -> Iterator[tuple[sources.Path, list[CrosswalkFile]]]:
    for place, area in enumerate(framework["areas"]):
        yield ("areas", place), area.get("crosswalk", [])
        for position, standard in enumerate(area["standards"]):
            path = ("areas", place, "standards", position)
            yield path, standard.get("crosswalk", [])


def _check_cadence(source: Source, framework: Framework) -> None:
    known = {area["lineage"] for area in framework["areas"]}
    for place, rule in enumerate(framework["cadence"]):
        if "area" in rule and rule["area"] not in known:
            words = f"How often: there is no area with the lineage {rule['area']}."
            source.complain(("cadence", place, "area"), words)
        if (rule["every"] == "MONTHS") != ("months" in rule):
            words = "How often: give “months” with every: MONTHS, and only then."
            source.complain(("cadence", place), words)


def _check_clock(source: Source, clock: dict[str, int]) -> None:
    for earlier, later in pairwise(CLOCK_ORDER):
        if clock[earlier] > clock[later]:
            words = f"The clock runs backwards: {later} comes before {earlier}."
            source.complain(("settings", "clock", later), words)
