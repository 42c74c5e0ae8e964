"""The verbs of a claim. Each keeps the claim's strength in step with its citations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from trigpoint.evidence.entries import rules as evidence
from trigpoint.evidence.models import EvidenceRecord, Note
from trigpoint.judgements.claims import queries, rules
from trigpoint.judgements.claims.models import NUMBERS_A_LINE, Citation, Claim
from trigpoint.judgements.strength import rules as strength
from trigpoint.people.names.rules import named_in, names_nobody
from trigpoint.policies.models import Level, Standard
from trigpoint.policies.settings.rules import strength_settings
from trigpoint.policies.standards.queries import system_only_words
from trigpoint.records import history
from trigpoint.records.refusals import Refused
from trigpoint.records.revisions import keep_both
from trigpoint.reviews.models import LineOfEnquiry, Review

if TYPE_CHECKING:
    from trigpoint.people.models import User

WEIGHED = ["strength", "strength_facts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts:
    """What is said when a claim is proposed. The level may wait until evidence is cited."""

    statement: str
    standard: Standard
    line: LineOfEnquiry | None = None
    level: Level | None = None


@transaction.atomic
def propose(*, review: Review, facts: ClaimFacts, by: "User", at: datetime) -> Claim:
    """Put a statement before the team. It is thin until evidence is set beside it.

    The same statement sent twice is one claim.

    Raises:
        Refused: the person is not of the team, the review is not weighing evidence, or the
            statement names staff.
        ValueError: the standard, line or level is not of this review.

    """
    review = Review.objects.select_for_update().get(pk=review.pk)
    rules.may_propose(by, review).enforce()
    name_nobody(review, "A claim", facts.statement)
    _belong(review, facts.standard, facts.line, facts.level)
    said = {"standard": facts.standard, "line": facts.line, "statement": facts.statement}
    same = review.claims.filter(**said, status=Claim.Status.OPEN, proposed_by=by.person).first()
    if same and (facts.level is None or facts.level == same.level):
        return same
    claim = Claim(
        trust_id=review.trust_id,
        review=review,
        academy_id=review.academy_id,
        number=_next_number(review, facts.line),
        level=facts.level or system_only_words(facts.standard.area),
        proposed_by=by.person,
        proposed_at=at,
        **said,
    )
    _weigh(claim, [], on=_day(at))
    claim.save()
    history.write(claim, "proposed", by=by, statement=claim.statement)
    return claim


@transaction.atomic
def cite(  # noqa: PLR0913 -- a citation is said whole: what, where, which way, in whose words
    *,
    claim: Claim,
    record: EvidenceRecord,
    stance: str,
    excerpt: str,
    by: "User",
    at: datetime,
    note: Note | None = None,
    names_checked: bool = False,
) -> Citation:
    """Set evidence beside a claim, for or against, in words taken from the record.

    Citing a record that is already there changes its side and its words, and needs a new answer:
    that is how a record that changed since is weighed again. The academy will read the words, so
    those that may be a pupil's name are looked at first (``names_checked``), unless the author did
    so when sharing the record.

    Raises:
        Refused: the person may not, the record cannot be cited, or the words are not in it or look
            like unchecked names.

    """
    claim = _lock(claim)
    record = EvidenceRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
    readable = EvidenceRecord.objects.visible_to(by).filter(pk=record.pk).exists()
    rules.may_cite(by, claim, record, is_readable=readable).enforce()
    rules.excerpt_is_found(excerpt, _texts(record, note)).enforce()
    _look_for_names(record, excerpt, names_checked=names_checked)
    before = Citation.objects.filter(claim=claim, record=record).first()  # the claim is locked
    citation = before or Citation(trust_id=claim.trust_id, claim=claim, record=record)
    citation.note, citation.revision = note, record.revision
    citation.stance, citation.excerpt = Citation.Stance(stance), excerpt.strip()
    citation.cited_by = by.person
    citation.answer_kind = citation.answer = ""
    citation.answered_by = citation.answered_at = None
    citation.save()
    _reweigh(claim, at=at)
    verb = "cited again" if before else "cited"
    said = {"record": record.reference, "stance": stance, "excerpt": citation.excerpt}
    history.write(claim, verb, by=by, **said)
    return citation


def _look_for_names(record: EvidenceRecord, excerpt: str, *, names_checked: bool) -> None:
    suspects = evidence.suspects_among(record, [excerpt])
    is_checked = names_checked or record.names_checked
    evidence.names_are_checked(suspects, names_checked=is_checked).enforce()


@transaction.atomic
def uncite(*, citation: Citation, by: "User", at: datetime) -> Claim:
    """Take evidence away from a claim. What was cited stays in the history."""
    claim = _lock(citation.claim)
    citation = Citation.objects.select_related("record").get(pk=citation.pk, claim=claim)
    citation.claim = claim
    rules.may_uncite(by, citation).enforce()
    detail = {"record": citation.record.reference, "stance": citation.stance}
    history.write(claim, "uncited", by=by, excerpt=citation.excerpt, **detail)
    citation.delete()
    return _reweigh(claim, at=at)


@transaction.atomic
def answer(  # noqa: PLR0913 -- an answer is said whole: how, why, and how the claim reads now
    *,
    citation: Citation,
    kind: str,
    words: str,
    base_revision: str,
    by: "User",
    at: datetime,
    new_statement: str = "",
) -> Citation:
    """Answer evidence that contradicts a claim, in words that stay on the record.

    Args:
        citation: the contradicting citation.
        kind: one of ``Citation.Answer``: CHANGED, EXPLAINED, OUTWEIGHED, SEEN_MORE.
        words: why this settles it.
        base_revision: of the answer and the claim's statement that the writer was looking at.
        by: who answers.
        at: when.
        new_statement: for CHANGED, how the claim reads now.

    Raises:
        Refused: the person may not, the answer is not whole, or it names staff.
        Stale: the answer or the claim was changed since ``base_revision``.

    """
    claim = _lock(citation.claim)
    citation = Citation.objects.select_related("record").get(pk=citation.pk, claim=claim)
    citation.claim = claim
    rules.may_answer(by, citation).enforce()
    rules.answer_is_whole(
        kind, words, statement=claim.statement, new_statement=new_statement
    ).enforce()
    name_nobody(claim.review, "An answer", words)
    is_changed = kind == Citation.Answer.CHANGED
    keep_both(
        base_revision,
        stored={"words": citation.answer, "new_statement": claim.statement},
        wanted={"words": words, "new_statement": new_statement if is_changed else claim.statement},
    )
    if is_changed:
        _reword(claim, new_statement.strip(), because=words, by=by)
    citation.answer_kind, citation.answer = kind, words.strip()
    citation.answered_by, citation.answered_at = by.person, at
    citation.save(update_fields=["answer_kind", "answer", "answered_by", "answered_at"])
    _reweigh(claim, at=at)
    record = citation.record.reference
    history.write(claim, "answered", by=by, record=record, kind=kind, words=citation.answer)
    return citation


@transaction.atomic
def reword(
    *, claim: Claim, statement: str, because: str, base_revision: str, by: "User", at: datetime
) -> Claim:
    """Say a claim in other words. The old wording and the reason stay on the record.

    Raises:
        Refused: the person may not change the claim now, or its words name staff.
        Stale: the claim was changed since ``base_revision``.

    """
    claim = _lock(claim)
    rules.may_change(by, claim).enforce()
    keep_both(base_revision, stored={"statement": claim.statement}, wanted={"statement": statement})
    if statement.strip() != claim.statement:
        _reword(claim, statement.strip(), because=because, by=by)
    return _reweigh(claim, at=at)


@transaction.atomic
def set_level(*, claim: Claim, level: Level, by: "User", at: datetime) -> Claim:
    """Say which level of its area's scale the claim amounts to."""
    claim = _lock(claim)
    rules.may_set_level(by, claim).enforce()
    _belong(claim.review, claim.standard, None, level)
    before = claim.level.label if claim.level else None
    claim.level = level
    claim.save(update_fields=["level"])
    history.write(claim, "levelled", by=by, level=level.label, before=before, at=at)
    return claim


@transaction.atomic
def agree(*, claim: Claim, by: "User", at: datetime) -> Claim:
    """Sign a claim off for the team.

    Raises:
        Refused: nothing supports it, a contradiction has no answer, a record changed after it was
            cited, there is no level, or the person may not.

    """
    claim = _lock(claim)
    rules.may_agree(by, claim, **queries.system_sides(claim).counted).enforce()
    claim.status = rules.LIFECYCLE.target("agree")
    claim.agreed_by, claim.agreed_at = by.person, at
    claim.save(update_fields=["status", "agreed_by", "agreed_at"])
    _reweigh(claim, at=at)
    history.write(claim, "agreed", by=by, statement=claim.statement, strength=claim.strength)
    return claim


@transaction.atomic
def reopen(*, claim: Claim, because: str, by: "User", at: datetime) -> Claim:
    """Take an agreed claim up again, with the reason."""
    claim = _lock(claim)
    rules.may_reopen(by, claim).enforce()
    claim.status = rules.LIFECYCLE.target("reopen")
    claim.agreed_by = claim.agreed_at = None
    claim.save(update_fields=["status", "agreed_by", "agreed_at"])
    history.write(claim, "reopened", by=by, because=because, at=at)
    return claim


@transaction.atomic
def withdraw(*, claim: Claim, because: str, by: "User", at: datetime) -> Claim:
    """Drop a claim, with the reason. It and its citations stay on the record."""
    claim = _lock(claim)
    rules.may_withdraw(by, claim).enforce()
    claim.status = rules.LIFECYCLE.target("withdraw")
    claim.save(update_fields=["status"])
    history.write(claim, "withdrawn", by=by, because=because, at=at)
    return claim


@transaction.atomic
def stand_for(*, review: Review, on: date, by: "User | None" = None) -> None:
    """Let the claims a review agreed stand from a day on, to be read outside its team."""
    agreed = Claim.objects.select_for_update().filter(review=review, status=Claim.Status.AGREED)
    for claim in agreed.filter(stands_from__isnull=True):
        claim.stands_from = on
        claim.save(update_fields=["stands_from"])
        history.write(claim, "stands", by=by, on=on)


def _lock(claim: Claim) -> Claim:
    """Lock the review, then the claim, in the order its report does when it becomes final."""
    review = (
        Review.objects.select_for_update(of=("self",))
        .select_related("policy_version")
        .get(pk=claim.review_id)
    )
    locked = (
        Claim.objects.select_for_update(of=("self",))
        .select_related("standard__area__scale")
        .get(pk=claim.pk)
    )
    locked.review = review
    return locked


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _next_number(review: Review, line: LineOfEnquiry | None) -> int:
    """Return the number after the last one given within the line; withdrawn claims keep theirs."""
    floor = line.number * NUMBERS_A_LINE if line else 0
    given = review.claims.filter(number__gt=floor, number__lt=floor + NUMBERS_A_LINE)
    last: int | None = given.aggregate(last=Max("number"))["last"]
    number = (last or floor) + 1
    if number == floor + NUMBERS_A_LINE:
        msg = "This line of enquiry has 99 claims already. Propose it under another line, or none."
        raise Refused(msg)
    return number


def _belong(
    review: Review, standard: Standard, line: LineOfEnquiry | None, level: Level | None
) -> None:
    """Stop a claim that mixes reviews or policy versions: forms never offer such a choice."""
    if standard.version_id != review.policy_version_id:
        msg = "A claim's standard comes from the policy version its review was planned under."
        raise ValueError(msg)
    if line is not None and line.review_id != review.pk:
        msg = "A claim's line of enquiry is one of its own review's."
        raise ValueError(msg)
    if level is not None and level.scale_id != standard.area.scale_id:
        msg = "A claim's level comes from the scale that its standard's area is judged on."
        raise ValueError(msg)


def name_nobody(review: Review, what: str, text: str) -> None:
    """Refuse words that a report will print when they name staff, as the report itself does."""
    names_nobody(what, named_in(text, queries.system_staff_names(review))).enforce()


def _reword(claim: Claim, statement: str, *, because: str, by: "User") -> None:
    name_nobody(claim.review, "A claim", statement)
    before, claim.statement = claim.statement, statement
    claim.save(update_fields=["statement"])
    history.write(claim, "reworded", by=by, before=before, after=statement, because=because)


def _reweigh(claim: Claim, *, at: datetime) -> Claim:
    _weigh(claim, queries.system_cited([claim.pk]), on=_day(at))
    claim.save(update_fields=WEIGHED)
    return claim


def _weigh(claim: Claim, cited: list[strength.Cited], *, on: date) -> None:
    settings = strength_settings(claim.review.policy_version.settings)
    scope = strength.Scope(claim.review.year_groups, tuple(claim.standard.expected_kinds))
    weight = strength.weigh(strength.count(cited, scope=scope, settings=settings, on=on), settings)
    claim.strength, claim.strength_facts = weight.strength, weight.facts.stored()


def _texts(record: EvidenceRecord, note: Note | None) -> list[str]:
    """Return what was written: the one note when it is named, else the whole record."""
    if note is not None:
        if note.record_id != record.pk:
            msg = "The note belongs to another record."
            raise ValueError(msg)
        return [note.text]
    return [record.title, *record.notes.values_list("text", flat=True), *_strings(record.answers)]


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401 -- answers are JSON of any shape
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
