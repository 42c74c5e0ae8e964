"""When a conflict of interest counts, what is said of it, and who may declare and end one."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from trigpoint.people.models import Post
from trigpoint.people.roles import Capability
from trigpoint.records.days import day_words, months_later
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.reviews.assignment.rules import Spell
from trigpoint.reviews.conflicts.models import ConflictOfInterest
from trigpoint.trusts.models import Academy

if TYPE_CHECKING:
    from trigpoint.people.models import Person, User

Kind = ConflictOfInterest.Kind
A_YEAR = 12  # months
A_DAY = timedelta(days=1)
NOT_YOURS = "Only they themselves or the trust's QA lead can change this. Ask one of them."


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What somebody declares of themselves or of another."""

    academy: Academy
    kind: str
    words: str = ""
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def is_in_order(self) -> bool:
        """Say whether it begins before it ends, where both days are known."""
        return not (self.starts_on and self.ends_on) or self.starts_on <= self.ends_on


def may_view(user: "User", conflict: ConflictOfInterest) -> Verdict:
    """Oneself, and whoever plans the year. Agrees with ``visible_to``."""
    if user.trust_id == conflict.trust_id and user.person_id == conflict.person_id:
        return ALLOWED
    if user.access.covers(Capability.REVIEWER_VIEW, trust_id=conflict.trust_id):
        return ALLOWED
    return denied("A conflict of interest is read by the person and by the trust's QA lead.")


def may_declare(user: "User", person: "Person", declared: Declared | None = None) -> Verdict:
    """Oneself, or whoever plans the year, with dates in their order."""
    own = user.trust_id == person.trust_id and user.person_id == person.pk
    if not own and not user.access.covers(Capability.REVIEWER_VIEW, trust_id=person.trust_id):
        return denied(NOT_YOURS)
    if declared and not declared.is_in_order:
        return denied("The last day is before the first. Swap the two dates.")
    return ALLOWED


def may_end(user: "User", conflict: ConflictOfInterest) -> Verdict:
    """The same people, while it counts."""
    if conflict.ended_on:
        return denied(
            f"This conflict has not counted since {day_words(conflict.ended_on)}. Declare it again "
            "if it does."
        )
    return may_declare(user, conflict.person)


def counts(conflict: ConflictOfInterest, *, on: date, years: int) -> bool:
    """Say whether a declared conflict keeps somebody away on a day.

    Args:
        conflict: as it was declared.
        on: the day.
        years: how long having worked somewhere counts, by the policy.

    """
    return spell(conflict, years=years).meets(on, on)


def spell(conflict: ConflictOfInterest, *, years: int) -> Spell:
    """Return the days on which a declared conflict keeps somebody away."""
    last = conflict.ends_on
    if last and conflict.kind == Kind.WORKED_THERE:
        last = months_later(last, years * A_YEAR) - A_DAY
    if conflict.ended_on:
        last = min(last or date.max, conflict.ended_on - A_DAY)
    return Spell(conflict.academy_id, in_words(conflict), conflict.starts_on, last)


def in_words(conflict: ConflictOfInterest) -> str:
    """Say what keeps somebody away, without the particulars that only they and the lead read."""
    if conflict.kind == Kind.RELATED:
        return "is related to somebody there"
    if conflict.kind == Kind.MANAGES:
        return "manages somebody there"
    until = f" until {day_words(conflict.ends_on)}" if conflict.ends_on else ""
    return f"worked there{until}"


def of_post(post: Post, *, on: date, years: int) -> str:
    """Say what a post at an academy stands in the way of; empty when it was long enough ago."""
    found = (it.words for it in post_spells(post, years=years) if it.meets(on, on))
    return next(found, "")


def post_spells(post: Post, *, years: int) -> list[Spell]:
    """Return the days on which a post keeps somebody away: while it is theirs, then for years."""
    if post.academy_id is None:
        return []
    does = "manages" if post.category == Post.Category.LEADER else "works"
    words = f"{does} there as {post.title}"
    found = [Spell(post.academy_id, words, post.starts_on, post.ends_on)]
    if post.ends_on:
        words = f"worked there until {day_words(post.ends_on)}"
        over = months_later(post.ends_on, years * A_YEAR) - A_DAY
        found.append(Spell(post.academy_id, words, post.ends_on + A_DAY, over))
    return found
