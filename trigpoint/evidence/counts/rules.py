"""Hides small counts, and as many others as it takes that they cannot be worked out."""

from collections.abc import Mapping
from dataclasses import dataclass

LEAST_BELOW = 3  # whatever a trust sets, a count of one or two is never shown


@dataclass(frozen=True, slots=True)
class Shown:
    """How many gave one answer; ``hidden`` means some, but how many is not said."""

    count: int = 0
    hidden: bool = False


def shown(counts: Mapping[str, int], *, below: int) -> dict[str, Shown]:
    """Return the counts of one question, those that would give somebody away hidden.

    The total is known and so is this rule, so small counts are never hidden alone: the next larger
    number goes with them, everywhere it stands. What is hidden is chosen by its number and never by
    its place; any two of the hidden could be exchanged, and none of them can be worked out. Where
    no answer was given by three, the noughts are hidden as well: of as many people as other answers
    they would tell that each was given once.

    Args:
        counts: how many gave each answer, all of them adding up to a known total of ``below`` or more.
        below: counts under this, and over 0, are hidden; never less than three.

    """
    given = set(counts.values()) - {0}
    small = {count for count in given if count < max(below, LEAST_BELOW)}
    beside = {min(given - small)} if small and given - small else set()
    hidden = small | beside
    if given and max(given) < LEAST_BELOW:
        hidden.add(0)
    return {
        key: Shown(hidden=True) if count in hidden else Shown(count)
        for key, count in counts.items()
    }
