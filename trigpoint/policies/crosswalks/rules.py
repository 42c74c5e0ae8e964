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
    """What is known of one of our areas, as a screen has it.

    ``scale`` is the code of the scale its level is on. ``is_judged`` without a level is an area
    whose academies have none in the middle.
    """

    level: Levelled | None = None
    strength: str = ""
    url: str = ""
    overdue: bool = False
    scale: str = ""
    is_judged: bool = False


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
    def graded(self) -> list[Part]:
        """The areas with a level of a scale; what is judged in words has none."""
        return [it for it in self.parts if it.held.level and not is_in_words(it.held.level)]

    @property
    def lows(self) -> list["Low"]:
        """The area with the lowest level of each scale, as levels of two are not ranked."""
        by_scale: dict[str, list[Part]] = {}
        for part in self.graded:
            by_scale.setdefault(part.held.scale, []).append(part)
        return [Low(max(parts, key=_place), len(parts)) for parts in by_scale.values()]

    @property
    def lowest(self) -> Part | None:
        """The area with the lowest level; None where none has one, or several scales have."""
        if self.graded:
            return self.lows[0].part if len(self.lows) == 1 else None
        return next((part for part in self.parts if part.held.level), None)

    @property
    def words(self) -> str:
        """What the level of the item rests on: ``lowest of 3 areas, 1 in words, 1 not judged``."""
        if not self.parts:
            return NOT_COVERED
        lows = [low.words for low in self.lows]
        if len(lows) > 1:
            return ", ".join([f"{_areas(len(self.graded))} on {len(lows)} scales", *self._rest()])
        if lows:
            return ", ".join([*lows, *self._rest()])
        waiting = sum(not _is_judged(part) for part in self.parts)
        if waiting == len(self.parts) > 1:
            return f"{_areas(waiting)}, none judged"
        (first, noun), *more = self._uncounted()
        return ", ".join([f"{_areas(first)}, {noun}", *(f"{it} {said}" for it, said in more)])

    def _uncounted(self) -> list[tuple[int, str]]:
        """Return how many areas have no level to be the lowest of, and why."""
        wordy = sum(part.held.level is not None for part in self.parts) - len(self.graded)
        waiting = sum(not _is_judged(part) for part in self.parts)
        mixed = len(self.parts) - len(self.graded) - wordy - waiting
        counted = ((wordy, "in words"), (mixed, "without a middle level"), (waiting, "not judged"))
        return [(number, words) for number, words in counted if number]

    def _rest(self) -> list[str]:
        return [f"{number} {words}" for number, words in self._uncounted()]


@dataclass(frozen=True, slots=True)
class Low:
    """The area with the lowest level among those of an item that are judged on one scale."""

    part: Part
    count: int

    @property
    def words(self) -> str:
        """What the level is the lowest of."""
        return "from 1 area" if self.count == 1 else f"lowest of {_areas(self.count)}"


def _areas(count: int) -> str:
    return "1 area" if count == 1 else f"{count} areas"


def _is_judged(part: Part) -> bool:
    return part.held.level is not None or part.held.is_judged


def _place(part: Part) -> int:
    """Order the areas of one scale by how low the level is."""
    return position(part.held.level) if part.held.level else -1


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
