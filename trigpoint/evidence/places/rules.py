"""For which visits a device puts a page by, before there is no signal."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from trigpoint.reviews.models import Activity, Review
    from trigpoint.trusts.models import Academy

MOST_PLACES = 3  # reviews and academies, each with every kind of visit: some sixty pages at most


def put_by(
    activities: "Iterable[Activity]",
    *,
    drafts: Iterable[UUID],
    reviews: "Sequence[Review]",
    academies: "Sequence[Academy]",
    kinds: Iterable[str],
) -> list[str]:
    """Return the visits a device puts a page by for, as its address asks for them.

    Those planned, drafts that were begun, and a visit of each kind nobody planned: in the first
    reviews somebody is on, and at their academies where these are few.
    """
    inside = [f"review={review.pk}" for review in reviews[:MOST_PLACES]]
    few = academies if len(academies) <= MOST_PLACES else []
    own = [f"academy={academy.pk}" for academy in few]
    return [
        *(f"activity={activity.pk}" for activity in activities),
        *(f"record={draft}" for draft in drafts),
        *(f"{place}&kind={kind}" for place in [*inside, *own] for kind in sorted(kinds)),
    ]
