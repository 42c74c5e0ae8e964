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

    The total is known, so a hidden count alone could be subtracted out. Further ones are hidden
    with it, the smallest first, until at least two are hidden that together are ``below`` or more.

    Args:
        counts: how many gave each answer, all of them adding up to a known total.
        below: counts under this, and over 0, are hidden; never less than three.

    """
    least = max(below, LEAST_BELOW)
    some = sorted((key for key, count in counts.items() if count), key=lambda key: counts[key])
    hidden = [key for key in some if counts[key] < least]
    for key in some[len(hidden) :]:
        if not hidden or (len(hidden) > 1 and sum(counts[it] for it in hidden) >= least):
            break
        hidden.append(key)
    return {
        key: Shown(hidden=True) if key in hidden else Shown(count) for key, count in counts.items()
    }
