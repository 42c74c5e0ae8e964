"""Screens of activities: putting them on the timetable, and what became of them."""

import re
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.instruments.library.rules import may_name as form_may_name
from trigpoint.instruments.models import ActivityKind, InstrumentVersion
from trigpoint.instruments.voices.rules import may_name as kind_may_name
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.reviews.activities import forms, operations, queries, rules
from trigpoint.reviews.activities.models import Activity
from trigpoint.reviews.activities.operations import ActivityPlan
from trigpoint.reviews.reviews import queries as reviews
from trigpoint.reviews.reviews import rules as review_rules
from trigpoint.reviews.reviews.models import LineOfEnquiry, Review
from trigpoint.reviews.timetable import rules as timetable
from trigpoint.web.screens import asked_id, done, page, refusals_in, screen, sent, status_of

TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
HERE = "reviews:activities-schedule"


@screen(Capability.REVIEW_RUN, methods=("GET", "POST"))
def schedule(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Show a review's timetable and add to it: first the kind, then the rest."""
    review = get_object_or_404(
        Review.objects.visible_to(request.user).select_related("academy", "lead", "trust"),
        pk=review_id,
    )
    kind = _kind(request)
    form = _schedule_form(request, review, kind)
    if form.is_valid():
        with refusals_in(form):
            facts = ActivityPlan(review=review, kind=kind, **form.facts())
            activity = operations.schedule(plan=facts, by=request.user)
            return done(request, HERE, review.pk, said=f"“{activity.title}” is on the timetable.")
    appointments = reviews.timetable(review, viewer=request.user)
    context = {
        "review": review,
        "form": form,
        "kind": kind,
        "kinds": ActivityKind.choices,
        **_says_whom(form, kind),
        "days": timetable.by_day(appointments, at=timezone.now()),
        "may_schedule": review_rules.may_schedule(request.user, review),
    }
    return page(request, "reviews/activities/schedule.html", context, status=status_of(form))


def _kind(request: SignedInRequest) -> str:
    """Return the kind of activity the address names; lesson visits are the usual one."""
    named = request.GET.get("kind", "")
    return named if named in ActivityKind.values else ActivityKind.LESSON_VISIT


def _schedule_form(request: SignedInRequest, review: Review, kind: str) -> forms.ScheduleForm:
    suggested = _suggested(request, review, on=timezone.localdate())
    return forms.ScheduleForm(sent(request), initial=suggested, **_choices(request, review, kind))


def _choices(
    request: SignedInRequest, review: Review, kind: str, *, named: bool = False
) -> dict[str, Any]:
    """Return what this person may choose from; a walk names nobody unless asked, a survey never."""
    instruments = _instruments(request, kind)
    forms_name = any(form_may_name(it.content) for it in instruments) and kind_may_name(kind)
    is_asked = kind == ActivityKind.LEARNING_WALK and "named" in request.GET
    named = named or bool(forms_name) or is_asked
    today = timezone.localdate()
    lines = LineOfEnquiry.objects.visible_to(request.user).filter(review=review)
    return {
        "instruments": instruments,
        "people": queries.team(review, viewer=request.user),
        "lines": lines.order_by("number"),
        "teams": queries.teams(review, viewer=request.user),
        "observable": queries.teachers(review, viewer=request.user, on=today) if named else None,
    }


def _says_whom(form: forms.ScheduleForm, kind: str) -> dict[str, Any]:
    return {
        "names_nobody": "observed" not in form.fields,
        "may_ask_whom": kind == ActivityKind.LEARNING_WALK,
    }


def _instruments(request: SignedInRequest, kind: str) -> "QuerySet[InstrumentVersion]":
    return (
        InstrumentVersion.objects.visible_to(request.user)
        .filter(instrument__kind=kind, status=InstrumentVersion.Status.PUBLISHED)
        .select_related("instrument")
        .order_by("-number", "instrument__name", "id")
    )


def _suggested(request: SignedInRequest, review: Review, *, on: date) -> dict[str, Any]:
    """Return what the workspace's advice, or the review itself, fills in."""
    day = timetable.day_to_fill(review.fieldwork_starts_on, review.fieldwork_ends_on, on=on)
    suggested: dict[str, Any] = {
        "day": day or review.fieldwork_ends_on,
        "lines": [request.GET["line"]] if "line" in request.GET else [],
        "subject": request.GET.get("subject", review.subjects),
        **_drawn(request),
    }
    if TIME.fullmatch(request.GET.get("from", "")):
        starts = time.fromisoformat(request.GET["from"])
        suggested["starts"] = starts
        suggested["ends"] = (datetime.combine(suggested["day"], starts) + timetable.VISIT).time()
    return suggested


def _drawn(request: SignedInRequest) -> dict[str, Any]:
    """Return what a line of a sample fills in: where, and who goes."""
    year, subject = request.GET.get("year", ""), request.GET.get("subject", "")
    if not year:
        return {}
    observer = asked_id(request, "by")
    return {
        "title": f"{year} {subject}".strip(),
        "year_groups": year,
        "reviewers": [observer] if observer else [],
    }


@screen(Capability.REVIEW_RUN, methods=("GET", "POST"))
def change(request: SignedInRequest, activity_id: UUID) -> HttpResponse:
    """Plan an activity otherwise, and say why."""
    activity = _find(request, activity_id)
    review, named = activity.review, activity.observed_id is not None
    form = forms.ChangeForm(
        sent(request),
        initial=_planned(activity),
        **_choices(request, review, activity.kind, named=named),
    )
    if form.is_valid():
        with refusals_in(form):
            facts = form.facts()
            because = facts.pop("because")
            plan = ActivityPlan(
                review=review, kind=activity.kind,
                instrument_version=activity.instrument_version, **facts,
            )  # fmt: skip
            operations.change(
                activity=activity, plan=plan, because=because, by=request.user, at=timezone.now()
            )
            return done(request, HERE, review.pk, said=f"“{plan.title}” is changed.")
    context = {
        "activity": activity,
        "form": form,
        **_says_whom(form, activity.kind),
        "may": rules.may_change(request.user, activity, at=timezone.now()),
    }
    return page(request, "reviews/activities/change.html", context, status=status_of(form))


def _planned(activity: Activity) -> dict[str, Any]:
    """Return what is planned, as the form's own answers."""
    starts, ends = timezone.localtime(activity.starts_at), timezone.localtime(activity.ends_at)
    same = ("title", "place", "with_whom", "subject", "year_groups", "budget_reason", "is_paired")
    return {
        **{name: getattr(activity, name) for name in same},
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "team": activity.team_id,
        "observed": activity.observed_id,
        "reviewers": [person.pk for person in activity.reviewers.all()],
        "lines": [line.pk for line in activity.lines.all()],
    }


@screen(Capability.REVIEW_RUN, methods=("GET", "POST"))
def call_off(request: SignedInRequest, activity_id: UUID) -> HttpResponse:
    """Say that an activity will not take place, and why."""
    activity = _find(request, activity_id)
    form = forms.CallOffForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            operations.call_off(
                activity=activity, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            return done(request, HERE, activity.review_id, said=f"“{activity.title}” is off.")
    may = rules.may_call_off(request.user, activity, at=timezone.now())
    context = {"activity": activity, "form": form, "may": may}
    return page(request, "reviews/activities/call_off.html", context, status=status_of(form))


@screen(Capability.REVIEW_RUN, methods=("POST",))
def finish(request: SignedInRequest, activity_id: UUID) -> HttpResponse:
    """Say that an activity happened."""
    activity = _find(request, activity_id)
    operations.finish(activity=activity, by=request.user, on=timezone.localdate())
    return done(request, HERE, activity.review_id, said=f"“{activity.title}” is done.")


@screen(Capability.REVIEW_RUN, methods=("GET", "POST"))
def miss(request: SignedInRequest, activity_id: UUID) -> HttpResponse:
    """Say that an activity did not happen, and why."""
    activity = _find(request, activity_id)
    form = forms.MissForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            operations.miss(
                activity=activity, by=request.user, on=timezone.localdate(), **form.cleaned_data
            )
            return done(request, HERE, activity.review_id, said=f"“{activity.title}” was missed.")
    context = {
        "activity": activity,
        "form": form,
        "may_miss": rules.may_miss(request.user, activity),
    }
    return page(request, "reviews/activities/miss.html", context, status=status_of(form))


def _find(request: SignedInRequest, activity_id: UUID) -> Activity:
    found = Activity.objects.visible_to(request.user).select_related(
        "review__academy", "review__lead", "review__trust", "instrument_version"
    )
    return get_object_or_404(found, pk=activity_id)
