"""Where the two accounts of a paired visit agree, counted and never ranked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from trigpoint.evidence.entries.models import LookForMark
from trigpoint.instruments.answers.rules import in_words, repeats_of
from trigpoint.instruments.contents.rules import DECIDE, Part, Question, parts

FEWEST_FOR_A_COEFFICIENT = 20  # pairs; below, one more visit would turn any number round
STEPS = {LookForMark.Seen.SEEN: 0, LookForMark.Seen.PARTLY: 1, LookForMark.Seen.NOT_SEEN: 2}


class Fit(StrEnum):
    """How two accounts of one thing stand to each other."""

    SAME = "SAME"
    NEAR = "NEAR"
    APART = "APART"
    ONE = "ONE"

    @property
    def words(self) -> str:
        """The same for the screen."""
        return {
            Fit.SAME: "The same",
            Fit.NEAR: "A step apart",
            Fit.APART: "Different",
            Fit.ONE: "One of the two",
        }[self]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing both were asked, and what each said in words; empty where one said nothing."""

    label: str
    first: str
    second: str
    fit: Fit


@dataclass(frozen=True, slots=True)
class Tally:
    """How often the two agree, among what both said something about."""

    same: int
    near: int
    apart: int
    one: int

    @property
    def both(self) -> int:
        """How much both said something about."""
        return self.same + self.near + self.apart

    @property
    def is_few(self) -> bool:
        """Say whether it is too little for a coefficient to mean anything."""
        return self.both < FEWEST_FOR_A_COEFFICIENT


def marks_beside(
    labels: Mapping[Any, str], first: Mapping[Any, str], second: Mapping[Any, str]
) -> list[Line]:
    """Set the look-for marks of two records side by side, in the order of ``labels``.

    Args:
        labels: the text of each look-for by its id.
        first: the marks of one observer by look-for.
        second: those of the other.

    """
    return [
        Line(label, _seen(first.get(key)), _seen(second.get(key)), _fit(first.get(key), second.get(key)))
        for key, label in labels.items()
        if key in first or key in second
    ]  # fmt: skip


def _seen(mark: str | None) -> str:
    return str(LookForMark.Seen(mark).label) if mark else ""


def _fit(first: str | None, second: str | None) -> Fit:
    if first is None or second is None:
        return Fit.ONE
    apart = abs(STEPS[LookForMark.Seen(first)] - STEPS[LookForMark.Seen(second)])
    return (Fit.SAME, Fit.NEAR, Fit.APART)[apart]


def choices_beside(
    form: Mapping[str, Any], first: Mapping[str, Any], second: Mapping[str, Any]
) -> list[Line]:
    """Set the choices of two records side by side. They are the same or not: no form ranks them.

    A part that repeats is compared time by time: the first one's first beside the other's first.
    """
    return [
        line
        for part in parts(form)
        for before, one, other in _times(part, first, second)
        for question in part["questions"]
        if question["type"] in DECIDE and (line := _chosen(before, question, one, other))
    ]


def _times(
    part: Part, first: Mapping[str, Any], second: Mapping[str, Any]
) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Go through the times a part was answered: how each is headed, and what the two said."""
    if "repeats" not in part:
        yield "", first, second
        return
    nothing: Mapping[str, Any] = {}
    both = zip_longest(repeats_of(part, first), repeats_of(part, second), fillvalue=nothing)
    for number, (one, other) in enumerate(both, start=1):
        yield f"{part['repeats']['word']} {number}: ", one, other


def _chosen(
    before: str, question: Question, first: Mapping[str, Any], second: Mapping[str, Any]
) -> Line | None:
    one = {"sections": [{"questions": [question]}]}
    said = ["".join(it.words for it in in_words(one, answers)) for answers in (first, second)]
    if not any(said):
        return None
    fit = Fit.ONE if not all(said) else Fit.SAME if said[0] == said[1] else Fit.APART
    return Line(before + question["label"], said[0], said[1], fit)


def tally(lines: Iterable[Line]) -> Tally:
    """Count the lines by how they fit."""
    fits = [line.fit for line in lines]
    return Tally(*(fits.count(fit) for fit in (Fit.SAME, Fit.NEAR, Fit.APART, Fit.ONE)))
