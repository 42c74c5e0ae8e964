"""Drawing words. The same seed gives the same words; no two neighbours are alike."""

import random
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, TypeVar

import yaml

SMALL_AFTER_A_STOP = re.compile(r"(?<=[.!?] )[a-z]")
TAIL_SHARE = 0.45
NOT_LOWERED = frozenset({"English"})
DATA = Path(__file__).resolve().parent.parent / "data"
T = TypeVar("T")


@cache
def read(name: str) -> Mapping[str, Any]:
    """Return one of the demo's word lists, by its name in ``data``."""
    text = (DATA / f"{name}.yaml").read_text(encoding="utf-8")
    words: Mapping[str, Any] = yaml.safe_load(text)
    return words


class Words:
    """A seeded dice that does not repeat itself until it has used everything once."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 -- a story's dice, the same every time
        self._bags: dict[str, list[Any]] = {}
        self._given: set[str] = {*read("trust")["cast"].values()}

    def draw(self, bag: str, options: Sequence[T]) -> T:
        """Take one option; each is taken once before any comes again, never twice running."""
        left = self._bags.get(bag, [])
        if not left:
            left = list(options)
            self.dice.shuffle(left)
            last = self._bags.get(f"{bag} last", [None])[0]
            if len(left) > 1 and left[-1] == last:
                left[0], left[-1] = left[-1], left[0]
        drawn: T = left.pop()
        self._bags[bag] = left
        self._bags[f"{bag} last"] = [drawn]
        return drawn

    def chance(self, share: float) -> bool:
        """Say yes in this share of cases, 0 to 1."""
        return self.dice.random() < share

    def between(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return self.dice.randint(low, high)

    def name(self) -> str:
        """Return a person's name, first and last, invented and given to nobody else."""
        lists = read("trust")
        while True:
            first = self.draw("first names", lists["first_names"])
            name = f"{first} {self.draw('last names', lists['last_names'])}"
            if name not in self._given:
                self._given.add(name)
                return name

    def fill(self, template: str, slots: Mapping[str, object]) -> str:
        """Fill a template's slots; those not given are drawn (who, word, n, m, k)."""
        wanted = {name for _, name, _, _ in Formatter().parse(template) if name}
        filled = {name: slots[name] for name in wanted & set(slots)}
        filled |= {name: self._drawn(name) for name in wanted - set(filled)}
        if {"n", "m"} <= wanted and "n" not in slots:
            total = self.between(6, 12)
            filled["m"], filled["n"] = total, self._part(total, slots)
        text = template.format(**filled)
        text = text[0].upper() + text[1:]
        return SMALL_AFTER_A_STOP.sub(lambda found: found.group().upper(), text)

    def note(self, kind: str, note_kind: str, slots: Mapping[str, object]) -> str:
        """Return what an observer wrote on an activity of a kind."""
        lists = read("notes")
        templates: Sequence[str] = lists[kind].get(note_kind) or lists[note_kind]
        text = self.fill(self.draw(f"{kind} {note_kind}", templates), slots)
        tails: Sequence[str] = lists["tails"].get(note_kind, ())
        if not tails or text.endswith("\N{RIGHT DOUBLE QUOTATION MARK}"):
            return text
        if not self.chance(TAIL_SHARE):
            return text
        return f"{text} {self.fill(self.draw(f'tails {note_kind}', tails), slots)}"

    def said(self, options: Sequence[str], bag: str, subject: str = "") -> str:
        """Return one of a claim's, finding's or action's wordings about a subject or the academy."""
        where = f" in {spoken(subject)}" if subject else ""
        text = self.draw(bag, options).replace("{in}", where or "")
        return self.fill(text, {"subject": spoken(subject) if subject else "the academy"})

    def title(self, kind: str, slots: Mapping[str, object]) -> str:
        """Return a record's title."""
        titles: Sequence[str] = read("notes")[kind]["title"]
        return self.fill(self.draw(f"{kind} title", titles), slots)

    def topic(self, subject: str) -> str:
        """Return something taught in a subject."""
        topics: Mapping[str, Sequence[str]] = read("trust")["topics"]
        return self.draw(f"topic {subject}", topics.get(subject) or topics["Reading"])

    def _drawn(self, name: str) -> object:
        if name in ("who", "word"):
            options: Sequence[str] = read("notes")[name]
            return self.draw(name, options)
        return self.between(4, 6) if name == "k" else self.between(3, 6)

    def _part(self, total: int, slots: Mapping[str, object]) -> int:
        """Return how many of the total, following the level the story wants to show."""
        rank = int(str(slots.get("rank", 3)))
        share = (0.95, 0.85, 0.7, 0.5, 0.3)[rank - 1]
        return max(1, min(total, round(total * share) + self.between(-1, 1)))


def spoken(subject: str) -> str:
    """Write a subject as it stands inside a sentence: reading, but English."""
    return subject if subject in NOT_LOWERED else subject[:1].lower() + subject[1:]
