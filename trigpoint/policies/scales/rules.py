"""What levels a scale may have: letters, shapes and colours that can be told apart."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypedDict

from trigpoint.policies.standards.models import Level
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.web.marks import ORDER, SHAPES

IN_WORDS = "In words"
FEWEST = 2  # levels of a scale
MOST = 8  # scales of a policy, besides judging in words


class Looks(TypedDict):
    """How one level looks, and the trust's word for it."""

    letter: str
    shape: str
    tone: str
    label: str


def looks_of(level: Level) -> Looks:
    """Return how a stored level looks."""
    return Looks(letter=level.letter, shape=level.shape, tone=level.tone, label=level.label)


def code_of(levels: Sequence[Looks]) -> str:
    """Return the letters of a scale's levels, best first: what it is known by."""
    return "".join(level["letter"] for level in levels)


def faults(levels: Sequence[Looks]) -> Iterator[str]:
    """Say everything that keeps some levels, best first, from being a scale."""
    if len(levels) < FEWEST:
        yield "A scale has at least two levels. To judge without levels, judge in words."
    tones = [level["tone"] for level in levels]
    if tones != sorted(set(tones), key=ORDER.index):
        yield (
            f"The colours go from best to worst, each once at most: {', '.join(ORDER)}. "
            f"Here: {', '.join(tones)}."
        )
    said = {
        "letter": [level["letter"] for level in levels],
        "shape": [level["shape"] for level in levels],
        "word": [level["label"].casefold() for level in levels],
    }
    for noun, seen in said.items():
        if twice := next((it for it in seen if seen.count(it) > 1), ""):
            yield f"Two levels have the {noun} “{twice}”. Each level of a scale has its own."


def told(name: str, levels: Sequence[Looks]) -> dict[str, str]:
    """Return what a scale says as named texts, the names its form gives them: a slot a colour."""
    by_tone = {level["tone"]: level for level in levels}
    said = {"name": name}
    for tone, usual in zip(ORDER, SHAPES, strict=True):
        unused = Looks(letter="", shape=usual, tone=tone, label="")
        level = by_tone.get(tone, unused)
        said |= {f"label-{tone}": level["label"], f"letter-{tone}": level["letter"]}
        said |= {f"shape-{tone}": level["shape"]}
    return said


def is_a_scale(name: str, levels: Sequence[Looks], *, taken: Mapping[str, str]) -> Verdict:
    """Whether some levels, best first, can be told apart, and from the scales there are.

    Args:
        name: of the scale.
        levels: how they look.
        taken: the names of the version's other scales by their letters, that of words among them.

    """
    if wrong := list(faults(levels)):
        return denied(" ".join(wrong))
    if len(taken) > MOST:
        return denied(f"A policy has {MOST} scales at most. Change one of those there are.")
    if (code := code_of(levels)) in taken:
        return denied(
            f"“{taken[code]}” has the letters {code} already, and a scale is known by its letters. "
            "Choose other letters."
        )
    if name.casefold() in {it.casefold() for it in taken.values()}:
        return denied(f"There is a scale “{name}” already. Give this one another name.")
    return ALLOWED


def keeps_colours(levels: Sequence[Looks], before: tuple[int, list[str]] | None) -> Verdict:
    """Whether letters that a version before used for a scale stand for the same colours still.

    A scale is known by its letters, and its colours say what is at standard: with other colours
    levels would move between one day and the next that nobody judged anew.

    Args:
        levels: how the scale's levels look.
        before: number of the version that had a scale of these letters, and its colours; None
            where none had.

    """
    if before is None or before[1] == [level["tone"] for level in levels]:
        return ALLOWED
    number, tones = before
    return denied(
        f"In version {number} the letters {code_of(levels)} stood for {', '.join(tones)}. Keep these "
        "colours, or give the scale other letters."
    )


def may_change(*, is_in_words: bool) -> Verdict:
    """Whether a scale is the trust's to change: judging in words has nothing to change."""
    if is_in_words:
        return denied("Judging in words has no levels. Add a scale and judge areas on it instead.")
    return ALLOWED


def may_go(areas: Sequence[str]) -> Verdict:
    """Whether a scale may be removed; ``areas`` names those that are judged on it."""
    if not areas:
        return ALLOWED
    verb = "is" if len(areas) == 1 else "are"
    return denied(
        f"{', '.join(areas)} {verb} judged on it. Judge them on another scale or in words first."
    )
