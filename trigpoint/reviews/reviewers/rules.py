"""Who may see and change what is known of a reviewer."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trigpoint.people.roles import Capability
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.reviews.reviewers.models import ReviewerProfile

if TYPE_CHECKING:
    from trigpoint.people.models import Person, User


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFacts:
    """What is said of somebody as a reviewer. No days means as many as the policy says."""

    days_a_term: int | None = None
    areas: tuple[str, ...] = ()
    is_available: bool = True


def may_view(user: "User", profile: ReviewerProfile) -> Verdict:
    """Oneself, and whoever plans the year. Agrees with ``visible_to``."""
    if user.trust_id == profile.trust_id and user.person_id == profile.person_id:
        return ALLOWED
    if user.access.covers(Capability.REVIEWER_VIEW, trust_id=profile.trust_id):
        return ALLOWED
    return denied("A reviewer's profile is read by the person and by the trust's QA lead.")


def may_add(user: "User", person: "Person", *, is_known: bool) -> Verdict:
    """Whoever plans the year, once for each person."""
    if not user.access.covers(Capability.REVIEWER_ADD, trust_id=person.trust_id):
        return denied("Only the trust's QA lead adds reviewers. Ask them to.")
    if is_known:
        return denied(f"{person.name} is a reviewer already. Change what is known of them instead.")
    return ALLOWED


def may_change(user: "User", profile: ReviewerProfile) -> Verdict:
    """Whoever plans the year: days and areas are agreed with them, not by oneself."""
    if user.access.covers(Capability.REVIEWER_ADD, trust_id=profile.trust_id):
        return ALLOWED
    return denied(
        "Your days and areas are agreed with the trust's QA lead. Ask them to change them."
    )
