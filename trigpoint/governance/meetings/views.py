"""Screens of meetings."""

from uuid import UUID

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.governance.assurance.rules import Table
from trigpoint.governance.meetings import forms, operations, queries, rules
from trigpoint.governance.meetings.models import Challenge, Meeting, Paper
from trigpoint.people.models import Person
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

PAGE_SIZE = 25
SHOWN = "governance:meetings-show"


@screen(Capability.MEETING_VIEW)
def index(request: SignedInRequest) -> HttpResponse:
    """List meetings, latest first."""
    found = queries.register(viewer=request.user)
    context = {
        "page_obj": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "calls": request.user.access.holds(Capability.MEETING_CALL),
    }
    return page(request, "governance/meetings/index.html", context)


@screen(Capability.MEETING_VIEW)
def show(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Show one meeting: its papers, its questions, its decisions. No member of staff is named."""
    meeting = _find(request, meeting_id)
    papers = queries.papers(viewer=request.user, meeting=meeting)
    challenges = queries.challenges(viewer=request.user, meeting=meeting)
    context = {
        "meeting": meeting,
        "papers": [(paper, _table(paper)) for paper in papers],
        "challenges": [
            (
                challenge,
                challenge.asked_by.kind == Person.Kind.GOVERNOR,
                rules.may_answer(request.user, challenge),
                rules.may_close(request.user, challenge),
            )
            for challenge in challenges
        ],
        "decisions": queries.decisions(viewer=request.user, meeting=meeting),
        "may_call": rules.may_call(request.user, meeting.body),
        "may_ask": rules.may_ask(request.user, meeting),
    }
    return page(request, "governance/meetings/show.html", context)


def _table(paper: Paper) -> Table | None:
    return rules.from_paper(paper.snapshot) if paper.snapshot else None


@screen(Capability.MEETING_VIEW)
def latest(request: SignedInRequest) -> HttpResponse:
    """Show the latest decisions and questions; also a box on the assurance page."""
    context: dict[str, object] = {
        "decisions": queries.decisions(viewer=request.user),
        "challenges": queries.challenges(viewer=request.user),
    }
    return page(request, "governance/meetings/latest.html", context, fragment="panel")


@screen(Capability.MEETING_CALL, methods=("GET", "POST"))
def call(request: SignedInRequest) -> HttpResponse:
    """Put a meeting in."""
    bodies = queries.bodies(viewer=request.user)
    form = forms.CallMeetingForm(sent(request), bodies=bodies)
    if form.is_valid():
        with refusals_in(form):
            meeting = operations.call(by=request.user, **form.cleaned_data)
            return done(request, SHOWN, meeting.pk, said="Meeting put in.")
    return _asked(request, "governance/meetings/call.html", form, bodies=bodies)


@screen(Capability.MEETING_CALL, methods=("GET", "POST"))
def table_report(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Put a final report before a meeting."""
    meeting = _find(request, meeting_id)
    reports = queries.reports_to_table(viewer=request.user, meeting=meeting)
    form = forms.TableReportForm(sent(request), reports=reports)
    if form.is_valid():
        with refusals_in(form):
            operations.table_report(meeting=meeting, by=request.user, **form.cleaned_data)
            return done(request, SHOWN, meeting.pk, said="Report put before the meeting.")
    may = rules.may_table_report(request.user, meeting, None)
    template = "governance/meetings/table_report.html"
    return _asked(request, template, form, meeting=meeting, reports=reports, may=may)


@screen(Capability.MEETING_CALL, methods=("POST",))
def table_assurance(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Put today's assurance table before a meeting."""
    meeting = _find(request, meeting_id)
    operations.table_assurance(meeting=meeting, by=request.user, on=timezone.localdate())
    return done(request, SHOWN, meeting.pk, said="The assurance table is before the meeting.")


@screen(Capability.CHALLENGE_RAISE, methods=("GET", "POST"))
def ask(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Put a question."""
    meeting = _find(request, meeting_id)
    form = forms.AskForm(sent(request), initial={"question": request.GET.get("q", "")})
    if form.is_valid():
        with refusals_in(form):
            operations.ask(meeting=meeting, by=request.user, **form.cleaned_data)
            return done(request, SHOWN, meeting.pk, said="Question put.")
    may = rules.may_ask(request.user, meeting)
    return _asked(request, "governance/meetings/ask.html", form, meeting=meeting, may=may)


@screen(Capability.MEETING_CALL, methods=("GET", "POST"))
def answer(request: SignedInRequest, challenge_id: UUID) -> HttpResponse:
    """Answer a question."""
    challenge = _find_challenge(request, challenge_id)
    form = forms.AnswerForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            operations.answer(
                challenge=challenge, by=request.user, on=timezone.localdate(), **form.cleaned_data
            )
            return done(request, SHOWN, challenge.meeting_id, said="Question answered.")
    may = rules.may_answer(request.user, challenge)
    template = "governance/meetings/answer.html"
    return _asked(request, template, form, meeting=challenge.meeting, challenge=challenge, may=may)


@screen(Capability.CHALLENGE_RAISE, methods=("POST",))
def close(request: SignedInRequest, challenge_id: UUID) -> HttpResponse:
    """Close a question whose answer is enough."""
    challenge = _find_challenge(request, challenge_id)
    operations.close(challenge=challenge, by=request.user, on=timezone.localdate())
    return done(request, SHOWN, challenge.meeting_id, said="Question closed.")


@screen(Capability.MEETING_CALL, methods=("GET", "POST"))
def decide(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Record a decision."""
    meeting = _find(request, meeting_id)
    form = forms.DecideForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            operations.decide(meeting=meeting, by=request.user, **form.cleaned_data)
            return done(request, SHOWN, meeting.pk, said="Decision recorded.")
    may = rules.may_decide(request.user, meeting)
    return _asked(request, "governance/meetings/decide.html", form, meeting=meeting, may=may)


def _asked(request: SignedInRequest, template: str, form: Form, **context: object) -> HttpResponse:
    """Show a form, or show it again with what is wrong."""
    return page(request, template, {"form": form, **context}, status=status_of(form))


def _find(request: SignedInRequest, meeting_id: UUID) -> Meeting:
    found = Meeting.objects.visible_to(request.user).select_related("body__academy")
    return get_object_or_404(found, pk=meeting_id)


def _find_challenge(request: SignedInRequest, challenge_id: UUID) -> Challenge:
    found = Challenge.objects.visible_to(request.user).select_related("meeting__body")
    return get_object_or_404(found, pk=challenge_id)
