"""Who may see staff, add them and appoint them to posts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from trigpoint.people.roles import Capability
from trigpoint.people.staff.models import Person, Post
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.trusts.models import Academy, Team, Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What is known of a person."""

    name: str
    email: str = ""
    staff_number: str = ""
    kind: str = Person.Kind.STAFF


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What a person does, where. No academy is the central team."""

    title: str
    academy: Academy | None = None
    team: Team | None = None
    category: str = Post.Category.TEACHER
    subject: str = ""
    key_stage: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


def last_day(ends: Iterable[date | None]) -> date | None:
    """Return the end of the last of somebody's posts; None while one has no end, or there is none."""
    days = list(ends)
    known = [day for day in days if day]
    return max(known) if known and len(known) == len(days) else None


def may_view(user: "User", person: Person) -> Verdict:
    """Oneself, and people with a post where one may see staff. Agrees with ``visible_to``."""
    if person.pk == user.person_id:
        return ALLOWED
    if person.trust_id == user.trust_id and user.access.is_trust_wide(Capability.STAFF_VIEW):
        return ALLOWED
    reaches = any(
        user.access.covers(
            Capability.STAFF_VIEW,
            trust_id=post.trust_id,
            academy_id=post.academy_id,
            team_id=post.team_id,
        )
        for post in person.posts.all()
    )
    return ALLOWED if reaches else denied("That person works outside the places you reach.")


def may_join(user: "User", trust: Trust) -> Verdict:
    """Administrators of the whole trust."""
    if trust.pk == user.trust_id and user.access.is_trust_wide(Capability.STAFF_IMPORT):
        return ALLOWED
    return denied("Only an administrator of the whole trust adds staff. Ask one.")


def may_appoint(user: "User", person: Person, facts: PostFacts) -> Verdict:
    """As for joining; the academy and team must be of the same trust."""
    for place in (facts.academy, facts.team):
        if place is not None and place.trust_id != person.trust_id:
            return denied(
                "That place belongs to another trust. Choose one of the person\u2019s own."
            )
    return may_join(user, person.trust)
