"""Writing a report, checking it with the academy, and locking it."""

import json
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from trigpoint.evidence.entries import operations as evidence
from trigpoint.judgements.claims.queries import system_changed, system_staff_names
from trigpoint.judgements.findings import operations as findings
from trigpoint.judgements.levels import operations as levels
from trigpoint.people.models import Person
from trigpoint.people.names.rules import named_in
from trigpoint.records import history
from trigpoint.records.revisions import keep_both
from trigpoint.reporting.reports import queries, rules
from trigpoint.reporting.reports.models import FactualComment, Report, ReportStatement
from trigpoint.reporting.telling.operations import tell_academy
from trigpoint.reviews.models import Deadline, Review
from trigpoint.reviews.reviews import operations as reviews
from trigpoint.trusts.calendars import queries as calendars

if TYPE_CHECKING:
    from trigpoint.people.models import User
    from trigpoint.records.refusals import Verdict

Part = ReportStatement.Part
CHECK_WORKING_DAYS = ("internal_qa", "factual_accuracy")  # the check runs between these two steps


@transaction.atomic
def describe(
    *, report: Report, title: str, summary: str, base_revision: str, by: "User", at: datetime
) -> Report:
    """Give a draft its title and its opening words.

    Raises:
        Refused: the report is not a draft, or the person does not write it.
        Stale: they were changed since ``base_revision``.

    """
    report = _locked(report)
    rules.may_reword(by, report).enforce()
    was = {"title": report.title, "summary": report.summary}
    keep_both(base_revision, stored=was, wanted={"title": title, "summary": summary})
    report.title, report.summary = title, summary
    report.save(update_fields=["title", "summary"])
    history.write(report, "described", by=by, at=at, was=was)
    return report


@transaction.atomic
def reword(
    *, statement: ReportStatement, text: str, base_revision: str, by: "User", at: datetime
) -> ReportStatement:
    """Edit one statement of a draft; assembling again keeps these words.

    Raises:
        Refused: the report is not a draft, or the person does not write it.
        Stale: the statement was changed since ``base_revision``.

    """
    report = _locked(statement.report)
    rules.may_reword(by, report).enforce()
    statement.refresh_from_db(fields=["text"])
    keep_both(base_revision, stored={"text": statement.text}, wanted={"text": text})
    _change_words(statement, text)
    history.write(report, "reworded", by=by, at=at, position=statement.position)
    return statement


def _change_words(statement: ReportStatement, text: str) -> None:
    statement.text, statement.is_reworded = text, True
    statement.save(update_fields=["text", "is_reworded"])


@transaction.atomic
def send_to_qa(*, report: Report, by: "User", at: datetime) -> Report:
    """Hand the draft to a colleague for internal QA."""
    report = _locked(report)
    report.sent_by_id = by.person_id
    _move(report, "send_to_qa", rules.may_send_to_qa(by, report), by=by, at=at)
    _complete(report, Deadline.Step.DRAFT, by, at)
    return report


@transaction.atomic
def return_to_draft(*, report: Report, by: "User", at: datetime) -> Report:
    """Give the report back to its writer; what the academy confirmed, it confirms anew."""
    report = _locked(report)
    report.confirmed_by = report.confirmed_at = report.comments_due_on = None
    _move(report, "return_to_draft", rules.may_return_to_draft(by, report), by=by, at=at)
    return report


@transaction.atomic
def open_to_academy(*, report: Report, by: "User", at: datetime) -> Report:
    """Ask the academy to check the facts, by a day of its own calendar.

    It has the policy's working days from today, however early or late the report is. Who sent the
    report to internal QA opens it only when nobody else may, and the history says so (``alone``).

    Raises:
        Refused: somebody else does the internal QA, a member of staff is named in it (each name and
            place is in the sentence), a claim or judgement it rests on is not as it was
            assembled, or it has not been through internal QA.

    """
    report = _locked(report)
    others_may = queries.system_others_may_check(report, besides=by, on=_day(at))
    verdict = rules.may_open_to_academy(by, report, system_faults(report), others_may=others_may)
    verdict.enforce()
    report.comments_due_on = _check_closes_on(report, _day(at))
    report.checked_by_id = by.person_id
    _move(
        report, "open_to_academy", verdict, by=by, at=at,
        until=report.comments_due_on, alone=report.sent_by_id == by.person_id,
    )  # fmt: skip
    _complete(report, Deadline.Step.INTERNAL_QA, by, at)
    tell_academy(report, by=by, at=at)
    return report


def system_faults(report: Report) -> rules.Faults:
    """Return what keeps a report from going out: staff it names, what moved on since it was agreed."""
    told = report.statements.select_related(
        "claim", "judgement__area", "judgement__standard", "finding"
    )
    rows = list(told.order_by("position"))
    claims = queries.system_agreed(report.review_id)
    agreed = {claim.pk: claim for claim in claims}
    unsettled = (rules.unsettled(row, agreed.get(row.claim_id)) for row in rows if row.claim_id)
    return rules.Faults(
        named=_named(report, rows),
        unsettled=[said for said in unsettled if said],
        overtaken=system_changed(claims),
        rejudged=[place for row in rows if (place := rules.rejudged(row))],
        refound=rules.refound(rows, queries.system_told(report.review_id)),
    )


def _named(report: Report, rows: list[ReportStatement]) -> list[str]:
    """Return every staff name in a report with its place: "Tom Ludlam in statement 3"."""
    names = system_staff_names(report.review)
    places = [("the title", report.title), ("the summary", report.summary)]
    for row in rows:
        places.append((f"statement {row.position}", row.text))
        places.append((f"what contradicts statement {row.position}", " ".join(row.against)))
    return [f"{name} in {place}" for place, text in places for name in named_in(text, names)]


def _check_closes_on(report: Report, on: date) -> date:
    review = Review.objects.select_related("policy_version").get(pk=report.review_id)
    clock = review.policy_version.settings.get("clock", {})
    opens, closes = (int(clock.get(step, 0)) for step in CHECK_WORKING_DAYS)
    return calendars.system_calendar(report.academy_id).add(on, max(closes - opens, 1))


@transaction.atomic
def comment(*, statement: ReportStatement, text: str, by: "User", at: datetime) -> FactualComment:
    """Correct a fact in one statement, as the academy. It withdraws a confirmation given before.

    The same correction sent twice is one.

    Raises:
        Refused: the check is not open, or the person does not check for that academy.

    """
    report = _locked(statement.report)
    rules.may_comment(by, report, on=_day(at)).enforce()
    said = {"statement": statement, "author_id": by.person_id, "text": text}
    if same := report.comments.filter(**said, disposition="").first():
        return same
    if report.confirmed_at:
        _confirm(report, None, None)
        history.write(report, "confirmation withdrawn", by=by, at=at)
    made = FactualComment.objects.create(
        trust_id=report.trust_id, report=report, made_at=at, **said
    )
    history.write(report, "commented", by=by, at=at, position=statement.position)
    return made


@transaction.atomic
def confirm(*, report: Report, by: "User", at: datetime) -> Report:
    """Confirm the facts, as the academy: the report need not wait for the check to end.

    Raises:
        Refused: the check is not open, a comment has no answer, or the person does not check for
            that academy.

    """
    report = _locked(report)
    rules.may_confirm(by, report, unanswered=_unanswered(report), on=_day(at)).enforce()
    _confirm(report, by.person, at)
    history.write(report, "confirmed", by=by, at=at)
    return report


def _confirm(report: Report, person: Person | None, at: datetime | None) -> None:
    report.confirmed_by, report.confirmed_at = person, at
    report.save(update_fields=["confirmed_by", "confirmed_at"])


def _unanswered(report: Report) -> int:
    return report.comments.filter(disposition="").count()


@transaction.atomic
def dispose(  # noqa: PLR0913 -- an answer is said whole: what, why, and how it reads now
    *,
    comment: FactualComment,
    disposition: str,
    reason: str,
    new_text: str = "",
    base_revision: str = "",
    by: "User",
    at: datetime,
) -> FactualComment:
    """Answer a comment: accepted, partly or declined, always with the reason.

    Args:
        comment: the comment.
        disposition: one of ``FactualComment.Disposition``.
        reason: why, in words the academy reads.
        new_text: the statement as it reads now; ignored when the comment is declined.
        base_revision: of the statement's words that ``new_text`` starts from.
        by: who answers.
        at: when.

    Raises:
        Refused: the comment has its answer, it is accepted and no words change, or the report is
            not being checked.
        Stale: the statement was changed since ``base_revision``.

    """
    _locked(comment.report)
    comment = FactualComment.objects.select_related("report", "statement").get(pk=comment.pk)
    rules.may_dispose(by, comment).enforce()
    was = comment.statement.text
    rules.answer_is_kept(disposition, was=was, now=new_text).enforce()
    comment.disposition, comment.disposition_reason = disposition, reason
    comment.disposed_by_id, comment.disposed_at = by.person_id, at
    comment.save()
    if disposition != FactualComment.Disposition.DECLINED:
        keep_both(base_revision, stored={"new_text": was}, wanted={"new_text": new_text})
        _change_words(comment.statement, new_text)
    history.write(
        comment.report, "disposed", by=by, at=at, position=comment.statement.position,
        disposition=disposition, was=was, now=comment.statement.text,
    )  # fmt: skip
    return comment


@transaction.atomic
def finalise(*, report: Report, by: "User", at: datetime) -> Report:
    """Lock the report for good, with the evidence behind it; its levels stand, its findings are out.

    Raises:
        Refused: a comment has no answer, the academy has time left and has not confirmed the
            facts, a member of staff is named, a claim or judgement it rests on is not as it was
            assembled, or it is not being checked.

    """
    report = _locked(report)
    review = _locked_review(report.review)  # nobody judges while it becomes final
    verdict = rules.may_finalise(
        by, report, unanswered=_unanswered(report), faults=system_faults(report), on=_day(at)
    )
    verdict.enforce()
    report.finalised_at, report.content_sha256 = at, seal_of(report)
    _move(report, "finalise", verdict, by=by, at=at, sha256=report.content_sha256)
    evidence.lock_for(review=review, by=by, at=at)
    findings.publish_for(review=review, by=by, on=_day(at))
    levels.stand_for(review=review, by=by, on=_day(at))
    for step in (Deadline.Step.FACTUAL_ACCURACY, Deadline.Step.FINAL):
        _complete(report, step, by, at)
    if review.status == Review.Status.REPORTING:
        reviews.close_with_report(review=review, by=by, on=_day(at))
    return report


def on_review_closed(event: reviews.ReviewClosed) -> None:
    """Let levels stand and findings out when a review ends without a report, as a final one does."""
    review = Review.objects.get(pk=event.review_id)
    if review.closed_on and not Report.objects.filter(review=review).exists():
        findings.publish_for(review=review, on=review.closed_on)
        levels.stand_for(review=review, on=review.closed_on)


def seal_of(report: Report) -> str:
    """Return the SHA-256 of the report's words, in a form anybody can compute again."""
    rows = report.statements.order_by("position")
    content = {
        "title": report.title,
        "summary": report.summary,
        "statements": [
            [row.position, row.part, str(row.source_id), row.text, *row.against] for row in rows
        ],
    }
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(written.encode()).hexdigest()


@transaction.atomic
def supersede(*, report: Report, later: Report | None, by: "User", at: datetime) -> Report:
    """Say that a later final report takes over; this one stays as it was, and says so."""
    report = _locked(report)
    verdict = rules.may_supersede(by, report, later)
    report.replaced_by = later
    _move(report, "supersede", verdict, by=by, at=at, later=str(later.pk) if later else "")
    return report


def _move(
    report: Report, verb: str, verdict: "Verdict", *, by: "User", at: datetime, **detail: object
) -> None:
    """Take one step of the lifecycle and write it down."""
    verdict.enforce()
    report.status = rules.LIFECYCLE.target(verb)
    report.save()
    history.write(report, verb, by=by, at=at, status=report.status, **detail)


def _complete(report: Report, step: str, by: "User", at: datetime) -> None:
    reviews.complete_step(review=report.review, step=step, by=by, on=_day(at))


def _locked(report: Report) -> Report:
    return Report.objects.select_for_update(of=("self",)).select_related("review").get(pk=report.pk)


def _locked_review(review: Review) -> Review:
    return Review.objects.select_for_update(of=("self",)).get(pk=review.pk)


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()
