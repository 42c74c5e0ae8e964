"""When a report may move on, who may say what about it, and what keeps it in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from trigpoint.judgements.claims.rules import still_stand
from trigpoint.judgements.models import Claim, Finding
from trigpoint.people.names import rules as names
from trigpoint.people.roles import Capability
from trigpoint.records.days import day_words
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.workflow import Step, Workflow
from trigpoint.reporting.reports.models import FactualComment, Report, ReportStatement
from trigpoint.reviews.models import Review
from trigpoint.reviews.reviews.rules import may_run

if TYPE_CHECKING:
    from trigpoint.people.models import User

S = Report.Status
LIFECYCLE = Workflow(
    "report",
    initial=S.DRAFT,
    steps=(
        Step("send_to_qa", frozenset({S.DRAFT}), S.INTERNAL_QA),
        Step("return_to_draft", frozenset({S.INTERNAL_QA, S.FACTUAL_ACCURACY}), S.DRAFT),
        Step("open_to_academy", frozenset({S.INTERNAL_QA}), S.FACTUAL_ACCURACY),
        Step("finalise", frozenset({S.FACTUAL_ACCURACY}), S.FINAL),
        Step("supersede", frozenset({S.FINAL}), S.SUPERSEDED),
    ),
)
WHERE_IT_IS = {
    S.DRAFT: "This report is a draft. Send it to internal QA first.",
    S.INTERNAL_QA: "This report is with internal QA. Open it to the academy, or return it to draft.",
    S.FACTUAL_ACCURACY: "The academy is checking this report. Answer its comments and finalise, "
    "or return it to draft.",
    S.FINAL: "This report is final and locked. A later report can take over from it.",
    S.SUPERSEDED: "A later report took over from this one, which stays as it was.",
}


@dataclass(frozen=True, slots=True)
class Faults:
    """What in a report's words keeps it from going out.

    Args:
        named: "Tom Ludlam in statement 3" for each name of staff.
        unsettled: "claim 1.2 is no longer agreed" for each claim it was not assembled from.
        overtaken: "E30, cited for claim 1.2" for each record changed after it was cited.
        rejudged: "C2 Feedback" for each place whose level or reasons changed since.
        refound: "Books are marked late" for each finding raised, corrected or withdrawn since.

    """

    named: Sequence[str] = ()
    unsettled: Sequence[str] = ()
    overtaken: Sequence[str] = ()
    rejudged: Sequence[str] = ()
    refound: Sequence[str] = ()


def _covers(user: "User", capability: Capability, thing: Report | Review) -> bool:
    review_id = thing.review_id if isinstance(thing, Report) else thing.pk
    return user.access.covers(
        capability, trust_id=thing.trust_id, academy_id=thing.academy_id, review_id=review_id
    )


def may_view(user: "User", report: Report) -> Verdict:
    """Writers always; the academy from its factual accuracy check on; others when it is final."""
    final = report.status in {S.FINAL, S.SUPERSEDED}
    checking = final or report.status == S.FACTUAL_ACCURACY
    if (
        _covers(user, Capability.REPORT_WRITE, report)
        or (checking and _covers(user, Capability.REPORT_CHECK, report))
        or (final and _covers(user, Capability.REPORT_VIEW, report))
    ):
        return ALLOWED
    return denied("This report is not out yet, or belongs to an academy you don't work with.")


def may_view_comments(user: "User", report: Report) -> Verdict:
    """The academy and the writers; nobody else reads who said what."""
    party = _covers(user, Capability.REPORT_WRITE, report) or _covers(
        user, Capability.REPORT_CHECK, report
    )
    if party:
        return may_view(user, report)
    return denied("Comments are between the academy and the review team.")


def may_write(user: "User", thing: Report | Review) -> Verdict:
    """The review's team and the trust's QA lead."""
    if _covers(user, Capability.REPORT_WRITE, thing):
        return ALLOWED
    return denied("Only the review team or the trust's QA lead can do this. Ask one of them.")


def _may_move(verb: str, user: "User", report: Report) -> Verdict:
    allowed = may_write(user, report)
    if not allowed or LIFECYCLE.may(verb, report.status):
        return allowed
    return denied(WHERE_IT_IS[S(report.status)])


def may_reword(user: "User", report: Report) -> Verdict:
    """The writers, while the report is a draft."""
    if not (allowed := may_write(user, report)):
        return allowed
    if report.status == S.INTERNAL_QA:
        return denied("This report is with internal QA. Return it to draft to change its words.")
    return ALLOWED if report.status == S.DRAFT else denied(WHERE_IT_IS[S(report.status)])


def may_send_to_qa(user: "User", report: Report) -> Verdict:
    """A writer hands the draft to a colleague."""
    return _may_move("send_to_qa", user, report)


def may_return_to_draft(user: "User", report: Report) -> Verdict:
    """A writer takes it back, also from the academy: it checks the facts anew when it returns."""
    return _may_move("return_to_draft", user, report)


def may_open_to_academy(
    user: "User", report: Report, faults: Faults, *, others_may: bool
) -> Verdict:
    """After internal QA by somebody else, when its claims stand as assembled and nobody is named.

    Args:
        user: who asks.
        report: the report.
        faults: what keeps its words from going out.
        others_may: somebody else may do the internal QA, so who sent the report there does not.

    """
    if not (allowed := _may_move("open_to_academy", user, report)):
        return allowed
    if others_may and report.sent_by_id == user.person_id:
        return denied(
            "You sent this report to internal QA, so somebody else reads it. "
            "Ask another reviewer of the team or the QA lead to open it to the academy."
        )
    return _may_go_out(faults)


def against(claim: Claim) -> list[str]:
    """Say what contradicted an agreed claim and how the team answered it, in its own words.

    Args:
        claim: as ``queries.system_agreed`` returns it, with what contradicts it loaded.

    """
    return [
        f"{it.record.reference} contradicted this. {it.get_answer_kind_display()}: {it.answer}"
        for it in claim.citations.all()
    ]


def unsettled(statement: ReportStatement, claim: Claim | None) -> str:
    """Say what is wrong with the claim a statement was assembled from; empty when nothing is.

    Args:
        statement: of a claim, with it loaded.
        claim: the same as ``queries.system_agreed`` returns it; None when it is agreed no longer.

    """
    if claim is None:
        return f"claim {statement.claim.reference} is no longer agreed" if statement.claim else ""
    is_as_told = statement.is_reworded or statement.text == claim.statement
    if is_as_told and statement.against == against(claim):
        return ""
    return f"claim {claim.reference} reads differently now, or is answered differently"


def rejudged(statement: ReportStatement) -> str:
    """Name the place whose judgement a statement tells otherwise than it reads now, or say nothing.

    Args:
        statement: with its judgement and its place loaded.

    """
    made = statement.judgement
    if made is None:
        return ""
    is_as_told = statement.is_reworded or statement.text == made.rationale
    if is_as_told and statement.level_id == made.level_id:
        return ""
    return str(made.standard) if made.standard else f"{made.area.name} as a whole"


def told(finding: Finding) -> str:
    """Return a finding as a report tells it, before anybody rewords it."""
    title = finding.title if finding.title.endswith((".", "!", "?")) else f"{finding.title}."
    return f"{title} {finding.detail}".strip()


def refound(rows: Iterable[ReportStatement], findings: Iterable[Finding]) -> list[str]:
    """Name the findings that a report tells otherwise than they read now, or does not tell.

    Args:
        rows: its statements, those of findings with the finding loaded.
        findings: what it would tell if it were assembled now.

    """
    now = {finding.pk: finding for finding in findings}
    there = {row.finding.pk: row for row in rows if row.finding}
    gone = [row.finding.title for pk, row in there.items() if row.finding and pk not in now]
    differ = [
        finding.title
        for pk, finding in now.items()
        if (row := there.get(pk)) is None or not (row.is_reworded or row.text == told(finding))
    ]
    return [*gone, *differ]


def _may_go_out(faults: Faults) -> Verdict:
    if not (allowed := names.names_nobody("A report", faults.named)):
        return allowed
    if faults.unsettled:
        return denied(
            f"This report is not what the team agreed: {'; '.join(faults.unsettled)}. "
            "Settle it on the Corroborate tab, return the report to draft and assemble it again."
        )
    if faults.rejudged:
        return denied(
            f"The level or the reasons changed since this report was assembled: "
            f"{'; '.join(faults.rejudged)}. "
            "Return the report to draft and assemble it again."
        )
    if faults.refound:
        return denied(
            f"Findings were raised, corrected or withdrawn since this report was assembled: "
            f"{'; '.join(faults.refound)}. "
            "Return the report to draft and assemble it again."
        )
    return still_stand(faults.overtaken)


def may_comment(user: "User", report: Report, *, on: date) -> Verdict:
    """The academy, during its factual accuracy check and until the day it closes."""
    if not _covers(user, Capability.REPORT_CHECK, report):
        return denied("Only the academy's headteacher or QA lead can correct its report.")
    if report.status != S.FACTUAL_ACCURACY:
        return denied("Comments are open only during the factual accuracy check.")
    if report.comments_due_on and on > report.comments_due_on:
        return denied(
            f"The check closed on {day_words(report.comments_due_on)}. "
            "Tell the lead reviewer what is wrong; they can still put it right."
        )
    return ALLOWED


def may_confirm(user: "User", report: Report, *, unanswered: int, on: date) -> Verdict:
    """The academy, while it may still comment and every comment has its answer.

    So what it confirms is what becomes final: another comment withdraws the confirmation.
    """
    if not (allowed := may_comment(user, report, on=on)):
        return allowed
    if report.confirmed_at:
        return denied("You confirmed the facts already. Correct a statement if one is wrong.")
    if unanswered:
        return denied(f"{_open_comments(unanswered)} no answer yet. Confirm once you have read it.")
    return ALLOWED


def may_dispose(user: "User", comment: FactualComment) -> Verdict:
    """The writers, once a comment, before the report is final."""
    if not (allowed := may_write(user, comment.report)):
        return allowed
    if comment.report.status != S.FACTUAL_ACCURACY:
        return denied(WHERE_IT_IS[S(comment.report.status)])
    if comment.disposition:
        return denied("This comment has its answer. The academy can add another comment.")
    return ALLOWED


def answer_is_kept(disposition: str, *, was: str, now: str) -> Verdict:
    """Refuse to accept a comment, or part of it, and leave the words as they were."""
    is_declined = disposition == FactualComment.Disposition.DECLINED
    if is_declined or now.split() not in ([], was.split()):
        return ALLOWED
    return denied(
        "The statement still reads as before. Change its words as you accepted, "
        "or decline the comment with why."
    )


def may_finalise(
    user: "User", report: Report, *, unanswered: int, faults: Faults, on: date
) -> Verdict:
    """The lead or the QA lead, once all is checked and answered, and the words may go out."""
    if not (allowed := _may_move("finalise", user, report) and may_run(user, report.review)):
        return allowed
    if unanswered:
        return denied(
            f"{_open_comments(unanswered)} no answer yet. "
            "Accept, partly accept or decline each, with why."
        )
    return _is_checked(report, on) and _may_go_out(faults)


def _is_checked(report: Report, on: date) -> Verdict:
    """Refuse while the academy's time runs, unless it has confirmed the facts."""
    until = report.comments_due_on
    if report.confirmed_at or until is None or on > until:
        return ALLOWED
    return denied(
        f"The academy has until {day_words(until)} to check the facts. "
        "Ask the headteacher to confirm them, or make it final after that day."
    )


def _open_comments(unanswered: int) -> str:
    return "1 comment has" if unanswered == 1 else f"{unanswered} comments have"


def may_supersede(user: "User", report: Report, later: Report | None) -> Verdict:
    """The writers, when a later final report of the same academy takes over."""
    if not (allowed := _may_move("supersede", user, report)):
        return allowed
    if later is None:
        return denied("There is no later final report of this academy to take over from this one.")
    stands = later.status == S.FINAL and later.academy_id == report.academy_id
    if not stands or later.pk == report.pk or _when(later) <= _when(report):
        return denied("Choose a later final report of the same academy.")
    return ALLOWED


def _when(report: Report) -> float:
    return report.finalised_at.timestamp() if report.finalised_at else 0.0
