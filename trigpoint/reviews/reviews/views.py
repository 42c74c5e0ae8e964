"""Screens of reviews: the list, planning one, its workspace and its verbs."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.policies.models import Area
from trigpoint.policies.versions import queries as versions
from trigpoint.records.refusals import Verdict
from trigpoint.reviews.readiness import rules as readiness
from trigpoint.reviews.reviews import forms, operations, queries, rules
from trigpoint.reviews.reviews.models import Deadline, Review, ReviewTeamMember
from trigpoint.reviews.reviews.operations import Line, Member, ReviewPlan
from trigpoint.reviews.timetable import rules as timetable
from trigpoint.trusts.calendars import queries as calendars
from trigpoint.trusts.models import Academy
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

PAGE_SIZE = 25
CHOICES = {"": "All", "open": "Open", "overdue": "Overdue", "mine": "Mine", "over": "Over"}
SHOWN = "reviews:reviews-show"


@screen(Capability.REVIEW_VIEW)
def index(request: SignedInRequest) -> HttpResponse:
    """List reviews: open, overdue, one's own, and those that are over."""
    today, chosen = timezone.localdate(), request.GET.get("show", "")
    academies = _academies(request)
    academy = _named(request, academies)
    academy_id = academy.pk if academy else None
    found = queries.register(viewer=request.user, on=today, show=chosen, academy_id=academy_id)
    counts = queries.counts(viewer=request.user, on=today, academy_id=academy_id)
    paginator = Paginator(found, PAGE_SIZE)
    paginator.count = counts.get(chosen, counts["all"])  # already counted for the filter's chips
    shown = paginator.get_page(request.GET.get("page"))
    context = {
        "page_obj": shown,
        "rows": [_row(review, on=today) for review in shown],
        "choices": [(name, label, counts[name or "all"]) for name, label in CHOICES.items()],
        "any": counts["all"],
        "show": chosen,
        "academy_id": academy_id,
        "academies": [(it.pk, it.name) for it in academies],
        "may_plan": request.user.access.holds(Capability.REVIEW_PLAN),
    }
    return page(request, "reviews/reviews/index.html", context, fragment="register")


def _row(review: Review, *, on: date) -> dict[str, object]:
    """Put a review beside its next step, in words, and whether that is overdue."""
    due_on, step = review.next_due_on, review.next_step  # type: ignore[attr-defined]  # annotated
    is_open = review.status not in rules.OVER
    return {
        "review": review,
        "next_step": Deadline.Step(step).label if step and is_open else "",
        "next_due_on": due_on,
        "is_overdue": bool(is_open and due_on and due_on < on),
    }


def _academies(request: SignedInRequest) -> list[Academy]:
    return list(Academy.objects.visible_to(request.user).order_by("name", "id"))


def _named(request: SignedInRequest, academies: list[Academy]) -> Academy | None:
    """Return the academy the address names, when the person may see it."""
    return next((it for it in academies if str(it.pk) == request.GET.get("academy")), None)


@screen(Capability.REVIEW_VIEW)
def show(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Show a review's workspace: its clock, what is on, what is missing, who does it."""
    review = get_object_or_404(queries.workspace(viewer=request.user), pk=review_id)
    members = list(queries.members(review, viewer=request.user, on=timezone.localdate()))
    may = _verdicts(request, review)
    timed, clock = _timetable(request, review, members), _clock(review)
    context = {
        "review": review,
        "members": members,
        "at_academy": f"{reverse('reviews:reviews-index')}?academy={review.academy_id}",
        "is_before_fieldwork": review.status in rules.BEFORE_FIELDWORK,
        "next": _next(review, may),
        "may": may,
        "may_give": request.user.access.is_trust_wide(Capability.GRANT_GIVE),
        "warnings": _warnings(review, members),
        **clock,
        **timed,
        **_readiness(review, members, timed, clock),
    }
    return page(request, "reviews/reviews/show.html", context)


def _warnings(review: Review, members: list[ReviewTeamMember]) -> list[str]:
    """Say which of the team work at the academy; for a self-review that is as it should be."""
    if review.kind == Review.Kind.SELF:
        return []
    return rules.warnings(
        lead=review.lead.name if review.lead_works_there else "",  # type: ignore[attr-defined]  # annotated
        members=[
            (m.person.name, m.works_there, m.conflict)  # type: ignore[attr-defined]  # annotated
            for m in members
        ],
        academy=review.academy.name,
    )


def _readiness(
    review: Review,
    members: list[ReviewTeamMember],
    timed: dict[str, Any],
    clock: dict[str, Any],
) -> dict[str, object]:
    """Return what has to be in place before fieldwork, and whether all of it is.

    Nobody comes to a self-review, so nothing of this has to be.
    """
    if review.status not in rules.BEFORE_FIELDWORK or review.kind == Review.Kind.SELF:
        return {}
    inside = [review.lead_works_there, *(it.works_there for it in members)]  # type: ignore[attr-defined]  # annotated
    deadlines: list[Deadline] = clock["deadlines"]
    prepared = readiness.Prepared(
        lines_count=len(timed["lines"]),
        team_count=len(inside),
        outside_count=inside.count(False),
        unhandled_count=sum(it.works_there and not it.conflict for it in members),  # type: ignore[attr-defined]  # annotated
        has_nominee=review.nominee_id is not None,
        gaps_count=len(timed["gaps"]),
        due={it.step: it.due_on for it in deadlines},
        done={it.step: it.done_on for it in deadlines},
    )
    found = readiness.checks(prepared, on=timezone.localdate())
    return {"readiness": found, "is_ready": readiness.is_ready(found)}


def _verdicts(request: SignedInRequest, review: Review) -> dict[str, Verdict]:
    """Return what the person may do with the review, each verb with its reason."""
    user, today = request.user, timezone.localdate()
    return {
        "run": rules.may_run(user, review),
        "notify": rules.may_notify(user, review),
        "receive": rules.may_receive(user, review),
        "start": rules.may_start(user, review, on=today),
        "corroborate": rules.may_corroborate(user, review),
        "report": rules.may_report(user, review),
        "close": rules.may_close(user, review, made=queries.system_made(review)),
        "cancel": rules.may_cancel(user, review),
        "step_back": rules.may_step_back(user, review, made=()),
        "replan": rules.may_replan(user, review),
        "ask": rules.may_ask(user, review),
        "schedule": rules.may_schedule(user, review),
        "restaff": rules.may_restaff(user, review),
    }


def _next(review: Review, may: dict[str, Verdict]) -> dict[str, object] | None:
    """Return the verb that takes the review on, ready for a button; None when it is over.

    Who carries out a self-review and does not run reviews goes on from the panel of their own view.
    """
    if review.status in rules.OVER or (review.kind == Review.Kind.SELF and not may["run"]):
        return None
    verb, words, icon = rules.NEXT[Review.Status(review.status)]
    url = reverse(f"reviews:reviews-{verb}", args=[review.pk])
    return {"words": words, "icon": icon, "url": url, "verdict": may[verb]}


def _clock(review: Review) -> dict[str, Any]:
    """Return the stepper and what its days are counted from."""
    today = timezone.localdate()
    deadlines = list(review.deadlines.order_by("position"))
    calendar = calendars.system_calendar(review.academy_id)
    counted = [it.due_on for it in deadlines if it.step not in rules.NOT_IN_WORKING_DAYS]
    return {
        "deadlines": deadlines,
        "clock": rules.steps(deadlines, on=today),
        "waits_for_documents": any(
            it.step == "DOCUMENTS" and it.done_on is None for it in deadlines
        ),
        "basis": "" if calendar.terms else calendar.basis,
        "skipped": calendar.sentences(min(counted), max(counted)) if counted else [],
    }


def _timetable(
    request: SignedInRequest, review: Review, members: list[ReviewTeamMember]
) -> dict[str, Any]:
    """Return the days of the timetable and what is still missing from it."""
    at, today = timezone.now(), timezone.localdate()
    lines = queries.lines(review, viewer=request.user)
    appointments = queries.timetable(review, viewer=request.user)
    first, last = review.fieldwork_starts_on, review.fieldwork_ends_on
    return {
        "lines": lines,
        "days": timetable.by_day(appointments, at=at),
        "hours": timetable.hours(appointments),
        "gaps": timetable.gaps(
            lines,
            appointments,
            [(review.lead_id, review.lead.name), *((m.person_id, m.person.name) for m in members)],
            day=timetable.day_to_fill(first, last, on=today),
            at=at,
        )
        if review.status in rules.BEFORE_REPORTING
        else [],
    }


@screen(Capability.REVIEW_PLAN, methods=("GET", "POST"))
def plan(request: SignedInRequest) -> HttpResponse:
    """Plan a review: first which academy, then everything else about it."""
    academies = [it for it in _academies(request) if rules.may_plan(request.user, it)]
    academy = _named(request, academies)
    if academy is None and request.method == "POST":
        raise Http404
    context: dict[str, object] = {"academies": academies, "academy": academy}
    if academy is None:
        return page(request, "reviews/reviews/plan.html", context)
    form, team = _plan_forms(request, academy)
    if form.is_valid() and team.is_valid():
        members = tuple(Member(**row) for row in team.cleaned_data if row.get("person"))
        facts = ReviewPlan(academy=academy, members=members, **form.cleaned_data)
        with refusals_in(form):
            review = operations.plan(plan=facts, by=request.user, on=timezone.localdate())
            said = " ".join(["Review planned.", *_to_settle(review)])
            return done(request, "reviews:reviews-ask", review.pk, said=said)
    context |= {"form": form, "team": team, "basis": calendars.system_calendar(academy.pk).basis}
    return page(request, "reviews/reviews/plan.html", context, status=status_of(form, team))


def _to_settle(review: Review) -> list[str]:
    return readiness.to_settle(
        notice_by=queries.system_notice_by(review),
        elsewhere=queries.system_elsewhere(review),
        on=timezone.localdate(),
    )


def _plan_forms(request: SignedInRequest, academy: Academy) -> tuple[forms.PlanReviewForm, Any]:
    """Return the form about the review and the one about its team, scoped to the person."""
    version = versions.system_version_in_force(request.user.trust_id)
    today = timezone.localdate()
    people = forms.by_id(queries.team_candidates(viewer=request.user, on=today))
    form = forms.PlanReviewForm(
        sent(request),
        areas=Area.objects.visible_to(request.user).filter(version=version).order_by("position"),
        people=people,
        nominees=forms.by_id(queries.nominees(academy.pk, viewer=request.user, on=today)),
    )
    return form, forms.MemberFormSet(sent(request), form_kwargs={"people": people})


@screen(Capability.REVIEW_RUN, methods=("GET", "POST"))
def ask(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Add lines of enquiry, each with its standards and how much would be enough."""
    review = _find(request, review_id)
    standards = queries.standards_to_ask(review, viewer=request.user)
    kinds = [kind for standard in standards for kind in standard.expected_kinds]
    form = forms.AskForm(
        sent(request),
        standards=standards,
        suggested=rules.wanted_for(kinds, review.policy_version.settings.get("sample", {})),
    )
    if form.is_valid():
        with refusals_in(form):
            operations.ask(
                review=review, line=Line(**form.facts()), by=request.user, on=timezone.localdate()
            )
            return done(request, "reviews:reviews-ask", review.pk, said="Line of enquiry added.")
    context = {
        "review": review,
        "form": form,
        "lines": queries.lines(review, viewer=request.user),
        "may_ask": rules.may_ask(request.user, review),
        "is_before_fieldwork": review.status in rules.BEFORE_FIELDWORK,
    }
    return page(request, "reviews/reviews/ask.html", context, status=status_of(form))


@screen(Capability.REVIEW_RUN, methods=("GET", "POST"))
def replan(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Move the days of fieldwork, and the clock with them."""
    review = _find(request, review_id)
    initial = {"starts_on": review.fieldwork_starts_on, "ends_on": review.fieldwork_ends_on}
    form = forms.ReplanForm(sent(request), initial=initial)
    if form.is_valid():
        dates = rules.Dates(**form.cleaned_data)
        with refusals_in(form):
            moved = operations.replan(
                review=review, dates=dates, by=request.user, on=timezone.localdate()
            )
            said = "Dates moved and the clock worked out again. Check the timetable still fits."
            said = " ".join([said, *_to_settle(moved)])
            return done(request, SHOWN, review.pk, said=said)
    context = {"review": review, "form": form, "may_replan": rules.may_replan(request.user, review)}
    return page(request, "reviews/reviews/replan.html", context, status=status_of(form))


@screen(Capability.REVIEW_RUN, methods=("GET", "POST"))
def cancel(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Call a review off and say why."""
    review = _find(request, review_id)
    form = forms.CancelForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            operations.cancel(
                review=review, by=request.user, on=timezone.localdate(), **form.cleaned_data
            )
            return done(request, SHOWN, review.pk, said="Review cancelled.")
    context = {"review": review, "form": form, "may_cancel": rules.may_cancel(request.user, review)}
    return page(request, "reviews/reviews/cancel.html", context, status=status_of(form))


@screen(Capability.REVIEW_RUN, methods=("GET", "POST"))
def step_back(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Take the last step back and say why."""
    review = _find(request, review_id)
    form = forms.StepBackForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            review = operations.step_back(
                review=review, by=request.user, on=timezone.localdate(), **form.cleaned_data
            )
            said = f"Taken back. The review is at \u201c{review.get_status_display()}\u201d again."
            return done(request, SHOWN, review.pk, said=said)
    may = rules.may_step_back(request.user, review, made=queries.system_made(review))
    context = {"review": review, "form": form, "may_step_back": may}
    return page(request, "reviews/reviews/step_back.html", context, status=status_of(form))


@screen(Capability.REVIEW_RUN, methods=("POST",))
def notify(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Note that the academy has been told."""
    return _moved(request, review_id, operations.notify, said="Noted: the academy has been told.")


@screen(Capability.REVIEW_RUN, methods=("POST",))
def receive(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Note that the academy's documents have come."""
    return _moved(request, review_id, operations.receive, said="Noted: the documents have come.")


@screen(Capability.REVIEW_RUN, methods=("POST",))
def start(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Start fieldwork."""
    return _moved(request, review_id, operations.start, said="Fieldwork started.")


@screen(Capability.REVIEW_RUN, methods=("POST",))
def corroborate(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """End fieldwork and turn to corroboration."""
    return _moved(
        request, review_id, operations.corroborate, said="Fieldwork is over; the team corroborates."
    )


@screen(Capability.REVIEW_RUN, methods=("POST",))
def report(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """End corroboration and turn to the report."""
    return _moved(
        request, review_id, operations.report, said="Corroboration is over; the report begins."
    )


@screen(Capability.REVIEW_RUN, methods=("POST",))
def close(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Close a review whose report is done."""
    return _moved(request, review_id, operations.close, said="Review closed.")


def _moved(
    request: SignedInRequest, review_id: UUID, move: Callable[..., Review], *, said: str
) -> HttpResponse:
    """Take the review one step on, and say so."""
    review = move(review=_find(request, review_id), by=request.user, on=timezone.localdate())
    return done(request, SHOWN, review.pk, said=said)


def _find(request: SignedInRequest, review_id: UUID) -> Review:
    found = Review.objects.visible_to(request.user).select_related(
        "academy", "lead", "policy_version"
    )
    return get_object_or_404(found, pk=review_id)
