"""Give a role, and end it. Both count from the very next request."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from trigpoint.people.grants import queries, rules
from trigpoint.people.grants.models import Grant
from trigpoint.people.roles import Role
from trigpoint.people.staff.models import Person
from trigpoint.records import history
from trigpoint.records.refusals import Refused

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def give(  # noqa: PLR0913 -- one sentence: who is what, where, from when to when, given by whom, why
    *,
    person: Person,
    role: Role,
    starts_on: date,
    by: "User | None",
    place: rules.Place = None,
    review_id: UUID | None = None,
    ends_on: date | None = None,
    reason: str = "",
) -> Grant:
    """Give a person a role in one place; no place is the whole trust.

    Args:
        person: who gets it.
        role: which role.
        starts_on: the first day it counts.
        by: who gives it; None for a command on the server.
        place: an academy, cluster or team of the person's trust.
        review_id: the one review it is for, instead of a place.
        ends_on: the last day it counts; needed for one review.
        reason: why, for whoever checks later.

    Raises:
        Refused: outside the giver's reach, not a place for that role, or held there already.

    """
    where = rules.Where(place, review_id)
    if by:
        rules.may_give(by, person, where).enforce()
    elif place is not None and place.trust_id != person.trust_id:
        reason = "That place belongs to another trust. Choose one of the person\u2019s own."
        raise Refused(reason)
    rules.fits(role, where, starts_on=starts_on, ends_on=ends_on, left_on=person.left_on).enforce()
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # one role at a time
    _refuse_twin(person, role, where, starts_on, ends_on)
    grant = Grant.objects.create(
        trust_id=person.trust_id,
        person=person,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by=by.person if by else None,
        reason=reason,
        **where.fields(),
    )
    history.write(grant, "given", by=by, role=role, place=grant.place, reason=reason)
    return grant


def _refuse_twin(
    person: Person, role: Role, where: rules.Where, starts_on: date, ends_on: date | None
) -> None:
    columns: dict[str, object] = dict.fromkeys(("academy", "team", "cluster", "review_id"))
    twin = person.grants.in_force(on=starts_on).filter(
        role=role, ends_on=ends_on, **(columns | where.fields())
    )
    if twin.exists():
        reason = f"{person.name} holds that role there already. End it first to change its days."
        raise Refused(reason)


def system_hold_administrators(trust_id: UUID) -> None:
    """Lock who administers a trust, so that two cannot shut each other out at once."""
    held = Grant.objects.select_for_update().filter(trust=trust_id, role=Role.ADMINISTRATOR)
    list(held.order_by("pk").values_list("pk"))


@transaction.atomic
def end(*, grant: Grant, by: "User | None", on: date) -> Grant:
    """End a role now. What the person could see through it is gone on their next click.

    Raises:
        Refused: it is not the person's to end, it has ended, or it is the last administrator's.

    """
    system_hold_administrators(grant.trust_id)
    grant = (
        Grant.objects.select_for_update(of=("self",))
        .select_related("trust", "academy", "team", "cluster")
        .get(pk=grant.pk)
    )
    others = queries.system_other_administrators(trust=grant.trust, on=on, besides=grant)
    if by:
        rules.may_end(by, grant, on=on, others=others).enforce()
    else:
        rules.can_end(grant, on=on, others=others).enforce()
    grant.ended_on = on
    grant.save(update_fields=["ended_on"])
    history.write(grant, "ended", by=by, on=on.isoformat())
    return grant


@transaction.atomic
def system_end_for_review(
    review_id: UUID,
    *,
    by: "User",
    on: date,
    person: Person | None = None,
    because: str = "the review ended",
) -> int:
    """End every role held for one review, or one person's, because their part in it has ended.

    Returns:
        How many roles were in force and are no longer.

    """
    held = Grant.objects.select_for_update(of=("self",)).in_force(on=on).filter(review_id=review_id)
    if person:
        held = held.filter(person=person)
    grants = list(held.order_by("pk"))
    for grant in grants:
        grant.ended_on = on
        grant.save(update_fields=["ended_on"])
        history.write(grant, "ended", by=by, on=on.isoformat(), because=because)
    return len(grants)
