"""Who may give which role where, and when one may not be ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from trigpoint.people.grants.models import Grant
from trigpoint.people.roles import Capability, Role
from trigpoint.people.staff.models import Person
from trigpoint.records.days import day_words
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.trusts.models import Academy, Cluster, Team

if TYPE_CHECKING:
    from trigpoint.people.models import User

Place = Academy | Cluster | Team | None
# Where each role makes sense. "trust" is held everywhere in the trust.
PLACES: Mapping[Role, frozenset[str]] = {
    Role.QA_LEAD: frozenset({"trust", "cluster"}),
    Role.REVIEWER: frozenset({"trust", "cluster", "review"}),
    Role.HEADTEACHER: frozenset({"academy", "cluster"}),
    Role.TEAM_LEADER: frozenset({"team"}),
    Role.STAFF: frozenset({"trust", "academy", "team"}),
    Role.TRUSTEE: frozenset({"trust", "cluster", "academy"}),
    Role.TRAINING_LEAD: frozenset({"trust", "cluster", "academy"}),
    Role.ADMINISTRATOR: frozenset({"trust", "cluster", "academy"}),
    Role.DPO: frozenset({"trust"}),
}
IN_WORDS = {
    "trust": "across the trust",
    "cluster": "in a cluster",
    "academy": "at an academy",
    "team": "in a team",
    "review": "for one review",
}


@dataclass(frozen=True, slots=True)
class Where:
    """The place a role is to be held in."""

    place: Place = None
    review_id: UUID | None = None

    @property
    def kind(self) -> str:
        """One of trust, cluster, academy, team, review."""
        if self.review_id:
            return "review"
        return "trust" if self.place is None else type(self.place).__name__.lower()

    def fields(self) -> dict[str, object]:
        """Return the grant's columns for this place; empty for the whole trust."""
        if self.review_id:
            return {"review_id": self.review_id}
        return {} if self.place is None else {self.kind: self.place}


def may_view(user: "User", grant: Grant) -> Verdict:
    """One's own, and those where one may see who holds what. Agrees with ``visible_to``."""
    reaches = user.access.covers(
        Capability.GRANT_VIEW,
        trust_id=grant.trust_id,
        academy_id=grant.academy_id,
        team_id=grant.team_id,
        review_id=grant.review_id,
    )
    if reaches or grant.person_id == user.person_id:
        return ALLOWED
    return denied("That role is held outside the places you work with.")


def may_give(user: "User", person: Person, where: Where) -> Verdict:
    """Somebody who gives roles, to another person of the same trust, within one's own reach."""
    if person.pk == user.person_id:
        return denied(
            "Nobody gives a role to themselves. Ask another administrator to give it to you; if "
            "there is none, whoever runs the server adds one with manage.py add_administrator."
        )
    if person.trust_id != user.trust_id:
        return denied("That person belongs to another trust. Add them to yours first.")
    if where.place is not None and where.place.trust_id != user.trust_id:
        return denied("That place belongs to another trust. Choose one of your own.")
    return _reaches(user, where)


def _reaches(user: "User", where: Where) -> Verdict:
    """Within reach: the whole trust for those who give across it, else named places."""
    if user.access.is_trust_wide(Capability.GRANT_GIVE):
        return ALLOWED
    academy_id = where.place.pk if isinstance(where.place, Academy) else None
    if isinstance(where.place, Team):
        academy_id = where.place.academy_id
    if academy_id and user.access.covers(
        Capability.GRANT_GIVE, trust_id=user.trust_id, academy_id=academy_id
    ):
        return ALLOWED
    return denied(
        "You can only give roles where you hold yours. Ask an administrator of the trust."
    )


def fits(
    role: Role,
    where: Where,
    *,
    starts_on: date,
    ends_on: date | None,
    left_on: date | None = None,
) -> Verdict:
    """Say whether somebody whose last day is ``left_on`` can hold the role there, on those days."""
    if left_on is not None and left_on < starts_on:
        return denied(
            f"Their last day is {day_words(left_on)}, so the role would never count. Bring in a staff "
            "list with a post that does not end, then give it."
        )
    if where.kind not in PLACES[role]:
        right = " or ".join(IN_WORDS[kind] for kind in IN_WORDS if kind in PLACES[role])
        return denied(f"{role.label} is held {right}, not {IN_WORDS[where.kind]}.")
    if where.review_id and ends_on is None:
        return denied("A role for one review must end. Give the day after which it stops.")
    if ends_on is not None and ends_on < starts_on:
        return denied("The role would end before it starts. Change one of the days.")
    return ALLOWED


def may_end(user: "User", grant: Grant, *, on: date, others: int) -> Verdict:
    """Somebody who gives roles there, unless it would leave the trust without an administrator.

    Args:
        user: who asks.
        grant: the role to end.
        on: the day it would stop.
        others: other administrators of the whole trust who can sign in on that day.

    """
    where = Where(grant.academy or grant.team or grant.cluster, grant.review_id)
    if grant.trust_id != user.trust_id:
        return denied("That role belongs to another trust.")
    if reach := _reaches(user, where):
        return can_end(grant, on=on, others=others)
    return reach


def can_end(grant: Grant, *, on: date, others: int) -> Verdict:
    """Say whether a grant can be ended, whoever asks."""
    if grant.ended_on is not None or (grant.ends_on is not None and grant.ends_on < on):
        return denied("This role has ended already.")
    if _rules_the_trust(grant) and others == 0:
        return denied(
            "This is the trust\u2019s last administrator. Give somebody else the role first, with a "
            "sign-in of their own, then end this one."
        )
    return ALLOWED


def _rules_the_trust(grant: Grant) -> bool:
    place = (grant.academy_id, grant.team_id, grant.cluster_id, grant.review_id)
    return grant.role == Role.ADMINISTRATOR and not any(place)
