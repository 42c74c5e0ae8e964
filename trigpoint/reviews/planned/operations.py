"""The one verb of a planned review on the page of the year: move, by the programme's hard rules."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.records.refusals import Refused
from trigpoint.reviews.assignment.rules import NO_PLACE, Slot, breaches
from trigpoint.reviews.programme import queries
from trigpoint.reviews.programme.models import ProgrammeSlot
from trigpoint.reviews.programme.operations import NO_POLICY
from trigpoint.reviews.reviews import operations as reviews
from trigpoint.reviews.reviews.models import Review
from trigpoint.reviews.reviews.operations import system_lock
from trigpoint.reviews.reviews.rules import Dates, may_replan
from trigpoint.reviews.slots import rules
from trigpoint.reviews.slots.rules import Move

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def move(*, review: Review, week: date, by: "User", on: date) -> Review:
    """Move a planned review to the best open days of a week, with its clock and its people.

    Raises:
        Refused: fieldwork has started, it is not theirs to move, or a hard rule would be broken.

    """
    system_lock(review.trust_id)
    review = Review.objects.select_related("academy", "lead").get(pk=review.pk)
    may_replan(by, review).enforce()
    year = queries.system_school_year(review.trust_id, on=review.fieldwork_starts_on)
    gathered = queries.system_gather(year, on=on) if year else None
    if gathered is None:
        raise Refused(NO_POLICY)
    now = replace(queries.system_slot_of_review(review, gathered.version), is_fixed=False)
    place = gathered.year.place_of(now)
    if place is None:
        raise Refused(NO_PLACE)
    days = (now.ends_on - now.starts_on).days + 1
    starts = rules.days_to_try(Move(week=week), days=days, place=place)
    rules.may_be_open(starts, days=days, place=place, week=week).enforce()
    others = [slot for slot in gathered.year.fixed if slot.key != now.key]
    there = replace(gathered.year, fixed=[*others, *_proposed(review)])
    ways = [replace(now, starts_on=day, ends_on=day + timedelta(days=days - 1)) for day in starts]
    found, broken = rules.best_start((way, breaches(there, [way])) for way in ways)
    rules.may_stand(broken).enforce()
    dates = Dates(found.starts_on, found.ends_on)
    return reviews.replan(review=review, dates=dates, by=by, on=on)


def _proposed(review: Review) -> list[Slot]:
    """Return what is proposed in the trust and not agreed yet."""
    found = ProgrammeSlot.objects.filter(
        trust=review.trust_id, status=ProgrammeSlot.Status.PROPOSED
    )
    return [queries.system_slot_of(it) for it in found.prefetch_related("team").order_by("id")]
