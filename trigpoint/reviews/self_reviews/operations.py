"""Beginning, finishing and calling off an academy's review of itself."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.people.grants import operations as grants
from trigpoint.policies.models import Area
from trigpoint.policies.versions import queries as versions
from trigpoint.records.refusals import Refused
from trigpoint.reviews.models import Review
from trigpoint.reviews.reviews import operations as reviews
from trigpoint.reviews.reviews.rules import Dates
from trigpoint.reviews.self_reviews import queries, rules
from trigpoint.trusts.calendars import queries as calendars
from trigpoint.trusts.models import Academy

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def begin(
    *, academy: Academy, areas: Sequence[Area], finish_by: date, by: "User", on: date
) -> Review:
    """Begin an academy's self-review, led by the person: evidence, claims and levels from today.

    One that was planned is taken up and keeps its title and its lines of enquiry. Nobody is told
    that it comes, since those who would be told are those who do it.

    Raises:
        Refused: it is not theirs to begin, another one runs, the last day is past, or no policy
            is in force.
        ValueError: an area is not of the policy version the self-review holds to.

    """
    reviews.system_lock(academy.trust_id)
    academy = Academy.objects.select_for_update().get(pk=academy.pk)
    there = queries.system_of_academy(academy.pk)
    verdict = rules.may_begin(by, academy, running=queries.system_running(there))
    verdict.enforce()
    rules.may_finish_by(finish_by, on=on).enforce()
    planned = queries.system_planned(there)
    review = reviews.locked(planned) if planned else _planned(academy, on)
    if {area.version_id for area in areas} - {review.policy_version_id}:
        msg = "A self-review's areas come from the policy version it holds to."
        raise ValueError(msg)
    review.lead = by.person
    review.fieldwork_starts_on, review.fieldwork_ends_on = on, finish_by
    review.save()
    review.areas.set(areas)
    reviews.set_clock(review)
    dates = Dates(on, finish_by).words
    return reviews.move(review, "begin", verdict, by=by, on=on, lead=by.person.name, dates=dates)


def _planned(academy: Academy, on: date) -> Review:
    """Return a self-review under the policy in force, not kept yet."""
    version = versions.system_version_in_force(academy.trust_id)
    if version is None:
        msg = "No policy is in force, so a self-review has nothing to hold to. Adopt one first."
        raise Refused(msg)
    return Review(
        trust_id=academy.trust_id,
        academy=academy,
        policy_version=version,
        kind=Review.Kind.SELF,
        title=rules.title(calendars.system_calendar(academy.pk), on=on),
    )


@transaction.atomic
def finish(*, review: Review, by: "User", on: date) -> Review:
    """Close a self-review, so that what was judged in it stands. Its look is of this day.

    Raises:
        Refused: it has not begun or is over, a report was begun, or it is not theirs to finish.

    """
    review = reviews.locked(review)
    verdict = rules.may_finish(by, review, has_report=queries.system_has_report(review))
    verdict.enforce()
    if review.status == Review.Status.FIELDWORK:
        review.fieldwork_ends_on = max(review.fieldwork_starts_on, on)
        review.save(update_fields=["fieldwork_ends_on"])
    review.deadlines.filter(done_on__isnull=True).update(done_on=on)
    return reviews.conclude(review, "finish", verdict, by=by, on=on)


@transaction.atomic
def call_off(*, review: Review, because: str, by: "User", on: date) -> Review:
    """Call a self-review off and say why; what stood before stands, what was gathered is kept.

    Raises:
        Refused: it is over, or it is not theirs to call off.

    """
    review = reviews.locked(review)
    verdict = rules.may_call_off(by, review)
    verdict.enforce()
    review.cancelled_because = because
    cancelled = reviews.move(review, "cancel", verdict, by=by, on=on, because=because)
    grants.system_end_for_review(review.pk, by=by, on=on)
    return cancelled
