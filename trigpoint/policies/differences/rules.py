"""Comparing two versions of the policy, each written down as a framework.

A node is an area, a standard or a look-for; it is the same one in both versions when its lineage
is. What is said of a node is compared text by text, so that counts are exact.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trigpoint.policies.descriptions import rules as descriptions
from trigpoint.policies.descriptions.rules import Description, Outcome
from trigpoint.policies.frameworks.rules import (
    AreaFile,
    CadenceFile,
    Framework,
    ResponsibilityFile,
    ScaleFile,
    StandardFile,
    code_of,
    paragraphs,
)
from trigpoint.policies.models import CadenceRule, Responsibility
from trigpoint.policies.scales.rules import IN_WORDS, Looks
from trigpoint.policies.settings import rules as settings
from trigpoint.policies.standards.rules import Change, changes, kinds_in_words, what_changed
from trigpoint.policies.versions.rules import REVIEW_KINDS, interval_in_words

AREA, STANDARD, LOOK_FOR = "Area", "Standard", "Look-for"
JUDGED_ON = "Judged on"
SAME = Outcome()


@dataclass(frozen=True, slots=True)
class Node:
    """An area, a standard or a look-for: what it is called, where it stands, and what it says.

    ``place`` is the name of what it stands in, ``place_key`` that one's lineage; ``scale`` is the
    code of what an area, and each of its standards, is judged on, ``scale_name`` what it is called.
    ``levels`` is what a standard looks like at each level.
    """

    kind: str
    key: str
    name: str
    texts: Mapping[str, str]
    place: str = ""
    place_key: str = ""
    scale: str = ""
    scale_name: str = ""
    levels: tuple[Description, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """A node that is in both versions and reads, stands or means differently.

    ``meaning`` is what it means now that it did not mean before, empty when only words changed.
    ``texts`` are reworded; ``levels`` says what became of its descriptions besides.
    """

    node: Node
    texts: list[Change]
    moved_from: str = ""
    meaning: str = ""
    levels: Outcome = SAME


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that is different, in the order of the later version.

    ``promises`` are sentences on what is promised: who answers, how often, by when, how much.
    """

    added: list[Node]
    removed: list[Node]
    changed: list[Changed]
    unchanged_count: int
    sections: list[Change]
    promises: list[str] = field(default_factory=list)

    @property
    def texts_count(self) -> int:
        """How many single texts read differently in nodes that both versions have."""
        return sum(len(it.texts) for it in self.changed)

    @property
    def levels_counts(self) -> list[tuple[int, str]]:
        """How many descriptions of levels came, went, and moved unchanged to another scale."""
        of = [it.levels for it in self.changed]
        counted = (
            (sum(len(it.added) for it in of), "new"),
            (sum(len(it.removed) for it in of), "removed"),
            (sum(len(it.moved) for it in of), "moved unchanged"),
        )
        return [(number, words) for number, words in counted if number]

    @property
    def breaks(self) -> list[Changed]:
        """The nodes whose meaning changed: trends break there."""
        return [it for it in self.changed if it.meaning]

    @property
    def is_empty(self) -> bool:
        """Whether the two say the same."""
        return not (self.added or self.removed or self.changed or self.sections or self.promises)


def compare(
    before: Framework, after: Framework, *, meanings: Mapping[tuple[str, str], str] | None = None
) -> Comparison:
    """Say what is different in ``after``.

    Args:
        before: the earlier version.
        after: the later one.
        meanings: what changed in meaning between them, by kind and lineage; without it, what
            ``after`` itself says.

    """
    meanings = said_meanings(after) if meanings is None else meanings
    old, new = nodes(before), nodes(after)
    both = [
        (old[key], node, _meaning(meanings.get(key, ""), old[key], node))
        for key, node in new.items()
        if key in old
    ]
    changed = [it for was, now, meaning in both if (it := _changed(was, now, meaning))]
    return Comparison(
        added=[node for key, node in new.items() if key not in old],
        removed=[node for key, node in old.items() if key not in new],
        changed=changed,
        unchanged_count=len(both) - len(changed),
        sections=changes(_sections(before), _sections(after)),
        promises=list(_promises(before, after)),
    )


def nodes(framework: Framework) -> dict[tuple[str, str], Node]:
    """Return every node of a framework by kind and lineage, in the order of the policy."""
    scales: dict[str, ScaleFile] = {code_of(scale): scale for scale in framework["scales"]}
    found: list[Node] = []
    for area in framework["areas"]:
        scale = scales.get(area["scale"], {"name": IN_WORDS, "levels": []})
        looks = {level["letter"]: level for level in scale["levels"]}
        found.append(_area(area, scale["name"]))
        for standard in area["standards"]:
            found.append(_standard(standard, area, scale["name"], looks))
            found += _look_fors(standard)
    return {(node.kind, node.key): node for node in found}


def said_meanings(framework: Framework) -> dict[tuple[str, str], str]:
    """Return what a framework itself says has changed in meaning, by kind and lineage."""
    found = {}
    for area in framework["areas"]:
        found[AREA, area["lineage"]] = area.get("meaning_changed", "")
        for standard in area["standards"]:
            found[STANDARD, standard["lineage"]] = standard.get("meaning_changed", "")
    return {key: words for key, words in found.items() if words}


def _area(area: AreaFile, scale_name: str) -> Node:
    texts = {"Code": area["code"], "Name": area["name"], "Short name": area["short_name"],
             "About": area.get("summary", ""), JUDGED_ON: scale_name}  # fmt: skip
    return Node(
        AREA, area["lineage"], area["name"], texts, scale=area["scale"], scale_name=scale_name
    )


def _standard(
    standard: StandardFile, area: AreaFile, scale_name: str, looks: Mapping[str, Looks]
) -> Node:
    texts = {
        "Code": standard["code"],
        "Title": standard["title"],
        "Standard": standard["statement"],
        "Evidence expected": ", ".join(kinds_in_words(sorted(standard["expected"]))),
    }
    name = f"{standard['code']} {standard['title']}"
    place = area["name"], area["lineage"]
    levels = tuple(
        Description(looks[letter]["tone"], looks[letter]["label"], " ".join(text.split()))
        for letter, text in standard["descriptors"].items()
        if letter in looks
    )
    return Node(
        STANDARD, standard["lineage"], name, texts, *place, area["scale"], scale_name, levels
    )


def _look_fors(standard: StandardFile) -> Iterator[Node]:
    for key, text in standard["look_fors"].items():
        lineage = f"{standard['lineage']}-{key}"
        place = standard["code"], standard["lineage"]
        yield Node(LOOK_FOR, lineage, text, {"Look-for": text}, *place)


def _meaning(said: str, was: Node, now: Node) -> str:
    """Return what changed in meaning; to be judged on something else is a change of meaning too.

    Of a standard it is said where it moved: else its area says it for all of its standards.
    """
    says = now.kind == AREA or was.place_key != now.place_key
    return what_changed(said, now.scale, now.scale_name, was.scale if says else now.scale)


def _changed(was: Node, now: Node, meaning: str) -> Changed | None:
    texts = changes(_spaced(was.texts), _spaced(now.texts))
    levels = descriptions.compare(was.levels, now.levels, on_another_scale=was.scale != now.scale)
    moved = was.place_key != now.place_key
    if not (texts or moved or meaning or levels != SAME):
        return None
    return Changed(now, [*texts, *levels.reworded], was.place if moved else "", meaning, levels)


def _spaced(texts: Mapping[str, str]) -> dict[str, str]:
    return {label: " ".join(text.split()) for label, text in texts.items()}


def _sections(framework: Framework) -> dict[str, str]:
    return {it["title"]: paragraphs(it["text"]) for it in framework["sections"]}


def _promises(before: Framework, after: Framework) -> Iterator[str]:
    yield from _scales(before, after)
    yield from _gone_and_new(_answering(before), _answering(after), "now", "no longer")
    yield from _cadence(before, after)
    yield from _settings(before["settings"], after["settings"])


def _scales(before: Framework, after: Framework) -> Iterator[str]:
    """Say which scales are new or gone, and which levels look or are called otherwise."""
    old, new = ({code_of(it): it for it in said["scales"]} for said in (before, after))
    for code, scale in new.items():
        if code not in old:
            labels = ", ".join(f"{it['letter']} {it['label']}" for it in scale["levels"])
            yield f"There is a new scale, “{scale['name']}”: {labels}."
            continue
        if scale["name"] != old[code]["name"]:
            yield f"The scale “{old[code]['name']}” is now called “{scale['name']}”."
        for was, now in zip(old[code]["levels"], scale["levels"], strict=True):
            yield from _level(was, now)
    yield from (f"The scale “{it['name']}” is gone." for code, it in old.items() if code not in new)


def _level(was: Looks, now: Looks) -> Iterator[str]:
    if was["label"] != now["label"]:
        yield f"The level “{was['label']}” is now called “{now['label']}”."
    if (was["shape"], was["tone"]) != (now["shape"], now["tone"]):
        tone = now["tone"].replace("-", " ")
        yield f"The level “{now['label']}” looks different now: {tone}, {now['shape']}."


def _answering(framework: Framework) -> list[tuple[str, str]]:
    """Return who answers for what as pairs: the role, and the rest of the sentence."""
    said = [*_parts("the whole policy", framework["responsibilities"])]
    for area in framework["areas"]:
        said += _parts(area["name"], area.get("responsibilities", []))
        for standard in area["standards"]:
            name = f"{standard['code']} {standard['title']}"
            said += _parts(name, standard.get("responsibilities", []))
    return said


def _parts(name: str, parts: Iterable[ResponsibilityFile]) -> Iterator[tuple[str, str]]:
    words = {
        Responsibility.Part.MONITORS: "monitors",
        Responsibility.Part.REVIEWS: "reviews",
        Responsibility.Part.CONSULTED: "is consulted on",
        Responsibility.Part.TOLD: "is told about",
    }
    for part in parts:
        yield part["role"], f"{words[Responsibility.Part(part['part'])]} {name}"


def _gone_and_new(
    before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]], now: str, gone: str
) -> Iterator[str]:
    yield from (f"{who} {now} {what}." for who, what in after if (who, what) not in before)
    yield from (f"{who} {gone} {what}." for who, what in before if (who, what) not in after)


def _cadence(before: Framework, after: Framework) -> Iterator[str]:
    old, new = _intervals(before), _intervals(after)
    for name, words in new.items():
        if name not in old:
            yield f"{name}: {words.lower()}, which was not promised before."
        elif old[name] != words:
            yield f"{name}: {words.lower()} instead of {old[name].lower()}."
    yield from (f"{name}: no longer promised." for name in old if name not in new)


def _intervals(framework: Framework) -> dict[str, str]:
    names = {area["lineage"]: area["name"] for area in framework["areas"]}
    return {_cadence_name(it, names): _interval(it) for it in framework["cadence"]}


def _cadence_name(rule: CadenceFile, names: Mapping[str, str]) -> str:
    parts = [REVIEW_KINDS[rule["review"]]]
    if "area" in rule:
        parts.append(names.get(rule["area"], rule["area"]))
    if "tier" in rule:
        parts.append(f"tier {rule['tier']}")
    return ", ".join(parts)


def _interval(rule: CadenceFile) -> str:
    return interval_in_words(CadenceRule(every=rule["every"], months=rule.get("months")))


def _settings(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for setting in settings.SETTINGS:
        was, now = (settings.value(said, setting) for said in (before, after))
        if was != now:
            old, new = settings.in_words(was), settings.in_words(now)
            yield f"{setting.label} ({setting.unit}): {new} instead of {old}."
