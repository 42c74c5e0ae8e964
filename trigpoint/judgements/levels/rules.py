"""Who may judge what, on what grounds, and whose view a judgement is."""

from typing import TYPE_CHECKING

from trigpoint.judgements.levels.models import Judgement
from trigpoint.people.roles import Capability
from trigpoint.policies.standards.rules import Breaks
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.reviews.models import Review
from trigpoint.reviews.reviews.rules import may_view as may_open

if TYPE_CHECKING:
    from trigpoint.people.models import User

JUDGING = frozenset({Review.Status.FIELDWORK, Review.Status.CORROBORATING, Review.Status.REPORTING})
PERSPECTIVES = {
    Review.Kind.SELF: Judgement.Perspective.SELF,
    Review.Kind.EXTERNAL: Judgement.Perspective.EXTERNAL,
}


def may_view(user: "User", judgement: Judgement) -> Verdict:
    """Those who judge; everybody else who works with the academy once it stands.

    Agrees with ``visible_to``.
    """
    if not _reaches(user, Capability.JUDGEMENT_VIEW, judgement.review):
        return denied("This judgement belongs to an academy you don't work with.")
    if judgement.stands_from or judges(user, judgement.review):
        return ALLOWED
    return denied("This level is provisional. You can see it when the review's report is final.")


def judges(user: "User", review: Review) -> bool:
    """Say whether the person is one of those who judge there: the review's team and its lead."""
    leads = review.lead_id == user.person_id and _reaches(user, Capability.JUDGEMENT_VIEW, review)
    return leads or _reaches(user, Capability.JUDGEMENT_MAKE, review)


def meaning_between(older: Judgement, newer: Judgement, broken: Breaks) -> str:
    """Say what changed in meaning between two judgements of one place; empty for nothing.

    Args:
        older: from ``queries.history``, which adds the number of its policy version.
        newer: from the same list.
        broken: where trends of areas and standards break.

    """
    numbers: tuple[int, int] = (older.version, newer.version)  # type: ignore[attr-defined]  # as said
    place = newer.standard or newer.area
    return broken.between(place.lineage, *numbers, standard=newer.standard is not None)


def may_judge(user: "User", review: Review) -> Verdict:
    """Those who judge at the academy, and the review's lead, from fieldwork to the final report."""
    if not judges(user, review):
        return denied(f"Only the review's team judges. Ask the lead, {review.lead.name}.")
    if review.status in JUDGING:
        return ALLOWED
    if review.status in {Review.Status.PLANNED, Review.Status.NOTIFIED}:
        return denied("Fieldwork has not started, so there is nothing to judge yet.")
    return denied("This review is over, so its levels stay as they are. Judge in the next review.")


def may_rest_on(agreed_count: int, *, what: str) -> Verdict:
    """Refuse a judgement with nothing behind it.

    Args:
        agreed_count: agreed claims about the standard or area. A count, >= 0.
        what: the standard's or area's name, for the sentence.

    """
    if agreed_count:
        return ALLOWED
    return denied(
        f"No claim about {what} is agreed yet, so a level would have nothing behind it. "
        "Sign off a claim about it first."
    )


def may_read_claims(user: "User", judgement: Judgement) -> Verdict:
    """Whoever may read the claims behind a judgement; trustees read the counts, and name nobody."""
    if _reaches(user, Capability.CLAIM_VIEW, judgement.review):
        return ALLOWED
    return denied("The claims behind a level are read at the academy and by the trust's reviewers.")


def may_read_words(user: "User", judgement: Judgement) -> Verdict:
    """Whoever reads the claims; a school's own words, whoever may open its self-review.

    Others read what the review's report says.
    """
    if judgement.perspective == Judgement.Perspective.SELF and may_open(user, judgement.review):
        return ALLOWED
    return may_read_claims(user, judgement)


def holds_back(user: "User", review: Review) -> bool:
    """Say whether a review may have levels that the person sees only when they stand."""
    return review.status != Review.Status.CANCELLED and not judges(user, review)


def why_provisional(judgement: Judgement) -> str:
    """Say until when a judgement is provisional; empty when it stands."""
    if judgement.stands_from:
        return ""
    if judgement.review.status == Review.Status.CANCELLED:
        return "Never stood: the review was called off"
    if judgement.review.kind == Review.Kind.SELF:
        return "Provisional until the self-review is closed"
    return "Provisional until the report is final"


def perspective_of(review: Review) -> Judgement.Perspective:
    """Return whose view a review's judgements are: the school's, an outsider's or the trust's."""
    return PERSPECTIVES.get(Review.Kind(review.kind), Judgement.Perspective.TRUST)


def _reaches(user: "User", capability: Capability, review: Review) -> bool:
    return user.access.covers(
        capability,
        trust_id=review.trust_id,
        academy_id=review.academy_id,
        review_id=review.pk,
    )
