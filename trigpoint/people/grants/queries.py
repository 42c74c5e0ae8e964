"""Who holds which role where."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q, QuerySet

from trigpoint.people.grants.models import Grant, GrantQuerySet
from trigpoint.people.roles import Capability, Role, capabilities
from trigpoint.people.staff.models import Person, PersonQuerySet
from trigpoint.trusts.models import Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User

EVERYWHERE = Q(academy=None, team=None, cluster=None, review_id=None)
Reviews = Callable[["User"], Iterable[tuple[UUID, str]]]
_reviews: list[Reviews] = []


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of roles is narrowed to."""

    role: str = ""
    academy_id: UUID | None = None
    name: str = ""
    ended: bool = False


def held(*, viewer: "User", on: date, wanted: Wanted) -> QuerySet[Grant]:
    """Roles by person; those that have ended only when asked for and allowed."""
    listed = Grant.objects.visible_to(viewer)
    past = Q(ended_on__lte=on) | Q(ends_on__lt=on)
    show_ended = wanted.ended and viewer.access.holds("grants.audit")
    listed = listed.filter(past) if show_ended else listed.exclude(past)
    if wanted.role:
        listed = listed.filter(role=wanted.role)
    if wanted.academy_id:
        listed = listed.filter(Q(academy=wanted.academy_id) | Q(team__academy=wanted.academy_id))
    if wanted.name:
        listed = listed.filter(person__name__icontains=wanted.name)
    return listed.select_related(
        "person", "academy", "team__academy", "cluster", "granted_by"
    ).order_by("person__name", "starts_on", "id")


def roles_of(*, viewer: "User", person: Person, on: date) -> QuerySet[Grant]:
    """Roles a person holds now or will hold, as far as the reader may see."""
    return (
        Grant.objects.visible_to(viewer)
        .filter(person=person)
        .exclude(Q(ended_on__lte=on) | Q(ends_on__lt=on))
        .select_related("academy", "team", "cluster")
        .order_by("starts_on", "id")
    )


def system_other_administrators(*, trust: Trust, on: date, besides: Grant | None = None) -> int:
    """Count people besides this grant who administer the whole trust and can sign in."""
    others = _administering(trust, on)
    if besides:
        others = others.exclude(pk=besides.pk)
    return others.values("person").distinct().count()


def system_holders(
    capability: Capability, *, trust_id: UUID, on: date, academy_id: UUID | None = None
) -> PersonQuerySet:
    """Return the people who hold a capability, to tell them something. One query is made at once.

    Args:
        capability: what they hold.
        trust_id: whose people.
        on: the day it must be in force.
        academy_id: at this academy, however they come to hold it there; for the whole trust when None.

    """
    given = [role for role in Role if capability in capabilities(role)]
    if academy_id:
        held = Grant.objects.filter(trust=trust_id).giving(capability, academy_id=academy_id)
    else:
        held = Grant.objects.filter(EVERYWHERE, trust=trust_id, role__in=given)
    # Read first and not as a part of the other query: where PostgreSQL knows nothing yet of how
    # full its tables are, it looks through all grants anew for each person, for 17 s in a demo.
    people = set(held.dated(on=on).values_list("person", flat=True))
    return Person.objects.here(on=on).filter(pk__in=people).order_by("pk")


def system_staying_administrators(*, trust: Trust, on: date) -> set[UUID]:
    """Return who administers the whole trust, can sign in, and has no last day."""
    staying = _administering(trust, on).filter(person__left_on=None)
    return set(staying.values_list("person_id", flat=True))


def _administering(trust: Trust, on: date) -> GrantQuerySet:
    return Grant.objects.filter(
        EVERYWHERE, trust=trust, role=Role.ADMINISTRATOR, person__user__is_switched_on=True
    ).in_force(on=on)


def system_offer_reviews(provider: Reviews) -> None:
    """Register what lists the reviews somebody may give a role for. Call from ``ready``."""
    _reviews[:] = [provider]


def reviews_to_choose(*, viewer: "User") -> list[tuple[UUID, str]]:
    """Return the reviews somebody may give a role for; none until reviews offers them."""
    return list(_reviews[0](viewer)) if _reviews else []
