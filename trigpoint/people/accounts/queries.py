"""What stands around a signed-in person, and who can see what about them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, QuerySet, Subquery

from trigpoint.people.accounts import rules
from trigpoint.people.grants.models import Grant
from trigpoint.people.grants.queries import EVERYWHERE
from trigpoint.people.roles import Capability, Role
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


def surroundings(*, viewer: "User", on: date) -> Surroundings:
    """Describe the person for the frame of every page, in one query."""
    academies = list(_academies(viewer, on=on))
    trust = viewer.person.trust
    places = tuple(Place(academy.pk, academy.name, _note(academy)) for academy in academies)
    whole = viewer.access.is_trust_wide(Capability.ACADEMY_VIEW)
    return Surroundings(
        person=viewer.person.name,
        person_note=_role_label(viewer.access.roles),
        person_place=places[0].name if places and not whole else trust.name,
        trust=trust.name,
        trust_note=f"All {len(places)} academies" if whole and len(places) > 1 else "",
        term=_term(academies, on=on),
        academies=places,
    )


def _academies(viewer: "User", *, on: date) -> QuerySet[Academy]:
    """Return the open academies the person can turn to, each with the term it is in."""
    overview = viewer.access.holds(Capability.ACADEMY_OVERVIEW)
    capability = Capability.ACADEMY_OVERVIEW if overview else Capability.ACADEMY_VIEW
    now = Term.objects.filter(academy=OuterRef("pk"), starts_on__lte=on, ends_on__gte=on)
    return (
        Academy.objects.filter(viewer.access.where(capability, academy="id"), closed_on=None)
        .annotate(
            term_name=Subquery(now.values("name")[:1]),
            term_starts_on=Subquery(now.values("starts_on")[:1]),
        )
        .order_by("name", "id")
    )


def _role_label(roles: frozenset[Role]) -> str:
    """Return the widest of the person's roles in words; the matrix lists the widest first."""
    return next((role.label for role in Role if role in roles), "")


def _note(academy: Academy) -> str:
    """Say an academy's ages and size in a few words, as far as they are known."""
    ages = f"Ages {academy.ages}" if academy.ages else ""
    pupils = f"{academy.pupil_count:,} pupils" if academy.pupil_count else ""
    return " · ".join(part for part in (ages, pupils) if part)


def _term(academies: Iterable[Academy], *, on: date) -> str:
    """Return ``Autumn term, week 10``, empty between terms; weeks run from Monday.

    It is the term of the first academy in one, and counts from the first day of any of them, as
    the year's calendar does.
    """
    named = [(it.term_name, it.term_starts_on) for it in academies if it.term_name]  # type: ignore[attr-defined]  # annotated by _academies
    if not named:
        return ""
    name = named[0][0]
    starts_on: date = min(day for of, day in named if of == name)
    monday = starts_on - timedelta(days=starts_on.weekday())
    return f"{name}, week {(on - monday).days // 7 + 1}"


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
    posts = Post.objects.filter(person=viewer.person_id).exclude(ends_on__lt=on)
    places = {"academy": "academy", "team": "team", "cluster": "academy__cluster"}
    here = EVERYWHERE
    for place, of_post in places.items():
        here |= Q(**{f"{place}__in": posts.values(of_post)})
    return (
        Grant.objects.filter(here, trust_id=viewer.trust_id)
        .filter(person__user__is_switched_on=True)
        .in_force(on=on)
        .exclude(person=viewer.person_id)
    )
