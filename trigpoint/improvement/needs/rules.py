"""Who may record a need, and how totals are kept from giving anybody away."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from trigpoint.improvement.needs.models import DevelopmentNeed
from trigpoint.people.roles import Capability
from trigpoint.records.refusals import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Total:
    """A number of people as it may be shown. ``hidden`` means: some, but too few to say how many."""

    count: int = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ThemeTotals:
    """One theme: a total for each group, and the sum of those that are shown.

    ``at_least`` adds up shown totals only, so that no hidden one can be worked out from it.
    ``academy_count`` is 0 where every group is hidden: it would say how many people there are at least.
    """

    theme: str
    groups: tuple[Total, ...]
    at_least: int
    any_hidden: bool
    academy_count: int
    theme_id: UUID | None = None


def suppressed(count: int, *, below: int) -> Total:
    """Return a count of people as it may be shown.

    Args:
        count: people, >= 0.
        below: counts under this, and over 0, are hidden.

    Raises:
        ValueError: a count is negative.

    """
    if count < 0:
        msg = f"A count of people cannot be {count}."
        raise ValueError(msg)
    return Total(hidden=True) if 0 < count < below else Total(count)


def theme_totals(
    theme: str,
    counts: Mapping[str, int],
    *,
    groups: tuple[str, ...],
    below: int,
    academy_count: int,
    theme_id: UUID | None = None,
) -> ThemeTotals:
    """Return one row of the table, small groups hidden and the row's sum made of shown ones only."""
    totals = tuple(suppressed(counts.get(group, 0), below=below) for group in groups)
    return ThemeTotals(
        theme=theme,
        groups=totals,
        at_least=sum(total.count for total in totals),
        any_hidden=any(total.hidden for total in totals),
        academy_count=academy_count if any(total.count for total in totals) else 0,
        theme_id=theme_id,
    )


def may_view(user: "User", need: DevelopmentNeed) -> Verdict:
    """The person it is about. Agrees with ``visible_to``; others see totals."""
    if need.trust_id == user.trust_id and need.person_id == user.person_id:
        return ALLOWED
    return denied("A person's need is theirs to see. Others see totals under Training needs.")


def may_raise_need(user: "User", *, trust_id: UUID, academy_id: UUID) -> Verdict:
    """Whoever raises findings or adds actions at the academy."""
    capabilities = (Capability.FINDING_RAISE, Capability.ACTION_RAISE)
    if any(
        user.access.covers(capability, trust_id=trust_id, academy_id=academy_id)
        for capability in capabilities
    ):
        return ALLOWED
    return denied("Only a reviewer or the academy's headteacher can record a need.")


def may_meet(user: "User", need: DevelopmentNeed) -> Verdict:
    """The person it is about, while it stands."""
    verdict = may_view(user, need)
    if verdict and need.status == DevelopmentNeed.Status.MET:
        return denied("This need is met already.")
    return verdict
