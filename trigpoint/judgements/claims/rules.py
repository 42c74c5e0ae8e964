"""What may be done with a claim and its citations, by whom, and why not."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from trigpoint.evidence.models import EvidenceRecord
from trigpoint.judgements.claims.models import Citation, Claim
from trigpoint.people.roles import Capability
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.workflow import Step, Workflow
from trigpoint.reviews.models import Review

if TYPE_CHECKING:
    from trigpoint.people.models import User

S = Claim.Status
LIFECYCLE = Workflow(
    "claim",
    initial=S.OPEN,
    steps=(
        Step("agree", frozenset({S.OPEN}), S.AGREED),
        Step("reopen", frozenset({S.AGREED}), S.OPEN),
        Step("withdraw", frozenset({S.OPEN}), S.WITHDRAWN),
    ),
)
WEIGHING = frozenset(
    {Review.Status.FIELDWORK, Review.Status.CORROBORATING, Review.Status.REPORTING}
)
NOT_YET = frozenset({Review.Status.PLANNED, Review.Status.NOTIFIED})
LONGEST_EXCERPT = 600  # characters
SAME = str.maketrans("\u2018\u2019\u201c\u201d\u2013\u2014", "''\"\"--")


def may_view(user: "User", claim: Claim) -> Verdict:
    """The review's team and lead; the academy once the claim stands. Agrees with ``visible_to``."""
    if _reaches(user, Capability.EVIDENCE_WEIGH, claim.review):
        return ALLOWED
    if _reaches(user, Capability.CLAIM_VIEW, claim.review) and (
        claim.review.lead_id == user.person_id or claim.stands_from
    ):
        return ALLOWED
    return denied("The academy reads a claim once the review's report is final.")


def may_propose(user: "User", review: Review) -> Verdict:
    """The review's team and its lead, from fieldwork until the report is final."""
    return _may_weigh(user, Capability.CLAIM_PROPOSE, review)


def may_change(user: "User", claim: Claim) -> Verdict:
    """Cite, reword, level and answer: the team, while the claim is open."""
    if not (allowed := may_propose(user, claim.review)):
        return allowed
    if claim.status == S.AGREED:
        return denied(
            f"Claim {claim.reference} is agreed, so it stands as it is. Reopen it to change it."
        )
    if claim.status == S.WITHDRAWN:
        return denied(f"Claim {claim.reference} was withdrawn. Propose a new one instead.")
    return ALLOWED


def may_cite(user: "User", claim: Claim, record: EvidenceRecord, *, is_readable: bool) -> Verdict:
    """Set a record of the same review beside the claim; the person citing it may read it.

    ``is_readable`` is whether the record is among those the person may read.
    """
    if not (allowed := may_change(user, claim)):
        return allowed
    if not is_readable or record.review_id != claim.review_id:
        return denied("Only evidence of this review that you may read can be cited here.")
    if record.is_private:
        return denied(
            f"{record.reference} is private to its author and the person seen, so it cannot be "
            "cited. Ask the author to record what matters without naming anyone."
        )
    if record.status == EvidenceRecord.Status.DRAFT:
        return denied(f"{record.reference} is still a draft. Cite it once it is submitted.")
    return _is_not_waiting(record)


def _is_not_waiting(record: EvidenceRecord) -> Verdict:
    """Half a paired visit is not cited: the other observer would read it in the claim."""
    if record.blind_to_id is None:
        return ALLOWED
    return denied(
        f"{record.reference} is one of a paired visit, and the other observer has not handed in "
        "yet. Cite it once both have, or ask the review's lead to open the pair."
    )


def excerpt_is_found(excerpt: str, texts: Iterable[str]) -> Verdict:
    """Refuse words that nobody wrote: each part of the excerpt stands in one of the texts.

    Parts are separated by an ellipsis. Spacing, case and the shape of quotation marks may differ.
    """
    if len(excerpt) > LONGEST_EXCERPT:
        return denied("Quote the few words that matter: at most 600 characters.")
    written = [_plain(text) for text in texts]
    parts = [_plain(part) for part in excerpt.replace("...", "\u2026").split("\u2026")]
    wanted = [part for part in parts if part]
    if wanted and all(any(part in text for text in written) for part in wanted):
        return ALLOWED
    return denied(
        "These words are not in the record. Copy them from it, or use \u2026 where you leave some out."
    )


def may_uncite(user: "User", citation: Citation) -> Verdict:
    """Take evidence away again while the claim is open."""
    return may_change(user, citation.claim)


def may_answer(user: "User", citation: Citation) -> Verdict:
    """Answer evidence that contradicts, while the claim is open."""
    if not (allowed := may_change(user, citation.claim)):
        return allowed
    if citation.stance != Citation.Stance.CONTRADICTS:
        return denied(f"{citation.record.reference} supports the claim, so it needs no answer.")
    return ALLOWED


def answer_is_whole(kind: str, words: str, *, statement: str, new_statement: str) -> Verdict:
    """An answer is given in words; changing the claim says how it reads now."""
    if kind not in Citation.Answer.values:
        return denied(
            "Choose how it is answered: changed, explained, outweighed, or seen more first."
        )
    if not words.strip():
        return denied("Say in a sentence why this settles it. Your reason stays on the record.")
    if kind == Citation.Answer.CHANGED and new_statement.strip() in {"", statement}:
        return denied(
            "Give the claim its new wording, or choose another answer and keep the claim."
        )
    return ALLOWED


def may_set_level(user: "User", claim: Claim) -> Verdict:
    """Whoever may change the claim, where its area is judged on levels."""
    if claim.standard.area.scale.is_in_words:
        area = claim.standard.area.name
        return denied(
            f"{area} is judged in words, so this claim has no level. Say it in its words."
        )
    return may_change(user, claim)


def may_agree(
    user: "User",
    claim: Claim,
    *,
    support_count: int,
    unanswered: Sequence[str],
    changed: Sequence[str],
) -> Verdict:
    """The review's lead, or whoever may agree claims, once it has support, a level and every answer.

    Args:
        user: who would sign off.
        claim: the claim.
        support_count: how many records are cited in its support.
        unanswered: references of contradicting records nobody has answered, such as E30.
        changed: references of records that changed after they were cited.

    """
    if not (allowed := may_sign_off(user, claim.review)):
        return allowed
    if not (moved := LIFECYCLE.may("agree", claim.status)):
        return moved
    return (
        _is_borne_out(claim, support_count)
        and _is_as_cited(changed)
        and _is_settled(claim, unanswered)
    )


def _is_borne_out(claim: Claim, support_count: int) -> Verdict:
    if support_count:
        return ALLOWED
    return denied(
        f"Nothing supports claim {claim.reference} yet. Cite at least one record that does, "
        "or withdraw the claim."
    )


def _is_as_cited(changed: Sequence[str]) -> Verdict:
    if not changed:
        return ALLOWED
    return denied(
        f"{_listed(changed)} changed after it was cited, so it was not weighed as it reads now. "
        "Read it again and cite it again, or take the citation away."
    )


def still_stand(overtaken: Sequence[str]) -> Verdict:
    """Refuse to build on agreed claims whose evidence was changed under them.

    ``overtaken`` comes from ``queries.system_changed``, such as "E30, cited for claim 1.2".
    """
    if not overtaken:
        return ALLOWED
    return denied(
        f"Changed after it was cited: {'; '.join(overtaken)}. Reopen the claim, read the evidence "
        "again and cite it again, then sign the claim off."
    )


def _is_settled(claim: Claim, waiting: Sequence[str]) -> Verdict:
    if waiting:
        needs = "needs an answer" if len(waiting) == 1 else "need answers"
        return denied(
            f"{_listed(waiting)} {needs} before sign-off. Answer the contradiction below the claim, "
            "or take the citation away if it does not belong."
        )
    if claim.level_id is None:
        return denied(f"Claim {claim.reference} has no level yet. Choose its level, then sign off.")
    return ALLOWED


def may_sign_off(user: "User", review: Review) -> Verdict:
    """Whether somebody signs claims of this review off at all."""
    if not _may_work(user, Capability.CLAIM_AGREE, review):
        return denied(f"Only the lead, {review.lead.name}, or the trust's QA lead signs off.")
    return _is_weighing(review)


def may_reopen(user: "User", claim: Claim) -> Verdict:
    """Take an agreed claim up again, by whoever may sign it off."""
    return may_sign_off(user, claim.review) and LIFECYCLE.may("reopen", claim.status)


def may_withdraw(user: "User", claim: Claim) -> Verdict:
    """Drop an open claim: its proposer, or whoever may sign off."""
    proposed = claim.proposed_by_id == user.person_id and may_propose(user, claim.review)
    allowed = ALLOWED if proposed else may_sign_off(user, claim.review)
    return allowed and LIFECYCLE.may("withdraw", claim.status)


def is_unanswered(citation: Citation) -> bool:
    """Say whether evidence contradicts and nobody has answered it."""
    return citation.stance == Citation.Stance.CONTRADICTS and not citation.answer_kind


def is_changed(citation: Citation) -> bool:
    """Say whether its record says something else now than when it was cited."""
    return citation.changed_at is not None


def _may_weigh(user: "User", capability: Capability, review: Review) -> Verdict:
    if not _may_work(user, capability, review):
        return denied(
            f"Only the review's team weighs evidence. Ask the lead, {review.lead.name}, to join it."
        )
    return _is_weighing(review)


def _is_weighing(review: Review) -> Verdict:
    if review.status in WEIGHING:
        return ALLOWED
    if review.status in NOT_YET:
        return denied("Claims are weighed once fieldwork has started.")
    return denied("This review is over, so its claims stand as they are. Raise it in the next one.")


def _may_work(user: "User", capability: Capability, review: Review) -> bool:
    """Say whether a role gives it here, or the person leads this review and may read its claims."""
    leads = review.lead_id == user.person_id and _reaches(user, Capability.CLAIM_VIEW, review)
    return leads or _reaches(user, capability, review)


def _reaches(user: "User", capability: Capability, review: Review) -> bool:
    return user.access.covers(
        capability,
        trust_id=review.trust_id,
        academy_id=review.academy_id,
        review_id=review.pk,
    )


def _plain(text: str) -> str:
    return " ".join(text.translate(SAME).casefold().split()).strip("\"' ")


def _listed(words: Sequence[str]) -> str:
    *some, last = words
    return f"{', '.join(some)} and {last}" if some else last
