"""For which visits a device puts a page by, before there is no signal."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from trigpoint.reviews.models import Activity, Review
    from trigpoint.trusts.models import Academy, Team

MOST_PLACES = 3  # reviews and academies, each with every kind of visit: some sixty pages at most


def put_by(
    activities: "Iterable[Activity]",
    *,
    drafts: Iterable[UUID],
    reviews: "Sequence[Review]",
    academies: "Sequence[Academy]",
    teams: "Sequence[Team]",
    kinds: Iterable[str],
) -> list[str]:
    """Return the visits a device puts a page by for, as its address asks for them.

    Those planned, drafts that were begun, and a visit of each kind nobody planned: in the first
    reviews somebody is on, and at their academies where these are few.
    """
    inside = [f"review={review.pk}" for review in reviews[:MOST_PLACES]]
    own = own_places(academies, teams)
    return [
        *(f"activity={activity.pk}" for activity in activities),
        *(f"record={draft}" for draft in drafts),
        *(f"{place}&kind={kind}" for place in [*inside, *own] for kind in sorted(kinds)),
    ]


def own_places(academies: "Sequence[Academy]", teams: "Sequence[Team]") -> list[str]:
    """Return where somebody records outside any review, as asked for; none where they are many."""
    asked = [f"academy={team.academy_id}&team={team.pk}" for team in teams]
    asked = asked if len(teams) > 1 else [f"academy={academy.pk}" for academy in academies]
    return asked if len(asked) <= MOST_PLACES else []
