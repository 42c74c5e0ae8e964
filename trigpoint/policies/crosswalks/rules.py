"""Reading our judgements through an outside framework. Nothing is converted and nothing averaged.

An item of the outside framework shows the areas of ours that map to it, each with its own level,
and the lowest of these as what it is: a level of ours (docs/decisions, on outside frameworks).
Everything here is values in, values out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from trigpoint.web.marks import Levelled, is_in_words, position

FITS = {
    "SAME": "same",
    "NARROWER": "ours is narrower",
    "WIDER": "ours is wider",
    "PARTIAL": "partly",
}
NOT_COVERED = "Nothing of ours covers it"


@dataclass(frozen=True, slots=True)
class Match:
    """One row of the crosswalk. ``standard`` is a code, empty where the whole area is mapped."""

    lineage: str
    item: str
    fit: str
    area: str = ""
    standard: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One of our areas behind an item, and how well it fits, in words."""

    lineage: str
    area: str
    fit: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an outside framework, with our areas behind it in the order of the policy."""

    code: str
    name: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of one of our areas, as a screen has it."""

    level: Levelled | None = None
    strength: str = ""
    url: str = ""
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One of our areas behind an item, with what is known of it."""

    source: Source
    held: Held


@dataclass(frozen=True, slots=True)
class Seen:
    """One item with what our areas say. Every level in it is one of ours."""

    item: Item
    parts: tuple[Part, ...]

    @property
    def lowest(self) -> Part | None:
        """The area with the lowest level; None where none is judged."""
        judged = [part for part in self.parts if part.held.level]
        return max(judged, key=_place, default=None)

    @property
    def words(self) -> str:
        """What the level of the item rests on: ``lowest of 3 areas, 1 not judged``."""
        if not self.parts:
            return NOT_COVERED
        count = len(self.parts)
        waiting = sum(part.held.level is None for part in self.parts)
        of = "from 1 area" if count == 1 else f"lowest of {count} areas"
        if waiting == count:
            return "1 area, not judged" if count == 1 else f"{count} areas, none judged"
        return f"{of}, {waiting} not judged" if waiting else of


def _place(part: Part) -> int:
    """Order by how low the level is; what is judged in words is behind whatever has a level."""
    level = part.held.level
    return -1 if level is None or is_in_words(level) else position(level)


def items(
    named: Iterable[tuple[str, str]], matches: Iterable[Match], order: Sequence[str]
) -> list[Item]:
    """Put our areas behind the items of a framework.

    Args:
        named: code and name of each item, in the order of the framework.
        matches: what the policy says of this framework.
        order: lineages of our areas, in the order of the policy.

    """
    kept = sorted(matches, key=lambda it: (it.item, order.index(it.lineage)))
    sources = {
        item: tuple(_source(list(rows)) for _, rows in groupby(group, key=lambda it: it.lineage))
        for item, group in groupby(kept, key=lambda it: it.item)
    }
    return [Item(code, name, sources.get(name, ())) for code, name in named]


def _source(rows: Sequence[Match]) -> Source:
    """Say how an area fits: as a whole where that is mapped, else through its standards."""
    whole = [FITS[row.fit] for row in rows if not row.standard]
    fit = " and ".join(dict.fromkeys(whole)) or f"partly, through {_listed(rows)}"
    return Source(rows[0].lineage, rows[0].area, fit)


def _listed(rows: Sequence[Match]) -> str:
    codes = list(dict.fromkeys(row.standard for row in rows))
    return codes[0] if len(codes) == 1 else f"{', '.join(codes[:-1])} and {codes[-1]}"


def seen(through: Iterable[Item], held: Mapping[str, Held]) -> list[Seen]:
    """Show what is known of our areas, by lineage, under every item they map to."""
    return [
        Seen(
            item,
            tuple(Part(source, held.get(source.lineage, Held())) for source in item.sources),
        )
        for item in through
    ]
