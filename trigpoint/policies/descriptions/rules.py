"""Comparing what a standard looks like at each level, also where its scale is another one."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

from trigpoint.policies.standards.rules import Change, changes


@dataclass(frozen=True, slots=True)
class Description:
    """What a standard looks like at one level; ``tone`` is the level's colour, ``label`` its word."""

    tone: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the descriptions of a standard, each counted once."""

    reworded: tuple[Change, ...] = ()
    added: tuple[Change, ...] = ()
    removed: tuple[Change, ...] = ()
    moved: tuple[str, ...] = ()  # "Strong standard, now Met": word for word the same


ALIKE: tuple[
    Callable[[Description], Hashable], ...
] = (  # what makes two the same, the surest first
    lambda it: (it.tone, it.text),
    lambda it: (it.label.casefold(), it.text),
    lambda it: it.tone,
    lambda it: it.label.casefold(),
)


def compare(
    before: Sequence[Description], after: Sequence[Description], *, on_another_scale: bool
) -> Outcome:
    """Say what became of the descriptions of a standard.

    One belongs to the level of its colour, as when an area is given another scale, or else to the
    level of the same word. Unchanged on another scale it has moved and was not reworded.
    """
    pairs, gone, new = _paired(before, after)
    moved = [(old, now) for old, now in pairs if on_another_scale and old.text == now.text]
    return Outcome(
        reworded=tuple(change for old, now in pairs for change in _change(now, old.text, now.text)),
        added=tuple(change for it in new for change in _change(it, "", it.text)),
        removed=tuple(change for it in gone for change in _change(it, it.text, "")),
        moved=tuple(_moved(old, now) for old, now in moved),
    )


def _paired(
    before: Sequence[Description], after: Sequence[Description]
) -> tuple[list[tuple[Description, Description]], list[Description], list[Description]]:
    """Return those that are the same level's, and what is left of each."""
    pairs: list[tuple[Description, Description]] = []
    gone, new = list(before), list(after)
    for key in ALIKE:
        found = {key(it): it for it in new}
        pairs += [(it, found[key(it)]) for it in gone if key(it) in found]
        paired = [it for pair in pairs for it in pair]
        gone, new = ([it for it in left if it not in paired] for left in (gone, new))
    return pairs, gone, new


def _change(level: Description, before: str, after: str) -> Iterator[Change]:
    yield from changes({level.label: before}, {level.label: after})


def _moved(old: Description, now: Description) -> str:
    return now.label if old.label == now.label else f"{old.label}, now {now.label}"
