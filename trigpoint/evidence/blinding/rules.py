"""Who records a paired visit, and for whom a record of it waits."""

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING
from uuid import UUID

from trigpoint.records.refusals import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from trigpoint.people.models import User


def may_rate(user: "User", raters: AbstractSet[UUID]) -> Verdict:
    """Only the two a paired visit was planned for record it: a third account would open it."""
    if user.person_id in raters:
        return ALLOWED
    return denied(
        "That visit is planned as a pair, and only its two observers record it. Record what you saw "
        "as a visit of your own."
    )


def waits_for(
    author_id: UUID, *, raters: AbstractSet[UUID], handed_in: AbstractSet[UUID]
) -> UUID | None:
    """Return the other observer while they have not handed in; None once both have.

    Args:
        author_id: whose record was handed in just now.
        raters: the two.
        handed_in: everybody who has handed in a record of the visit, the author among them.

    """
    if author_id not in raters:
        return None
    return next(iter(sorted(raters - {author_id} - handed_in)), None)
