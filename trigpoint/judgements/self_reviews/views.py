"""Screens of self-reviews: both views side by side, beginning one, finishing it, calling it off."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from trigpoint.judgements.levels.rules import may_judge
from trigpoint.judgements.self_reviews import forms, operations, queries, rules
from trigpoint.judgements.self_reviews.rules import Line
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.policies.models import Area, CadenceRule, PolicyVersion
from trigpoint.policies.settings.rules import number
from trigpoint.policies.versions.queries import system_version_in_force
from trigpoint.policies.versions.rules import interval_in_words
from trigpoint.reviews.coverage.rules import Cell, Ground, measure
from trigpoint.reviews.models import Review
from trigpoint.reviews.reviews.rules import may_view as may_view_review
from trigpoint.reviews.self_reviews import operations as self_reviews
from trigpoint.reviews.self_reviews import queries as reviews
from trigpoint.reviews.self_reviews import rules as review_rules
from trigpoint.trusts.models import Academy
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

BOTH = ("GET", "POST")
SHOWN = "judgements:self_reviews-show"
CHOICES = {
    "": "All",
    "differ": "Differ",
    "unjudged": "Not judged",
    "old": "Older than a term",
}


@screen(Capability.JUDGEMENT_VIEW)
def show(request: SignedInRequest, academy_id: UUID) -> HttpResponse:
    """Set the academy’s own view beside the trust’s, standard by standard."""
    academy = get_object_or_404(queries.academies(viewer=request.user), pk=academy_id)
    version = system_version_in_force(academy.trust_id)
    if version is None:
        context: dict[str, object] = {"academy": academy}
        return page(request, "judgements/self_reviews/show.html", context)
    there, today = reviews.system_of_academy(academy.pk), timezone.localdate()
    running = reviews.system_running(there)
    ground = queries.system_ground(academy, version, there)
    lines = queries.lines(
        viewer=request.user,
        academy=academy,
        version=version,
        running=running,
        stale=rules.stale_before(ground.by, on=today),
    )
    wanted = request.GET.get("show", "")
    context = {
        "academy": academy,
        "version": version,
        "areas": _by_area(request, lines, wanted, running, version),
        "choices": [
            (it, name, sum(one.is_in(it) for one in lines)) for it, name in CHOICES.items()
        ],
        "show": wanted,
        "compared": sum(line.is_compared for line in lines),
        "reads_reasons": _covers(request, Capability.CLAIM_VIEW, academy),
        **_reviews(request, there),
        **_due(ground, version, on=today),
        **_verbs(request, academy, running),
    }
    return page(request, "judgements/self_reviews/show.html", context)


def _by_area(
    request: SignedInRequest,
    lines: Sequence[Line],
    wanted: str,
    running: Review | None,
    version: PolicyVersion,
) -> list[tuple[Area, list[tuple[Line, str, str]]]]:
    """Return what the filter shows, area by area, each line with what is to be done about it."""
    judges = bool(running and may_judge(request.user, running))
    shown = [line for line in lines if line.is_in(wanted)]
    return [
        (area, [(line, *_todo(line, running if judges else None, version)) for line in group])
        for area, group in groupby(shown, key=lambda line: line.area)
    ]


def _todo(line: Line, running: Review | None, version: PolicyVersion) -> tuple[str, str]:
    """Return the address and words of the next step about a line, for those who judge there."""
    if running is None or not line.is_open or running.policy_version_id != version.pk:
        return "", ""
    if line.is_ready:
        url = reverse("judgements:levels-judge", args=[running.pk])
        words = "Change" if line.again else "Judge again" if line.own else "Judge"
        return f"{url}?{urlencode({'place': line.key})}#judge", words
    if line.standard is None:
        return "", ""
    url = reverse("judgements:claims-propose", args=[running.pk])
    return f"{url}?{urlencode({'standard': line.standard.pk})}", "Make a claim"


def _reviews(request: SignedInRequest, there: list[Review]) -> dict[str, object]:
    """Return the self-reviews the person may open, by what has become of them."""
    seen = [it for it in there if may_view_review(request.user, it)]
    return {
        "running": reviews.system_running(seen),
        "planned": reviews.system_planned(seen),
        "finished": reviews.system_finished(seen),
    }


def _due(ground: Ground, version: PolicyVersion, *, on: date) -> dict[str, object]:
    """Return when the next self-review is due and why, and how often the policy asks for one."""
    soon_days = number(version.settings, "cadence", "soon_days")
    cell = measure(queries.COLUMN, ground, on=on, soon_days=soon_days)
    return {"cell": cell, "asked": _asked(cell)}


def _asked(cell: Cell) -> str:
    """Say whether the policy asks for a self-review each term."""
    if not cell.required:
        return "The policy in force asks for no self-review. You can begin one all the same."
    rule = cell.required[0].window.rule
    every = interval_in_words(rule)
    said = f"The policy in force asks for a self-review {every[0].lower()}{every[1:]}"
    if rule.every in {CadenceRule.Every.TERM, CadenceRule.Every.HALF_TERM}:
        return f"{said}, by this academy’s own terms."
    return f"{said}, not every term. You can refresh it more often."


def _verbs(request: SignedInRequest, academy: Academy, running: Review | None) -> dict[str, object]:
    """Return what the person may do on the page; nothing for those who only read."""
    if not _covers(request, Capability.REVIEW_SELF, academy):
        return {}
    return {
        "carries_out": True,
        "may_begin": review_rules.may_begin(request.user, academy, running=running),
        "may_finish": running and review_rules.may_finish(request.user, running, has_report=False),
        "may_call_off": running and review_rules.may_call_off(request.user, running),
        "judges": running and may_judge(request.user, running),
    }


def _covers(request: SignedInRequest, capability: Capability, academy: Academy) -> bool:
    return request.user.access.covers(capability, trust_id=academy.trust_id, academy_id=academy.pk)


@screen(Capability.REVIEW_SELF, methods=BOTH)
def begin(request: SignedInRequest, academy_id: UUID) -> HttpResponse:
    """Begin a self-review, or the next one: which areas, until when."""
    academy = get_object_or_404(queries.academies(viewer=request.user), pk=academy_id)
    there, today = reviews.system_of_academy(academy.pk), timezone.localdate()
    planned = reviews.system_planned(there)
    in_force = system_version_in_force(academy.trust_id)
    version = planned.policy_version if planned else in_force
    areas = Area.objects.visible_to(request.user).filter(version=version).order_by("position")
    chosen = planned.areas.all() if planned else areas
    initial = {
        "areas": [area.pk for area in chosen],
        "finish_by": queries.system_last_day(academy, on=today),
    }
    form = forms.BeginForm(sent(request), areas=areas, initial=initial)
    if form.is_valid():
        with refusals_in(form):
            self_reviews.begin(academy=academy, by=request.user, on=today, **form.cleaned_data)
            said = "Self-review begun. Write down what you see, make claims, then judge."
            return done(request, SHOWN, academy.pk, said=said)
    context = {
        "academy": academy,
        "form": form,
        "planned": planned,
        "finished": reviews.system_finished(there),
        "may": review_rules.may_begin(request.user, academy, running=reviews.system_running(there)),
    }
    return page(request, "judgements/self_reviews/begin.html", context, status=status_of(form))


@screen(Capability.REVIEW_SELF, methods=BOTH)
def finish(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Finish a self-review: what will stand, and what was not looked at again."""
    review = _find(request, review_id)
    if request.method == "POST":
        operations.finish(review=review, by=request.user, on=timezone.localdate())
        said = "Self-review finished. Its levels stand from today."
        return done(request, SHOWN, review.academy_id, said=said)
    lines = queries.lines(
        viewer=request.user,
        academy=review.academy,
        version=review.policy_version,
        running=review,
        stale=review.fieldwork_starts_on,
    )
    context = {
        "review": review,
        "judged": [line for line in lines if line.again],
        "kept": [line for line in lines if line.own and not line.again],
        "may": rules.may_finish(
            request.user,
            review,
            has_report=reviews.system_has_report(review),
            waiting=queries.system_waiting(review),
            is_judged=queries.system_is_judged(review),
        ),
    }
    return page(request, "judgements/self_reviews/finish.html", context)


@screen(Capability.REVIEW_SELF, methods=BOTH)
def call_off(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Call a self-review off and say why."""
    review = _find(request, review_id)
    form = forms.CallOffForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            self_reviews.call_off(
                review=review, by=request.user, on=timezone.localdate(), **form.cleaned_data
            )
            said = "Self-review called off. What stood before stands."
            return done(request, SHOWN, review.academy_id, said=said)
    may = review_rules.may_call_off(request.user, review)
    context = {"review": review, "form": form, "may": may}
    return page(request, "judgements/self_reviews/call_off.html", context, status=status_of(form))


@screen(Capability.JUDGEMENT_VIEW)
def for_review(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Lead from a review to the school’s own view: a panel of the review’s page."""
    review = _find(request, review_id)
    there = reviews.system_of_academy(review.academy_id)
    is_own = review.kind == Review.Kind.SELF
    context = {
        "review": review,
        "is_own": is_own,
        "may_view": rules.may_view(request.user, review.academy),
        "finished": reviews.system_finished(there),
        "may_finish": is_own and review_rules.may_finish(request.user, review, has_report=False),
        "may_call_off": is_own and review_rules.may_call_off(request.user, review),
    }
    return page(request, "judgements/self_reviews/for_review.html", context, fragment="panel")


def _find(request: SignedInRequest, review_id: UUID) -> Review:
    found = Review.objects.visible_to(request.user).select_related(
        "academy", "lead", "policy_version"
    )
    return get_object_or_404(found, pk=review_id)
