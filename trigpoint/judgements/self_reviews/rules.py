"""Who sees an academy’s own view, when a self-review may be finished, and how two views differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from trigpoint.judgements.levels.models import Judgement
from trigpoint.people.roles import Capability
from trigpoint.policies.models import Area, Level, Standard
from trigpoint.policies.rhythms.rules import Rhythm
from trigpoint.policies.standards.rules import Breaks
from trigpoint.records.days import months_later
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.reviews.models import Review
from trigpoint.reviews.self_reviews import rules as self_reviews
from trigpoint.trusts.models import Academy
from trigpoint.web.marks import is_in_words

if TYPE_CHECKING:
    from trigpoint.people.models import User

COUNTS = ("", "one level", "two levels", "three levels", "four levels")
SAME = "The same as the trust’s"
IN_WORDS = "Both in words"


def may_view(user: "User", academy: Academy) -> Verdict:
    """Whoever sees the academy and its judgements. Agrees with ``queries.academies``."""
    place = {"trust_id": academy.trust_id, "academy_id": academy.pk}
    if user.access.covers(Capability.ACADEMY_VIEW, **place) and user.access.covers(
        Capability.JUDGEMENT_VIEW, **place
    ):
        return ALLOWED
    return denied("This academy is outside what you look after. Ask the trust’s administrator.")


def may_finish(
    user: "User", review: Review, *, has_report: bool, waiting: Sequence[str], is_judged: bool
) -> Verdict:
    """Finish a self-review once every contradiction is answered and something was judged.

    Args:
        user: who asks.
        review: the self-review.
        has_report: whether somebody began a report of it.
        waiting: references of claims in it that something unanswered contradicts.
        is_judged: whether at least one level was given in it.

    """
    if not (allowed := self_reviews.may_finish(user, review, has_report=has_report)):
        return allowed
    if waiting:
        *some, last = waiting
        claims = f"Claims {', '.join(some)} and {last} have" if some else f"Claim {last} has"
        return denied(
            f"{claims} a contradiction that nobody answered. Answer it on the Corroborate tab, or "
            "withdraw the claim."
        )
    if not is_judged:
        return denied(
            "Nothing is judged in it yet, so there is nothing to let stand. Judge a standard on the "
            "Levels tab, or call the self-review off."
        )
    return ALLOWED


def difference(own: Level, trust: Level) -> str:
    """Say how the school’s level differs from the trust’s: “One level higher than the trust’s”.

    Both are of one scale, or both in words: another scale is another meaning.
    """
    if is_in_words(own):
        return IN_WORDS
    steps = trust.rank - own.rank
    if not steps:
        return SAME
    counted = COUNTS[abs(steps)].capitalize()
    return f"{counted} {'higher' if steps > 0 else 'lower'} than the trust’s"


def stale_before(by: Rhythm, *, on: date) -> date:
    """Return the day before which a level is older than a term.

    That is when the last whole term before today began: a term has gone by since without another
    look. Where terms are not known, the policy’s months that stand for a term.
    """
    over = [term for term in by.terms if term.ends_on < on]
    return over[-1].starts_on if over else months_later(on, -by.months_a_term)


@dataclass(frozen=True, slots=True)
class Line:
    """One standard, or an area as a whole, as the school and the trust see it.

    ``again`` is what the open self-review says, for those who judge there: it does not stand yet.
    """

    area: Area
    standard: Standard | None
    own: Judgement | None = None
    again: Judgement | None = None
    trust: Judgement | None = None
    meaning: str = ""  # what changed in meaning between the two levels; they are not compared then
    coming: str = ""  # how the two will differ once what is judged just now stands
    since: str = ""  # what changed in meaning after the school’s level, up to the policy in force
    is_old: bool = False
    is_open: bool = False  # the open self-review looks at it
    is_ready: bool = False  # and a claim about it is agreed there, so that it can be judged

    @property
    def key(self) -> str:
        """How the form of levels names it."""
        return f"standard:{self.standard.pk}" if self.standard else f"area:{self.area.pk}"

    @property
    def name(self) -> str:
        """What to call it."""
        return str(self.standard) if self.standard else f"{self.area.name} as a whole"

    @property
    def is_unjudged(self) -> bool:
        """Whether the school has not judged it, in this self-review or before."""
        return not (self.own or self.again)

    @property
    def is_compared(self) -> bool:
        """Whether there are two levels that mean the same."""
        return bool(self.own and self.trust and not self.meaning)

    @property
    def difference(self) -> str:
        """How the two differ, in words; empty where they are not compared."""
        if self.own and self.trust and not self.meaning:
            return difference(self.own.level, self.trust.level)
        return ""

    @property
    def is_in_words(self) -> bool:
        """Whether both are judged in words: to be read, not compared."""
        return self.difference == IN_WORDS

    @property
    def differs(self) -> bool:
        """Whether they are compared and are not the same."""
        return self.difference not in {"", SAME, IN_WORDS}

    def is_in(self, show: str) -> bool:
        """Say whether a filter of the page shows it."""
        shown = {"differ": self.differs, "unjudged": self.is_unjudged, "old": self.is_old}
        return shown.get(show, True)


def line(  # noqa: PLR0913 -- a line is said whole
    area: Area,
    standard: Standard | None,
    found: Sequence[Judgement],
    *,
    number: int,
    broken: Breaks,
    stale: date,
    is_open: bool,
    is_ready: bool,
) -> Line:
    """Set the levels of one place beside each other.

    Args:
        area: of the version in force.
        standard: of the area; None for the area as a whole.
        found: the latest of each view, and of the open self-review; each with ``version``.
        number: of the version in force.
        broken: where meanings changed.
        stale: see :func:`stale_before`.
        is_open: whether the open self-review looks at it.
        is_ready: whether a claim about it is agreed there.

    """
    mine = [it for it in found if it.perspective == Judgement.Perspective.SELF]
    own = next((it for it in mine if it.stands_from), None)
    again = next((it for it in mine if not it.stands_from), None)
    trust = next((it for it in found if it.perspective != Judgement.Perspective.SELF), None)
    coming = ""
    if again and trust and not _meaning(broken, area, standard, again, trust):
        coming = difference(again.level, trust.level)
    return Line(
        area,
        standard,
        own=own,
        again=again,
        trust=trust,
        meaning=_meaning(broken, area, standard, own, trust) if own and trust else "",
        coming=coming,
        since=_between(broken, area, standard, own.version, number) if own else "",  # type: ignore[attr-defined]  # annotated
        is_old=bool(own and own.made_on < stale),
        is_open=is_open,
        is_ready=is_ready,
    )


def _meaning(
    broken: Breaks, area: Area, standard: Standard | None, one: Judgement, other: Judgement
) -> str:
    """Say what changed in meaning between two judgements of a place, whichever came first."""
    older, newer = sorted((one.version, other.version))  # type: ignore[attr-defined]  # annotated
    return _between(broken, area, standard, older, newer)


def _between(broken: Breaks, area: Area, standard: Standard | None, older: int, newer: int) -> str:
    place = standard or area
    return broken.between(place.lineage, older, newer, standard=standard is not None)
