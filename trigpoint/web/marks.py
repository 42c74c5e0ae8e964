"""The two marks that never change: the level (shape, letter, word) and the strength of evidence.

Drawn here and nowhere else, so that every screen, grid and report shows them alike. The shapes
stand once on each page (``web/_marks.html``); these functions only point at them.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from trigpoint.web import icons

TONES = "esmau"  # best first; the order of shapes and letters never changes
STRENGTHS = {"THIN": (1, "Thin"), "FAIR": (2, "Fair"), "STRONG": (3, "Strong")}
NOT_JUDGED = "Not judged"
NO_EVIDENCE = "No evidence yet"
EMPTY = SafeString("")


class Levelled(Protocol):
    """What a level must offer to be drawn: policies' ``Level`` has both."""

    @property
    def mark(self) -> str:
        """Its letter, which is also its shape: E star, S house, M circle, A diamond, U octagon."""

    @property
    def label(self) -> str:
        """The trust's own word for the level."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A level read as plain values, for grids that never load the model."""

    mark: str
    label: str


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


@lru_cache(maxsize=32)
def mark_of(tone: str, size: str = "") -> SafeString:
    """Draw the shape and letter of a tone: e, s, m, a, u, or n for none."""
    return format_html(
        '<svg class="tp-lv tp-lv--{0}{1}" aria-hidden="true"><use href="#lv-{0}"/></svg>',
        tone,
        f" tp-lv--{size}" if size else "",
    )


def tone_of(level: Levelled | None) -> str:
    """Return the name of the level's colour and shape, ``n`` for none.

    Raises:
        ValueError: the mark is none of E, S, M, A, U.

    """
    if level is None:
        return "n"
    tone = level.mark.lower()
    if len(tone) != 1 or tone not in TONES:
        msg = f"There is no level mark {level.mark!r}."
        raise ValueError(msg)
    return tone


def position(level: Levelled) -> int:
    """Return how far from the best the level is: 0 for E to 4 for U."""
    return TONES.index(tone_of(level))


def level_word(level: Levelled | None) -> str:
    """Return the level's word, or that nothing was judged."""
    return NOT_JUDGED if level is None else level.label


def level_mark(level: Levelled | None, size: str = "") -> SafeString:
    """Draw the shape with its letter, for the eye only; write the word beside it."""
    return mark_of(tone_of(level), size)


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
