"""What one person may do and where, worked out once and asked many times.

One structure answers both spellings of a permission: ``where`` for a list (SQL), ``covers`` for
one row (a boolean). They read the same :class:`Reach`, so they cannot drift apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from trigpoint.people.grants.models import Grant
from trigpoint.people.roles import Role, capabilities
from trigpoint.people.staff.models import Person
from trigpoint.trusts.models import Academy

NOWHERE = Q(pk__in=[])


@dataclass(slots=True)
class Reach:
    """The places one capability is held in."""

    trust: bool = False
    academies: set[UUID] = field(default_factory=set)
    teams: set[UUID] = field(default_factory=set)
    reviews: set[UUID] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.trust or self.academies or self.teams or self.reviews)


NO_REACH = Reach()


@dataclass(frozen=True, slots=True)
class Access:
    """A person's reach: for each capability, the places it is held in."""

    trust_id: UUID
    reach: Mapping[str, Reach]
    roles: frozenset[Role]

    def holds(self, capability: str) -> bool:
        """Say whether the capability is held anywhere at all."""
        return bool(self.reach.get(capability))

    def is_trust_wide(self, capability: str) -> bool:
        """Say whether the capability is held across the whole trust."""
        return self.reach.get(capability, NO_REACH).trust

    def academies(self, capability: str) -> frozenset[UUID]:
        """Return the academies named for this capability; empty for one held trust-wide."""
        return frozenset(self.reach.get(capability, NO_REACH).academies)

    def reviews(self, capability: str) -> frozenset[UUID]:
        """Return the reviews somebody was given the capability for, one by one."""
        return frozenset(self.reach.get(capability, NO_REACH).reviews)

    def anywhere(self, capability: str) -> Q:
        """Filter rows every holder of the capability may see: all of the trust's, or none."""
        return Q(trust_id=self.trust_id) if self.holds(capability) else NOWHERE

    def where(
        self,
        capability: str,
        *,
        academy: str = "academy",
        team: str = "",
        review: str = "",
        trust: str = "trust",
    ) -> Q:
        """Filter rows to the places the capability is held in.

        Args:
            capability: what the reader must hold.
            academy: path from the row to its academy; empty when rows have none.
            team: path to its team, where holding the capability for a team is enough.
            review: path to its review, where holding it for one review is enough.
            trust: path to its trust.

        """
        held = self.reach.get(capability, NO_REACH)
        if held.trust:
            return Q(**{trust: self.trust_id})
        places = ((academy, held.academies), (team, held.teams), (review, held.reviews))
        wanted = NOWHERE
        for path, ids in places:
            if path and ids:
                wanted |= Q(**{f"{path}__in": ids})
        return wanted & Q(**{trust: self.trust_id})

    def covers(
        self,
        capability: str,
        *,
        trust_id: UUID,
        academy_id: UUID | None = None,
        team_id: UUID | None = None,
        review_id: UUID | None = None,
    ) -> bool:
        """Say whether the capability is held for a row in these places. Agrees with ``where``."""
        held = self.reach.get(capability, NO_REACH)
        if trust_id != self.trust_id:
            return False
        return (
            held.trust
            or academy_id in held.academies
            or team_id in held.teams
            or review_id in held.reviews
        )


def of(person: Person, *, on: date) -> Access:
    """Work out a person's reach on a day, in two queries however many roles they hold.

    Somebody who has left reaches nothing, whatever roles nobody has ended yet.
    """
    grants = list(person.grants.in_force(on=on).select_related("team"))
    clusters = {grant.cluster_id for grant in grants if grant.cluster_id}
    academies_of: defaultdict[UUID | None, set[UUID]] = defaultdict(set)
    if clusters:
        for pk, cluster_id in Academy.objects.filter(cluster__in=clusters).values_list(
            "id", "cluster_id"
        ):
            academies_of[cluster_id].add(pk)
    reach: defaultdict[str, Reach] = defaultdict(Reach)
    for grant in grants:
        held = capabilities(Role(grant.role), for_one_review=grant.review_id is not None)
        for capability in held:
            _widen(reach[capability], grant, academies_of[grant.cluster_id])
    return Access(person.trust_id, reach, frozenset(Role(grant.role) for grant in grants))


def _widen(reach: Reach, grant: Grant, cluster_academies: Iterable[UUID]) -> None:
    """Add the place one grant is held in."""
    if grant.cluster_id:
        reach.academies |= set(cluster_academies)
    elif grant.academy_id:
        reach.academies.add(grant.academy_id)
    elif grant.team_id:
        reach.teams.add(grant.team_id)
    elif grant.review_id:
        reach.reviews.add(grant.review_id)
    else:
        reach.trust = True
