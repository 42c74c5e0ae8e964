"""The two marks: the level (shape, letter, word) and the strength of evidence.

Drawn here and nowhere else, so that every screen, grid and report shows them alike. The shapes
stand once on each page (``web/_marks.html``); these functions only point at them. Which letter,
shape and colour a level has is the policy's choice from what is safe to tell apart: see ``TONES``
and ``SHAPES``.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from trigpoint.web import icons

TONES = {  # best first, each with its name in the stylesheet; a scale takes some, in this order
    "deep-teal": "e",
    "teal": "s",
    "stone": "m",
    "amber": "a",
    "rust": "u",
}
ORDER = tuple(TONES)
AT_STANDARD = frozenset(ORDER[:3])  # amber and rust are below, on every scale
WORDS = "words"  # the tone of what is judged in words, without a level
STYLES = {**TONES, WORDS: "w"}
SHAPES = ("star", "house", "circle", "diamond", "octagon")
LINES = "lines"  # the shape of what is judged in words
NONE = "n"
BASELINES = {"house": "17.6"}  # where a letter stands in a shape; 16.4 in the others
STRENGTHS = {"THIN": (1, "Thin"), "FAIR": (2, "Fair"), "STRONG": (3, "Strong")}
NOT_JUDGED = "Not judged"
NO_EVIDENCE = "No evidence yet"
EMPTY = SafeString("")


class Levelled(Protocol):
    """What a level must offer to be drawn: policies' ``Level`` has it all."""

    @property
    def letter(self) -> str:
        """Its letter; empty where something is judged in words."""

    @property
    def shape(self) -> str:
        """One of ``SHAPES``, or ``LINES``."""

    @property
    def tone(self) -> str:
        """One of ``TONES``, or ``WORDS``."""

    @property
    def label(self) -> str:
        """The trust's own word for the level."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A level read as plain values, for what never loads the model and for what is kept.

    ``rank`` counts from 1, the best, on the level's own scale.
    """

    letter: str
    shape: str
    tone: str
    label: str
    rank: int = 1

    @property
    def code(self) -> str:
        """What tells it from other levels, also of other scales, in addresses and counts."""
        return f"{self.tone}-{self.letter}" if self.letter else self.tone


@lru_cache(maxsize=512)
def icon(name: str, size: str = "", extra: str = "") -> SafeString:
    """Draw an icon for the eye only; the word beside it is what is read out.

    Args:
        name: a name from the sprite, such as ``calendar-week``; empty draws nothing.
        size: ``sm`` for the small one.
        extra: further CSS classes.

    Raises:
        ValueError: the sprite has no such icon.

    """
    if not name:
        return EMPTY
    if name not in icons.names():
        msg = f"There is no icon {name!r}: add it to ICONS in the vendor command and run `make vendor`."
        raise ValueError(msg)
    size_class = f" tp-icon--{size}" if size else ""
    return format_html(
        '<svg class="tp-icon{}{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        size_class,
        f" {extra}" if extra else "",
        static("web/icons.svg"),
        name,
    )


@lru_cache(maxsize=512)
def mark_of(style: str, shape: str, letter: str, size: str = "") -> SafeString:
    """Draw a shape with a letter in it; ``style`` is the stylesheet's word for its colours."""
    return format_html(
        '<svg class="tp-lv tp-lv--{}{}" viewBox="0 0 24 24" aria-hidden="true">'
        '<use href="#lv-{}"/>{}</svg>',
        style,
        f" tp-lv--{size}" if size else "",
        shape,
        _letter(letter, shape),
    )


def _letter(letter: str, shape: str) -> SafeString:
    if not letter:
        return EMPTY
    base = BASELINES.get(shape, "16.4")
    return format_html('<text class="lv-letter" x="12" y="{}">{}</text>', base, letter)


def style_of(level: Levelled | None) -> str:
    """Return the stylesheet's word for the level's colours, ``n`` for none.

    Raises:
        ValueError: the tone is none of the known ones.

    """
    if level is None:
        return NONE
    if level.tone not in STYLES:
        msg = f"There is no tone {level.tone!r}."
        raise ValueError(msg)
    return STYLES[level.tone]


def is_in_words(level: Levelled) -> bool:
    """Say whether something is judged in words, without a level."""
    return level.tone == WORDS


def position(level: Levelled) -> int:
    """Return how far from the best the level's colour is: 0 for deep teal to 4 for rust.

    It orders levels of different scales. What is judged in words comes behind them all.
    """
    return len(ORDER) if is_in_words(level) else ORDER.index(level.tone)


def level_word(level: Levelled | None) -> str:
    """Return the level's word, or that nothing was judged."""
    return NOT_JUDGED if level is None else level.label


def level_mark(level: Levelled | None, size: str = "") -> SafeString:
    """Draw the shape with its letter, for the eye only; write the word beside it."""
    style = style_of(level)
    if level is None:
        return mark_of(style, "none", "", size)
    return mark_of(style, level.shape, level.letter, size)


def level(level: Levelled | None, size: str = "") -> SafeString:
    """Draw the mark and its word."""
    return format_html(
        '<span class="tp-level{}">{}<span>{}</span></span>',
        f" tp-level--{size}" if size else "",
        level_mark(level),
        level_word(level),
    )


def strength_word(strength: str | None) -> str:
    """Return "Strong evidence"; always with its noun, because "Strong" is also a level."""
    return f"{STRENGTHS[strength][1]} evidence" if strength else NO_EVIDENCE


@lru_cache(maxsize=32)
def strength_mark(strength: str | None, size: str = "") -> SafeString:
    """Draw the triangle with one, two or three filled corners, for the eye only."""
    return format_html(
        '<svg class="tp-st{}" viewBox="0 0 24 24" aria-hidden="true"><use href="#st-{}"/></svg>',
        f" tp-st--{size}" if size else "",
        STRENGTHS[strength][0] if strength else 0,
    )


def strength(strength: str | None, *, short: bool = False, size: str = "") -> SafeString:
    """Draw the mark and its words. ``short`` drops the noun, under an *Evidence* heading only."""
    word = strength_word(strength)
    if short and strength:
        word = STRENGTHS[strength][1]
    return format_html(
        '<span class="tp-strength">{}<span>{}</span></span>', strength_mark(strength, size), word
    )


def change(steps: int, *, since: str = "last term") -> SafeString:
    """Draw how a level moved: up or down with the word, nothing when it stayed."""
    if steps == 0:
        return EMPTY
    up = steps > 0
    return format_html(
        '<span class="tp-change">{}<span class="visually-hidden">{} since {}</span></span>',
        icon("arrow-up" if up else "arrow-down"),
        "Up" if up else "Down",
        since,
    )
