"""The five levels of the scale that the product ships with, and what is judged in words."""

from dataclasses import dataclass

from trigpoint.web.marks import Shown

FIVE = (
    Shown("E", "star", "deep-teal", "Exceptional", 1),
    Shown("S", "house", "teal", "Strong standard", 2),
    Shown("M", "circle", "stone", "Meets standard", 3),
    Shown("A", "diamond", "amber", "Needs attention", 4),
    Shown("U", "octagon", "rust", "Urgent improvement", 5),
)
IN_WORDS = Shown("", "lines", "words", "In words", 1)


def shown(letter, label=None):
    """Return one of the five by its letter, with another word for it if one is given."""
    level = next(it for it in FIVE if it.letter == letter)
    return Shown(level.letter, level.shape, level.tone, label or level.label, level.rank)


@dataclass(frozen=True, slots=True)
class Placed(Shown):
    """A level that can be drawn among the others of its scale: it says how many these are."""

    steps: int = len(FIVE)


def placed(letter, label=None):
    """Return one of the five by its letter, to be drawn among the others."""
    it = shown(letter, label)
    return Placed(it.letter, it.shape, it.tone, it.label, it.rank)


MET_OR_NOT = {
    "name": "Met or not",
    "levels": [
        {"letter": "Y", "shape": "circle", "tone": "stone", "label": "Met"},
        {"letter": "N", "shape": "octagon", "tone": "rust", "label": "Not met"},
    ],
}
