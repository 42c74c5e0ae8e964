"""When an academy is next due a look at an area, by the cadence the policy promises."""

from collections.abc import Iterable
from datetime import date

from trigpoint.policies.models import CadenceRule

MONTHS_A_TERM = 4  # three terms a year
MONTHS_A_HALF_TERM = 2
LOOKS = frozenset(
    {"TRUST", "DEEP_DIVE", "EXTERNAL", "PEER"}
)  # a self-review is not a look by others


def months_between_looks(rules: Iterable[CadenceRule], *, area: str, tier: int) -> int | None:
    """Return how many months may pass between looks at an area of an academy of a tier.

    The most particular rules decide: those for the area and the tier before those for the tier,
    before those for the area, before those for all. Among them the most frequent counts.

    Returns:
        Whole months, or None when the policy promises nothing.

    """
    by_fit: dict[tuple[bool, bool], list[int]] = {}
    for rule in rules:
        fits_area = rule.area is None or rule.area.lineage == area
        fits_tier = rule.tier is None or rule.tier == tier
        if rule.review_kind in LOOKS and fits_area and fits_tier:
            fit = (rule.tier is not None, rule.area is not None)
            by_fit.setdefault(fit, []).append(_months(rule))
    return min(by_fit[max(by_fit)]) if by_fit else None


def next_due(*, last_on: date | None, since: date, months: int | None) -> date | None:
    """Return the day by which the next look is due.

    Args:
        last_on: the day of the last judgement, None when there was none.
        since: the day the promise began; an area never looked at is due so long after it.
        months: months between looks; None when nothing is promised.

    """
    return None if months is None else add_months(last_on or since, months)


def add_months(day: date, months: int) -> date:
    """Return the same day of the month so many months on, or the month's last day if it is shorter."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    next_month = date(year + month // 12, month % 12 + 1, 1)
    last_day = (next_month - date(year, month, 1)).days
    return date(year, month, min(day.day, last_day))


def _months(rule: CadenceRule) -> int:
    if rule.every == CadenceRule.Every.TERM:
        return MONTHS_A_TERM
    if rule.every == CadenceRule.Every.HALF_TERM:
        return MONTHS_A_HALF_TERM
    return rule.months or 12
