"""Screens of reports."""

from collections.abc import Callable
from uuid import UUID

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.judgements.levels import rules as levels
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.records.days import day_words
from trigpoint.reporting.reports import forms, operations, queries, rules
from trigpoint.reporting.reports.models import FactualComment, Report, ReportStatement
from trigpoint.trusts.calendars import queries as calendars
from trigpoint.trusts.models import Academy
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

PAGE_SIZE = 25
ABOUT = ("claim__standard", "claim__level", "judgement__standard", "judgement__area", "level")
SHOWN = "reporting:reports-show"
Status = Report.Status
CHECK = Capability.REPORT_CHECK
PART = ReportStatement.Part
SOURCES = {  # a statement's part -> what its reader must hold to walk back from it
    PART.CLAIM: Capability.CLAIM_VIEW,
    PART.JUDGEMENT: Capability.JUDGEMENT_VIEW,
    PART.FINDING: Capability.FINDING_VIEW,
}


@screen(Capability.REPORT_VIEW)
def index(request: SignedInRequest) -> HttpResponse:
    """List the reports one may read, unfinished first."""
    status = request.GET.get("status", "")
    academies = Academy.objects.visible_to(request.user).order_by("name", "id")
    chosen = next((it for it in academies if str(it.pk) == request.GET.get("academy")), None)
    academy_id = chosen.pk if chosen else None
    closing = "closing" in request.GET
    found = queries.register(
        viewer=request.user,
        status=status if status in Status else "",
        academy_id=academy_id,
        closing_from=timezone.localdate() if closing else None,
    )
    counts = queries.counts(viewer=request.user, academy_id=academy_id)
    context = {
        "page_obj": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "status": status,
        "closing": closing,
        "academy_id": academy_id,
        "academies": [(academy.pk, academy.name) for academy in academies],
        "choices": [
            ("", "All", sum(counts.values())),
            *((it.value, it.label, counts[it]) for it in Status if it in counts),
        ],
    }
    return page(request, "reporting/reports/index.html", context)


@screen(Capability.REPORT_VIEW)
def show(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """Show a report part by part, each statement with what it rests on and what was said of it."""
    report = _find(request, report_id)
    outline = queries.outline(viewer=request.user, report=report)
    comments = list(queries.comments(viewer=request.user, report=report))
    spoken_of = {comment.statement_id: bool(comment.disposition) for comment in comments}
    context: dict[str, object] = {
        "report": report,
        "outline": outline,
        "comments": [(it, outline.numbers.get(it.statement_id, "")) for it in comments],
        "spoken_of": spoken_of,
        "unanswered": sum(not answered for answered in spoken_of.values()),
        "party": bool(rules.may_view_comments(request.user, report)),
        "may": _may(request, report, comments),
        "walk": _walk(request, report),
        "sees_review": _covers(request, Capability.REVIEW_VIEW, report),
        **_time_left(report),
    }
    return page(request, "reporting/reports/show.html", context)


def _may(
    request: SignedInRequest, report: Report, comments: list[FactualComment]
) -> dict[str, object]:
    """Ask each rule whose button could stand on the page; names are looked for only when they count."""
    user, today = request.user, timezone.localdate()
    unanswered = sum(not comment.disposition for comment in comments)
    may: dict[str, object] = {
        "write": rules.may_write(user, report),
        "reword": rules.may_reword(user, report),
        "send_to_qa": rules.may_send_to_qa(user, report),
        "return_to_draft": rules.may_return_to_draft(user, report),
        "comment": rules.may_comment(user, report, on=today),
    }
    if report.status == Status.FACTUAL_ACCURACY and _covers(request, CHECK, report):
        may["confirm"] = rules.may_confirm(user, report, unanswered=unanswered, on=today)
    if not may["write"]:
        return may
    if report.status == Status.INTERNAL_QA:
        faults = operations.system_faults(report)
        others_may = queries.system_others_may_check(report, besides=user, on=today)
        may["open_to_academy"] = rules.may_open_to_academy(
            user, report, faults, others_may=others_may
        )
    if report.status == Status.FACTUAL_ACCURACY:
        faults = operations.system_faults(report)
        may["finalise"] = rules.may_finalise(
            user, report, unanswered=unanswered, faults=faults, on=today
        )
        may["dispose"] = True
    if report.status == Status.FINAL:
        later = queries.later_finals(viewer=user, report=report).first()
        may["supersede"] = rules.may_supersede(user, report, later)
    return may


def _walk(request: SignedInRequest, report: Report) -> dict[str, bool]:
    """Say which kinds of statement the reader may follow back, once they are out."""
    are_out = report.finalised_at is not None or levels.judges(request.user, report.review)
    return {
        part.value: are_out and _covers(request, held, report) for part, held in SOURCES.items()
    }


def _covers(request: SignedInRequest, capability: Capability, report: Report) -> bool:
    return request.user.access.covers(
        capability,
        trust_id=report.trust_id,
        academy_id=report.academy_id,
        review_id=report.review_id,
    )


def _time_left(report: Report) -> dict[str, object]:
    """Count the working days of the factual accuracy check that are left, and say what is skipped."""
    if report.status != Status.FACTUAL_ACCURACY or report.comments_due_on is None:
        return {}
    today = timezone.localdate()
    calendar = calendars.system_calendar(report.academy_id)
    left = calendar.between(today, report.comments_due_on) + int(calendar.is_working(today))
    return {
        "days_left": max(left, 0),
        "is_over": today > report.comments_due_on,
        "skips": calendar.sentences(today, report.comments_due_on),
    }


@screen(Capability.REPORT_WRITE, methods=("GET", "POST"))
def describe(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """Edit a draft's title and opening words."""
    report = _find(request, report_id)
    form = forms.DescribeReportForm(
        sent(request), initial={"title": report.title, "summary": report.summary}
    )
    if form.is_valid():
        with refusals_in(form):
            operations.describe(
                report=report, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            return done(request, SHOWN, report.pk, said="Saved.")
    may = rules.may_reword(request.user, report)
    return _asked(request, "reporting/reports/describe.html", form, report=report, may=may)


@screen(Capability.REPORT_WRITE, methods=("GET", "POST"))
def reword(request: SignedInRequest, statement_id: UUID) -> HttpResponse:
    """Edit one statement of a draft."""
    statement = _find_statement(request, statement_id)
    form = forms.RewordStatementForm(sent(request), initial={"text": statement.text})
    if form.is_valid():
        with refusals_in(form):
            operations.reword(
                statement=statement, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            return done(request, SHOWN, statement.report_id, said="Statement saved.")
    report = statement.report
    may = rules.may_reword(request.user, report)
    return _asked(
        request, "reporting/reports/reword.html", form, report=report, statement=statement, may=may
    )


@screen(Capability.REPORT_WRITE, methods=("POST",))
def send_to_qa(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """Hand the draft to a colleague."""
    return _moved(request, report_id, operations.send_to_qa, said="Sent to internal QA.")


@screen(Capability.REPORT_WRITE, methods=("POST",))
def return_to_draft(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """Give the report back to its writer."""
    return _moved(request, report_id, operations.return_to_draft, said="Returned to draft.")


@screen(Capability.REPORT_WRITE, methods=("POST",))
def open_to_academy(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """Ask the academy to check the facts."""
    report = _find(request, report_id)
    report = operations.open_to_academy(report=report, by=request.user, at=timezone.now())
    until = f" until {day_words(report.comments_due_on)}" if report.comments_due_on else ""
    return done(request, SHOWN, report.pk, said=f"The academy can check the facts{until}.")


@screen(Capability.REPORT_CHECK, methods=("GET", "POST"))
def comment(request: SignedInRequest, statement_id: UUID) -> HttpResponse:
    """Correct a fact in one statement, as the academy."""
    statement = _find_statement(request, statement_id)
    form = forms.CommentForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            operations.comment(
                statement=statement, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            return done(request, SHOWN, statement.report_id, said="Comment sent.")
    report = statement.report
    may = rules.may_comment(request.user, report, on=timezone.localdate())
    return _asked(
        request, "reporting/reports/comment.html", form, report=report, statement=statement, may=may
    )


@screen(Capability.REPORT_CHECK, methods=("POST",))
def confirm(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """Confirm the facts, as the academy."""
    return _moved(
        request,
        report_id,
        operations.confirm,
        said="Facts confirmed. The report can become final now.",
    )


@screen(Capability.REPORT_WRITE, methods=("GET", "POST"))
def dispose(request: SignedInRequest, comment_id: UUID) -> HttpResponse:
    """Answer one of the academy's comments."""
    comment = get_object_or_404(
        FactualComment.objects.visible_to(request.user).select_related(
            *(f"statement__{it}" for it in ABOUT), "report__review", "report__academy"
        ),
        pk=comment_id,
    )
    form = forms.DisposeCommentForm(sent(request), initial={"new_text": comment.statement.text})
    if form.is_valid():
        with refusals_in(form):
            operations.dispose(
                comment=comment, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            return done(request, SHOWN, comment.report_id, said="Comment answered.")
    may = rules.may_dispose(request.user, comment)
    return _asked(
        request,
        "reporting/reports/dispose.html",
        form,
        report=comment.report,
        comment=comment,
        may=may,
    )


@screen(Capability.REPORT_WRITE, methods=("POST",))
def finalise(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """Lock the report and let its findings out."""
    return _moved(
        request,
        report_id,
        operations.finalise,
        said="Final. The report and its evidence are locked.",
    )


@screen(Capability.REPORT_WRITE, methods=("GET", "POST"))
def supersede(request: SignedInRequest, report_id: UUID) -> HttpResponse:
    """Say which later report takes over."""
    report = _find(request, report_id)
    later = queries.later_finals(viewer=request.user, report=report)
    form = forms.SupersedeReportForm(sent(request), later=later)
    if form.is_valid():
        with refusals_in(form):
            operations.supersede(
                report=report, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            return done(request, SHOWN, report.pk, said="Marked as superseded.")
    may = rules.may_supersede(request.user, report, later.first())
    return _asked(request, "reporting/reports/supersede.html", form, report=report, may=may)


def _moved(
    request: SignedInRequest, report_id: UUID, move: Callable[..., Report], *, said: str
) -> HttpResponse:
    """Take the report one step on, and say so."""
    report = move(report=_find(request, report_id), by=request.user, at=timezone.now())
    return done(request, SHOWN, report.pk, said=said)


def _asked(request: SignedInRequest, template: str, form: Form, **context: object) -> HttpResponse:
    """Show a form, or show it again with what is wrong."""
    asked = {"form": form, **context}
    return page(request, template, asked, fragment="ask", status=status_of(form))


def _find(request: SignedInRequest, report_id: UUID) -> Report:
    found = Report.objects.visible_to(request.user).select_related(
        "review", "academy", "trust", "checked_by", "written_by", "replaced_by"
    )
    return get_object_or_404(found, pk=report_id)


def _find_statement(request: SignedInRequest, statement_id: UUID) -> ReportStatement:
    found = ReportStatement.objects.visible_to(request.user).select_related(
        *ABOUT, "report__review", "report__academy"
    )
    return get_object_or_404(found, pk=statement_id)
