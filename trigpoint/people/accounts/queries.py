"""What stands around a signed-in person, and who can see what about them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from trigpoint.people.accounts import rules
from trigpoint.people.grants.models import Grant
from trigpoint.people.grants.queries import EVERYWHERE
from trigpoint.people.roles import Role
from trigpoint.people.staff.models import Post
from trigpoint.trusts.models import Academy, Term
from trigpoint.web.shell import Place, Surroundings

if TYPE_CHECKING:
    from trigpoint.people.models import User

NAMED = 6


@dataclass(frozen=True, slots=True)
class Watcher:
    """Holders of one role in one place, and what they see of the person."""

    role: str
    place: str
    names: list[str]
    more: int
    sees: list[str]


def describe(*, viewer: "User", on: date) -> Surroundings:
    """Say who is signed in, where they may turn to, and which week of term it is. Two queries."""
    academies = tuple(
        Place(academy.pk, academy.name, f"{academy.get_phase_display()}, tier {academy.tier}")
        for academy in Academy.objects.visible_to(viewer)
        .filter(closed_on=None)
        .only("id", "name", "phase", "tier")
        .order_by("name", "id")
    )
    roles = [role.label for role in Role if role in viewer.access.roles]
    return Surroundings(
        person=viewer.person.name,
        person_note=roles[0] if roles else "No role yet",
        trust=viewer.person.trust.name,
        trust_note=f"All {len(academies)} academies"
        if viewer.access.is_trust_wide("academies.view")
        else "",
        term=_term(viewer, on),
        academies=academies,
    )


def _term(viewer: "User", on: date) -> str:
    """Return the term and its week, as ``Autumn term, week 10``; empty outside term."""
    term = (
        Term.objects.filter(trust_id=viewer.trust_id, starts_on__lte=on, ends_on__gte=on)
        .order_by("starts_on", "id")
        .only("name", "starts_on")
        .first()
    )
    if term is None:
        return ""
    first_monday = term.starts_on - timedelta(days=term.starts_on.weekday())
    name = term.name if "term" in term.name.casefold() else f"{term.name} term"
    return f"{name}, week {(on - first_monday).days // 7 + 1}"


def my_roles(*, viewer: "User", on: date) -> list[Grant]:
    """The roles a person holds on a day."""
    held = viewer.person.grants.in_force(on=on).select_related("academy", "team", "cluster")
    return list(held.order_by("starts_on", "id"))


def watchers(*, viewer: "User", on: date) -> list[Watcher]:
    """Who can see what about the person who asks, from the roles in force today."""
    found: defaultdict[tuple[Role, str], list[str]] = defaultdict(list)
    reaching = _reaching(viewer, on)
    for grant in reaching.select_related("person", "academy", "team", "cluster").order_by(
        "person__name", "id"
    ):
        found[Role(grant.role), grant.place].append(grant.person.name)
    order = list(Role)
    return [
        Watcher(role.label, place, names[:NAMED], max(0, len(names) - NAMED), rules.sees(role))
        for (role, place), names in sorted(
            found.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
        )
        if rules.sees(role)
    ]


def _reaching(viewer: "User", on: date) -> QuerySet[Grant]:
    """Return roles held where the person works: the trust, their clusters, academies and teams."""
    posts = list(
        Post.objects.filter(person=viewer.person_id)
        .exclude(ends_on__lt=on)
        .values_list("academy", "team", "academy__cluster")
    )
    academies, teams, clusters = (
        {place for place in places if place}
        for places in (zip(*posts, strict=True) if posts else [(), (), ()])
    )
    return (
        Grant.objects.filter(trust_id=viewer.trust_id)
        .filter(EVERYWHERE | Q(academy__in=academies) | Q(team__in=teams) | Q(cluster__in=clusters))
        .in_force(on=on)
        .exclude(person=viewer.person_id)
    )
