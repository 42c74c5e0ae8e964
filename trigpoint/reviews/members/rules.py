"""Who may join a review's team after it was planned, and who may leave it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils import timezone

from trigpoint.people.models import Person
from trigpoint.records.days import day_words
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.reviews.activities.models import Activity
from trigpoint.reviews.reviews.models import Review, ReviewTeamMember
from trigpoint.reviews.reviews.rules import may_restaff, may_staff

if TYPE_CHECKING:
    from trigpoint.people.models import User


def may_join(user: "User", review: Review, person: Person, *, team: Iterable[Person]) -> Verdict:
    """Whoever runs the review brings somebody in who is not on its team and does not receive it."""
    team = list(team)
    if person in (review.lead, *team):
        joined = denied(f"{person.name} is on this review's team already. Choose somebody else.")
    else:
        joined = may_staff(review.lead, [*team, person], nominee=review.nominee)
    return may_restaff(user, review) and joined


def may_leave(user: "User", member: ReviewTeamMember, *, planned: Sequence[Activity]) -> Verdict:
    """Whoever runs the review lets somebody go for whom nothing is planned any more.

    Args:
        user: who asks.
        member: who would leave.
        planned: what they are still to do in the review.

    """
    return may_restaff(user, member.review) and _is_free(member.person.name, planned)


def _is_free(name: str, planned: Sequence[Activity]) -> Verdict:
    if not planned:
        return ALLOWED
    listed = " and ".join(
        f"“{it.title}” on {day_words(timezone.localtime(it.starts_at).date())}" for it in planned
    )
    return denied(
        f"{name} is still planned for {listed}. On the timetable, give it to somebody else, call it "
        f"off or say what became of it; then {name} can leave the team."
    )
