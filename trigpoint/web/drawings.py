"""Small drawings in SVG without inline styles: bars, trends over terms, self-review against trust.

Each carries its meaning in words for those who do not see it, so it also prints and is read out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from trigpoint.web.marks import EMPTY, ORDER, Levelled, is_in_words, level_word

TREND_WIDTH, TREND_HEIGHT, TREND_MARGIN = 168, 36, 10
LANE_TOP, LANE_BOTTOM = 4.0, 32.0
RAIL_LEFT, RAIL_RIGHT, RAIL_Y = 12.0, 116.0, 13.0
USUAL_STEPS = len(ORDER)  # drawn where nothing is judged


class Placed(Levelled, Protocol):
    """What a level must offer to be placed among the others of its scale."""

    @property
    def rank(self) -> int:
        """Its place on its scale, from 1, the best."""

    @property
    def steps(self) -> int:
        """How many levels its scale has."""


@dataclass(frozen=True, slots=True)
class Point:
    """One term of a trend; ``breaks`` marks a changed meaning.

    Without a level, also where it was judged in words, it is a gap in the line.
    """

    when: str
    level: Placed | None
    breaks: bool = False

    @property
    def height(self) -> float | None:
        """How far down its lane is, the best of its scale on top; None for a gap."""
        if self.level is None or is_in_words(self.level):
            return None
        return LANE_TOP + (LANE_BOTTOM - LANE_TOP) * _share(self.level)


def bar(value: float, of: float, *, width: int = 120) -> SafeString:
    """Draw a bar filled to ``value`` of ``of``; over-full is drawn full and marked as over."""
    share = 0.0 if of <= 0 else min(max(value / of, 0.0), 1.0)
    return format_html(
        '<svg class="tp-bar{over}" viewBox="0 0 {width} 8" width="{width}" height="8" aria-hidden="true">'
        '<rect class="tp-bar-track" width="{width}" height="8" rx="4"/>'
        '<rect class="tp-bar-fill" width="{fill}" height="8" rx="4"/></svg>',
        over=" tp-bar--over" if value > of else "",
        width=width,
        fill=f"{share * width:.1f}",
    )


def meter(value: int, of: int, *, noun: str = "") -> SafeString:
    """Draw a bar with "6 of 8" beside it."""
    return format_html(
        '<span class="tp-row tp-meter-row">{}<span class="tp-num tp-nowrap">{} of {}{}</span></span>',
        bar(value, of),
        value,
        of,
        f" {noun}" if noun else "",
    )


def _path(places: Sequence[tuple[float, Point]]) -> str:
    """Return the steps of the line; a term without a level, or a changed meaning, lifts the pen."""
    parts: list[str] = []
    drawing = False
    for x, point in places:
        if point.height is None:
            drawing = False
            continue
        y = f"{point.height:.1f}"
        pen_down = drawing and not point.breaks
        parts.append(f"H{x:.0f}V{y}" if pen_down else f"M{x:.0f} {y}")
        drawing = True
    return "".join(parts)


def trend(points: Sequence[Point]) -> SafeString:
    """Draw how one level moved over the terms, oldest first, the latest with the largest dot."""
    if not any(point.level for point in points):
        return format_html('<span class="tp-muted">{}</span>', "No earlier judgement")
    if all(point.height is None for point in points):
        return format_html('<span class="tp-muted">{}</span>', "Judged in words")
    step = (TREND_WIDTH - 2 * TREND_MARGIN) / max(len(points) - 1, 1)
    places = [(TREND_MARGIN + step * index, point) for index, point in enumerate(points)]
    dots = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="{}" fill="currentColor"/>',
        (
            (f"{x:.0f}", f"{point.height:.1f}", "4.5" if point is points[-1] else "2.5")
            for x, point in places
            if point.height is not None
        ),
    )
    breaks = format_html_join(
        "",
        '<line class="break" x1="{0}" x2="{0}" y1="0" y2="36"/>',
        ((f"{x - step / 2:.0f}",) for x, point in places if point.breaks),
    )
    return format_html(
        '<svg class="tp-trend" viewBox="0 0 168 36" width="168" height="36" aria-hidden="true">'
        '<line class="lane" x1="0" x2="168" y1="18" y2="18"/>{}<path class="path" d="{}"/>{}</svg>'
        '<span class="visually-hidden">{}</span>',
        breaks,
        _path(places),
        dots,
        _spoken(points),
    )


def _spoken(points: Sequence[Point]) -> str:
    return "; ".join(
        f"{point.when}: {level_word(point.level)}{', meaning changed' if point.breaks else ''}"
        for point in points
    )


def _share(level: Placed) -> float:
    """Return how far from the best of its scale a level is: 0 for the best, 1 for the worst."""
    return (level.rank - 1) / (level.steps - 1)


def _along(level: Placed) -> float:
    """Place a level on the rail, worst on the left."""
    return RAIL_RIGHT - (RAIL_RIGHT - RAIL_LEFT) * _share(level)


def comparison(own: Placed | None, trust: Placed | None, *, meaning: str = "") -> SafeString:
    """Draw the school's own view (ring) against the trust's (square) on one rail.

    The rail has as many marks as the scale of the two has levels. What is judged in words has no place on it, and is said. Where the meaning changed between the
    two, ``meaning`` says how, and they are said and not drawn against each other.
    """
    if own and trust and meaning:
        words = f"School: {own.label}, trust: {trust.label}"
        return format_html(
            '<span class="tp-xs tp-2" title="{}">{}. Not compared</span>', meaning, words
        )
    ours, theirs = _on_the_rail(own), _on_the_rail(trust)
    if own and trust and not (ours or theirs):
        return format_html('<span class="tp-muted">{}</span>', "Both in words")
    placed = ours or theirs
    ticks = _ticks(placed.steps if placed else USUAL_STEPS)
    return format_html(
        '<svg class="tp-gapviz" viewBox="0 0 130 26" width="130" height="26" aria-hidden="true">'
        '<line class="rail" x1="12" x2="116" y1="13" y2="13"/>{}{}{}{}</svg>'
        '<span class="visually-hidden">School: {}. Trust: {}.</span>',
        ticks,
        _gap(ours, theirs),
        _own(ours, theirs),
        _trust(theirs),
        level_word(own),
        level_word(trust),
    )


def _ticks(steps: int) -> SafeString:
    apart = (RAIL_RIGHT - RAIL_LEFT) / (steps - 1)
    return format_html_join(
        "",
        '<circle class="tick" cx="{}" cy="13" r="2.5"/>',
        ((f"{RAIL_LEFT + apart * index:.0f}",) for index in range(steps)),
    )


def _on_the_rail(level: Placed | None) -> Placed | None:
    return None if level is None or is_in_words(level) else level


def _gap(own: Placed | None, trust: Placed | None) -> SafeString:
    if own is None or trust is None or own.rank == trust.rank:
        return EMPTY
    return format_html(
        '<line class="gap" x1="{}" x2="{}" y1="13" y2="13"/>',
        f"{_along(own):.0f}",
        f"{_along(trust):.0f}",
    )


def _own(own: Placed | None, trust: Placed | None) -> SafeString:
    if own is None:
        return EMPTY
    together = trust is not None and own.rank == trust.rank
    return format_html(
        '<circle class="self" cx="{}" cy="13" r="{}"/>',
        f"{_along(own):.0f}",
        "9" if together else "6.5",
    )


def _trust(trust: Placed | None) -> SafeString:
    if trust is None:
        return EMPTY
    left = f"{_along(trust) - 5.5:.1f}"
    return format_html('<rect class="trust" x="{}" y="7.5" width="11" height="11" rx="1.5"/>', left)
