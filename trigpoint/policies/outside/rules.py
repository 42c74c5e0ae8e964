"""Reading an outside framework's file: what is in it, or all that is wrong with it, line by line."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict, cast
from uuid import UUID

import yaml
from django.utils.text import slugify

from trigpoint.people.roles import Capability
from trigpoint.policies.sources import rules as sources
from trigpoint.policies.sources.rules import Problem, Source
from trigpoint.policies.versions.rules import may_draft
from trigpoint.records.refusals import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from collections.abc import Collection

    from trigpoint.people.models import User
    from trigpoint.policies.outside.models import OutsideFramework

DATA = Path(__file__).parents[1] / "data"
SHIPPED = DATA / "outside"
SCHEMA = DATA / "outside.schema.json"
FORMAT = "trigpoint-outside/1"
LONGEST_LIST = 12  # items named in a sentence


class LevelsFile(TypedDict):
    """The levels of a framework, or of one item, and how they are ordered."""

    order: str
    labels: list[str]


class ItemFile(TypedDict):
    """One item: an area, a pillar, a standard. ``name`` is what crosswalks call it."""

    code: str
    name: str
    summary: str
    full_name: NotRequired[str]
    parent: NotRequired[str]
    where_applicable: NotRequired[bool]
    levels: NotRequired[LevelsFile]


class OutsideFile(TypedDict):
    """A whole file. Days are ``2025-11-10``, or ``2026-09`` where only the month is known."""

    format: str
    code: str
    name: str
    source: str
    checked: str
    items: list[ItemFile]
    edition: NotRequired[str]
    valid_from: NotRequired[str]
    valid_to: NotRequired[str]
    supersedes: NotRequired[str]
    summary: NotRequired[str]
    note: NotRequired[str]
    levels: NotRequired[LevelsFile]


@dataclass(frozen=True, slots=True)
class Outside:
    """An outside framework that is known: shipped, or with the id of the trust's own row."""

    file: OutsideFile
    pk: UUID | None = None

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return key_of(self.file)

    @property
    def label(self) -> str:
        """What crosswalks call it."""
        return label_of(self.file)

    @property
    def names(self) -> list[str]:
        """Its items, as crosswalks call them."""
        return [item["name"] for item in self.file["items"]]

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """Editions of one framework stand together, the earlier one first."""
        return self.file["name"].lower(), self.file.get("valid_from", ""), self.key


@dataclass(frozen=True, slots=True)
class Checked:
    """An outside framework that is in order, or the problems that keep it from being one."""

    outside: Outside | None
    problems: list[Problem]


def label_of(file: OutsideFile) -> str:
    """Return what crosswalks call it: the name, with the edition where there is one."""
    edition = file.get("edition")
    return f"{file['name']} ({edition})" if edition else file["name"]


def key_of(file: OutsideFile) -> str:
    """Return its name in addresses: the code, with the edition where there is one."""
    edition = slugify(file.get("edition", ""))
    return f"{file['code']}-{edition}" if edition else file["code"]


def check(raw: str | bytes) -> Checked:
    """Read an outside framework's file and check all of it.

    Args:
        raw: the YAML, as it was uploaded or read.

    Returns:
        The framework, or at most ``MAX_PROBLEMS`` problems in the order of their lines.

    """
    source = sources.read(raw.encode() if isinstance(raw, str) else raw)
    if not source.problems:
        sources.check(source, _schema())
    if not source.problems:
        _check_meaning(source, cast("OutsideFile", source.content))
    if source.problems:
        problems = sorted(source.problems, key=lambda it: it.line or 0)
        return Checked(None, problems[: sources.MAX_PROBLEMS])
    return Checked(Outside(cast("OutsideFile", source.content)), [])


def _check_meaning(source: Source, file: OutsideFile) -> None:
    """Check what a schema cannot say. The shape is known to be right by now."""
    _check_days(source, file)
    _check_items(source, file)
    if file.get("supersedes") and file.get("supersedes") == file.get("edition"):
        source.complain(("supersedes",), "An edition cannot follow itself.")


def _check_days(source: Source, file: OutsideFile) -> None:
    days = {name: str(file.get(name, "")) for name in ("valid_from", "valid_to")}
    for name, day in days.items():
        if day and not _is_day(day):
            source.complain((name,), f"{day} is not a day of the calendar.")
    if all(days.values()) and days["valid_to"] < days["valid_from"]:
        source.complain(("valid_to",), "It ends before it begins. Check the two days.")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text if text.count("-") > 1 else f"{text}-01")
    except ValueError:
        return False
    return True


def _check_items(source: Source, file: OutsideFile) -> None:
    """Refuse a code or a name used twice, and a parent that is none."""
    seen: set[tuple[str, str]] = set()
    codes = {item["code"] for item in file["items"]}
    for place, item in enumerate(file["items"]):
        for name, value in (("code", item["code"]), ("name", item["name"])):
            if (name, value) in seen:
                source.complain(("items", place, name), f"The {name} {value} is used twice.")
            seen.add((name, value))
        parent = item.get("parent")
        if parent is not None and (parent not in codes or parent == item["code"]):
            words = f"There is no other item with the code {parent}."
            source.complain(("items", place, "parent"), words)


@lru_cache(maxsize=1)
def shipped() -> tuple[Outside, ...]:
    """Return the outside frameworks that come with the product. Nobody changes what is in them."""
    return tuple(
        sorted((_read(path) for path in sorted(SHIPPED.glob("*.yaml"))), key=lambda it: it.sort_key)
    )


def _read(path: Path) -> Outside:
    checked = check(path.read_bytes())
    if checked.outside is None:
        msg = f"{path.name}: " + "; ".join(map(str, checked.problems))
        raise ValueError(msg)
    return checked.outside


@lru_cache(maxsize=1)
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return schema


def written(outside: Outside) -> str:
    """Write it down as the YAML file that reads back as the same."""
    return yaml.dump(
        outside.file, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100
    )


def items_known(outside: "Collection[Outside]" = ()) -> Mapping[str, list[str]]:
    """Return the items that can be mapped to, by what crosswalks call the framework."""
    return {it.label: it.names for it in (*shipped(), *outside)}


def unknown_item(framework: str, item: str, known: Mapping[str, list[str]]) -> str:
    """Say that a known framework has no such item, with those it has; empty where it has it.

    A framework nobody has described may have any item.
    """
    names = known.get(framework)
    if names is None or item in names:
        return ""
    there = ", ".join(names[:LONGEST_LIST]) + (" and more" if len(names) > LONGEST_LIST else "")
    return f"{framework} has no item “{item}”. It has: {there}."


def following(outside: Outside, known: "Collection[Outside]") -> Outside | None:
    """Return the later edition of it, if one is known."""
    edition = outside.file.get("edition")
    return next(
        (
            it
            for it in known
            if edition
            and it.file["code"] == outside.file["code"]
            and it.file.get("supersedes") == edition
        ),
        None,
    )


def preceding(outside: Outside, known: "Collection[Outside]") -> Outside | None:
    """Return the earlier edition that it follows, if that is known."""
    return next((it for it in known if following(it, [outside])), None)


def may_view(user: "User", framework: "OutsideFramework") -> Verdict:
    """Everybody in the trust who reads the policy. Agrees with ``visible_to``."""
    if framework.trust_id == user.trust_id and user.access.holds(Capability.POLICY_VIEW):
        return ALLOWED
    return denied("This framework belongs to another trust.")


def may_bring_in(user: "User", outside: Outside, known: "Collection[Outside]") -> Verdict:
    """Those who write the policy, an edition that is not there yet under any of its names."""
    for it in known:
        if outside.key == it.key or outside.label == it.label:
            whose = "Your trust has" if it.pk else "Trigpoint comes with"
            return denied(
                f"{whose} {it.label} already, and an edition never changes. "
                "Give the file another edition, or another code and name."
            )
    return may_draft(user, user.person.trust)


def may_remove(user: "User", framework: "OutsideFramework", named_count: int) -> Verdict:
    """Those who write the policy, as long as no version of it maps to the framework."""
    if named_count:
        return denied(
            f"The policy maps to {framework.label} in {named_count} "
            f"place{'' if named_count == 1 else 's'}, earlier versions included, so it is kept. "
            "Bring in a later edition that follows it instead."
        )
    return may_draft(user, framework.trust)
