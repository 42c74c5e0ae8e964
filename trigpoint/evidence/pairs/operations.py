"""The verb of a pair: open it before both have handed in."""

from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.evidence.blinding.operations import release
from trigpoint.evidence.pairs import queries
from trigpoint.reviews.activities import operations as activities
from trigpoint.reviews.models import Activity

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def open_pair(*, activity: Activity, because: str, by: "User") -> Activity:
    """Let the two of a paired visit read each other although one has not handed in.

    Raises:
        Refused: it is no pair, is open, nobody has handed in, or the person is one of the two or
            does not lead reviews there.

    """
    is_handed_in = queries.system_is_handed_in(activity)
    activity = activities.open_pair(
        activity=activity, because=because, is_handed_in=is_handed_in, by=by
    )
    release(activity)
    return activity
