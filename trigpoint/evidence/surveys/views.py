"""Screens of those who ask: make a survey, hand out its link, read what came, make it evidence."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from trigpoint.evidence.codes.rules import code
from trigpoint.evidence.surveys import forms, operations, queries, rules
from trigpoint.evidence.surveys.models import Survey
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.records.refusals import Verdict
from trigpoint.web.screens import asked_id, done, page, refusals_in, screen, sent, status_of

ROWS = 25
SHOW = "evidence:surveys-show"


@screen(Capability.EVIDENCE_CAPTURE)
def index(request: SignedInRequest) -> HttpResponse:
    """List the surveys one may open, newest first."""
    surveys = queries.register(viewer=request.user, academy_id=asked_id(request, "academy"))
    context = {
        "surveys": Paginator(surveys, ROWS).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
    }
    return page(request, "evidence/surveys/index.html", context)


@screen(Capability.EVIDENCE_CAPTURE, methods=("GET", "POST"))
def make(request: SignedInRequest) -> HttpResponse:
    """Make a survey, beginning with the ready-made questions for the group."""
    today, asked = timezone.localdate(), request.GET
    group = asked.get("group", "")
    group = group if group in Survey.Group.values else Survey.Group.STUDENTS
    places = queries.places(viewer=request.user)
    chosen = next((f"{it}:{asked[it]}" for it in ("review", "academy") if it in asked), "")
    form = forms.MakeForm(sent(request), group=group, places=places, on=today, chosen=chosen)
    if form.is_valid():
        with refusals_in(form):
            academy, review = queries.place(form.cleaned_data["place"], viewer=request.user)
            survey = operations.make(
                plan=form.plan(), academy=academy, review=review, by=request.user, on=today
            )
            return done(request, SHOW, survey.pk, said="The survey is made. Hand out its link.")
    context = {
        "form": form,
        "group": group,
        "groups": Survey.Group.choices,
        "has_place": bool(places),
    }
    return page(request, "evidence/surveys/make.html", context, status=status_of(form))


@screen(Capability.EVIDENCE_CAPTURE)
def show(request: SignedInRequest, survey_id: UUID) -> HttpResponse:
    """Show a survey: its link, how many replied, and once it is over what they said."""
    survey = _find(request, survey_id)
    results = queries.results(survey, viewer=request.user)
    context = {
        "survey": survey,
        "address": _address(request, survey),
        "results": results,
        "asked": rules.in_words(survey.questions),
        "today": timezone.localdate(),
        "kept_days": rules.TOO_FEW_KEPT.days,
        "record": getattr(survey, "record", None),
        "may_renew": rules.may_renew(request.user, survey),
        "may_close": rules.may_close(request.user, survey),
        "may_withdraw": rules.may_withdraw(request.user, survey),
        "may_look": rules.may_look(request.user, survey),
        "may_record": _may_record(request, survey, results),
    }
    return page(request, "evidence/surveys/show.html", context)


@screen(Capability.EVIDENCE_CAPTURE)
def poster(request: SignedInRequest, survey_id: UUID) -> HttpResponse:
    """Show a page to print: the code to point a phone at, and the address to type."""
    survey = _find(request, survey_id)
    address = _address(request, survey)
    context = {"survey": survey, "address": address, "code": code(address)}
    return page(request, "evidence/surveys/poster.html", context)


@screen(Capability.EVIDENCE_CAPTURE, methods=("GET", "POST"))
def renew(request: SignedInRequest, survey_id: UUID) -> HttpResponse:
    """Ask first, then give it a new link."""
    survey = _find(request, survey_id)
    if request.method == "POST":
        operations.renew(survey=survey, by=request.user)
        return done(request, SHOW, survey.pk, said="It has a new link; the old one opens nothing.")
    context = {"survey": survey, "may": rules.may_renew(request.user, survey)}
    return page(request, "evidence/surveys/renew.html", context)


@screen(Capability.EVIDENCE_CAPTURE, methods=("GET", "POST"))
def close(request: SignedInRequest, survey_id: UUID) -> HttpResponse:
    """Ask first, then close it early."""
    survey = _find(request, survey_id)
    if request.method == "POST":
        operations.close(survey=survey, by=request.user, on=timezone.localdate())
        return done(request, SHOW, survey.pk, said="The survey is closed.")
    context = {
        "survey": survey,
        "count": queries.results(survey, viewer=request.user).count,
        "may": rules.may_close(request.user, survey),
    }
    return page(request, "evidence/surveys/close.html", context)


@screen(Capability.EVIDENCE_CAPTURE, methods=("GET", "POST"))
def look(request: SignedInRequest, survey_id: UUID) -> HttpResponse:
    """Decide of words that may name somebody; each may be read as it was written first."""
    survey, posted = _find(request, survey_id), request.POST
    may = rules.may_look(request.user, survey)
    held = queries.results(survey, viewer=request.user).held if may else ()
    asked = {*posted.getlist("written"), *posted.getlist("read")}
    uncovered = [it for it in held if str(it.reply_id) in asked]
    written = queries.as_written(survey, uncovered, viewer=request.user)
    reading = "read" in posted
    form = forms.LookForm(
        None if reading else sent(request), held=held, written=written, chosen=posted.dict()
    )
    if form.is_valid():
        with refusals_in(form):
            operations.look(survey=survey, decided=form.decided(), by=request.user)
            return done(request, SHOW, survey.pk, said="Decided. The others read what you show.")
    context = {"survey": survey, "form": form, "held": held, "may": may}
    return page(request, "evidence/surveys/look.html", context, status=status_of(form))


@screen(Capability.EVIDENCE_CAPTURE, methods=("GET", "POST"))
def record(request: SignedInRequest, survey_id: UUID) -> HttpResponse:
    """Ask first, then make its counts a record of evidence."""
    survey = _find(request, survey_id)
    if request.method == "GET":
        results = queries.results(survey, viewer=request.user)
        context = {"survey": survey, "may": _may_record(request, survey, results)}
        return page(request, "evidence/surveys/record.html", context)
    made = operations.record(survey=survey, by=request.user, at=timezone.now())
    next_step = (
        " It can be cited now." if survey.review_id else ""
    )  # claims cite their review's own
    said = f"{made.reference} holds what was answered.{next_step}"
    return done(request, "evidence:entries-show", made.pk, said=said)


@screen(Capability.EVIDENCE_CAPTURE, methods=("GET", "POST"))
def withdraw(request: SignedInRequest, survey_id: UUID) -> HttpResponse:
    """Ask first, then take it back with its replies."""
    survey = _find(request, survey_id)
    if request.method == "POST":
        operations.withdraw(survey=survey, by=request.user, on=timezone.localdate())
        return done(request, "evidence:surveys-index", said="Withdrawn. Its replies are deleted.")
    context = {
        "survey": survey,
        "count": queries.results(survey, viewer=request.user).count,
        "may": rules.may_withdraw(request.user, survey),
    }
    return page(request, "evidence/surveys/withdraw.html", context)


def _may_record(request: SignedInRequest, survey: Survey, results: queries.Results) -> Verdict:
    return rules.may_record(
        request.user,
        survey,
        count=results.count,
        held=len(results.held),
        fewest=results.fewest,
    )


def _find(request: SignedInRequest, survey_id: UUID) -> Survey:
    found = Survey.objects.visible_to(request.user)
    return get_object_or_404(
        found.select_related("academy", "review", "made_by", "trust", "record"), pk=survey_id
    )


def _address(request: SignedInRequest, survey: Survey) -> str:
    return request.build_absolute_uri(reverse("evidence:answering-answer", args=[survey.secret]))
