"""The verbs of a member of a review's team: join, leave."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.people.grants import operations as grants
from trigpoint.records import history
from trigpoint.records.refusals import Refused
from trigpoint.reviews.activities.queries import system_planned
from trigpoint.reviews.members import rules
from trigpoint.reviews.reviews.models import Review, ReviewTeamMember
from trigpoint.reviews.reviews.operations import Member

if TYPE_CHECKING:
    from uuid import UUID

    from trigpoint.people.models import User


@transaction.atomic
def join(*, review: Review, member: Member, by: "User", on: date) -> ReviewTeamMember:
    """Bring somebody into a review's team. A role that reaches the review is given apart.

    Raises:
        Refused: they are on the team already or receive the review for the academy, it is over, or
            it is not the person's to run.
        ValueError: they are of another trust.

    """
    review = _locked(review.pk)
    if member.person.trust_id != review.trust_id:
        msg = "A review's people belong to the academy's own trust."
        raise ValueError(msg)
    team = [one.person for one in review.members.select_related("person")]
    rules.may_join(by, review, member.person, team=team).enforce()
    joined = member.on(review)
    joined.save(force_insert=True)
    history.write(review, "joined", by=by, on=on, **_told(joined))
    return joined


@transaction.atomic
def leave(*, member: ReviewTeamMember, because: str, by: "User", on: date) -> Review:
    """Let somebody go from a review's team. What they wrote stays, and history keeps who they were.

    A role they hold for this review alone ends with it.

    Raises:
        Refused: something is still planned for them, somebody else let them go meanwhile, the
            review is over, or it is not the person's to run.

    """
    review = _locked(member.review_id)
    found = review.members.select_related("person").filter(pk=member.pk).first()
    if found is None:
        msg = "Somebody else has taken them off the team meanwhile. Look at the team again."
        raise Refused(msg)
    planned = system_planned(review.pk, found.person_id)
    rules.may_leave(by, found, planned=list(planned)).enforce()
    history.write(review, "left", by=by, on=on, because=because, **_told(found))
    found.delete()
    grants.system_end_for_review(
        review.pk, by=by, on=on, person=found.person, because="they left the review's team"
    )
    return review


def _locked(review_id: "UUID") -> Review:
    """Lock the review, so that its team and its timetable change one after the other."""
    return (
        Review.objects.select_for_update(of=("self",))
        .select_related("lead", "nominee")
        .get(pk=review_id)
    )


def _told(member: ReviewTeamMember) -> dict[str, str]:
    return {
        "person": str(member.person_id),
        "name": member.person.name,
        "expertise": member.expertise,
        "conflict": member.conflict,
    }
