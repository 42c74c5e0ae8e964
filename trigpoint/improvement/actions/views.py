"""Screens of actions."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.improvement.actions import forms, operations, queries, rules
from trigpoint.improvement.actions.models import Action
from trigpoint.judgements.findings import rules as findings
from trigpoint.judgements.models import Finding
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.policies.models import Area, LookFor
from trigpoint.policies.settings.rules import number
from trigpoint.policies.versions.queries import system_settings_in_force
from trigpoint.reviews.models import Review
from trigpoint.trusts.models import Academy
from trigpoint.web.screens import asked_id, done, page, refusals_in, screen, sent, status_of

PAGE_SIZE = 25
SHOWN = "improvement:actions-show"
CHOICES = {  # of the list; the labels of ``queries.CHOICES`` and of all
    "": "All",
    "open": "Open",
    "stuck": "Stuck",
    "check": "Awaiting impact check",
    "mine": "Mine",
}
STEPS = {  # steps of the path that no choice asks for
    "late": "Past their date",
    "check_late": "Look again is late",
    "done": "Done at least once",
    "checked": "Looked at again",
    "not_yet": "Looked at again, not yet worked",
    "worked": "Worked",
}
ANSWERED = {"yes": True, "no": False}


@screen(Capability.ACTION_VIEW)
def index(request: SignedInRequest) -> HttpResponse:
    """List actions, the most pressing first, under the path from finding to improvement."""
    today = timezone.localdate()
    show, area = request.GET.get("show", ""), request.GET.get("area", "")
    academies = Academy.objects.visible_to(request.user).order_by("name", "id")
    chosen = next((a for a in academies if str(a.pk) == request.GET.get("academy")), None)
    academy_id = chosen.pk if chosen else None
    found = queries.register(
        viewer=request.user, on=today, show=show, academy_id=academy_id, area=area
    )
    counts = queries.counts(viewer=request.user, on=today, academy_id=academy_id, area=area)
    shown = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": shown,
        "rows": _rows(request, shown),
        "show": show,
        "choices": _choices(counts, show, shown.paginator.count),
        "area": area,
        "academy_id": academy_id,
        "academies": [(academy.pk, academy.name) for academy in academies],
        "areas": Area.objects.visible_to(request.user)
        .filter(version__status="IN_FORCE")
        .order_by("position", "id")
        .values_list("lineage", "name"),
        "funnel": queries.funnel(viewer=request.user, on=today),
    }
    return page(request, "improvement/actions/index.html", context, fragment="register")


def _choices(counts: dict[str, int], show: str, found: int) -> list[tuple[str, str, int]]:
    """Return what the list offers, and the step of the path it was asked for, when it was."""
    choices = [(name, label, counts[name or "all"]) for name, label in CHOICES.items()]
    return [*choices, (show, STEPS[show], found)] if show in STEPS else choices


@screen(Capability.ACTION_VIEW)
def asking(request: SignedInRequest) -> HttpResponse:
    """List the findings that ask for action, the oldest first: all, with one, or without.

    With an academy and a theme: the findings behind one of the academy's priorities.
    """
    asked = request.GET.get("answered", "")
    academy_id, theme_id = (asked_id(request, name) for name in ("academy", "theme"))
    if academy_id and theme_id:
        found = queries.priorities(viewer=request.user, academy_id=academy_id).filter(
            theme=theme_id
        )
    else:
        found = queries.asking(viewer=request.user, with_action=ANSWERED.get(asked))
    rows = found.select_related("academy", "area", "theme", "team", "person")
    every, answered = queries.answered(viewer=request.user)
    context = {
        "page_obj": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "answered": asked,
        "is_priority": bool(academy_id and theme_id),
        "choices": [
            ("", "All", every),
            ("yes", "With an action", answered),
            ("no", "Without", every - answered),
        ],
    }
    return page(request, "improvement/actions/asking.html", context, fragment="register")


@screen(Capability.OWN_VIEW)
def show(request: SignedInRequest, action_id: UUID) -> HttpResponse:
    """Show one action: what, why, who, done, worked."""
    action = _find(request, action_id)
    may = {
        verb: getattr(rules, f"may_{verb}")(request.user, action)
        for verb in ("start", "finish", "check", "reopen")
    }
    context = {
        "row": _row(action, request),
        "action": action,
        "checks": action.impact_checks.select_related("checked_by").order_by("-checked_on", "id"),
        "may": may,
        "sees_finding": bool(findings.may_view(request.user, action.finding)),
    }
    return page(request, "improvement/actions/show.html", context)


@screen(Capability.ACTION_RAISE, methods=("GET", "POST"))
def raise_action(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    """Add an action for a finding."""
    finding = get_object_or_404(
        Finding.objects.visible_to(request.user).select_related("academy", "standard"),
        pk=finding_id,
    )
    today = timezone.localdate()
    promised = system_settings_in_force(request.user.trust_id)
    form = forms.RaiseActionForm(
        sent(request),
        initial={
            "due_on": today + timedelta(days=number(promised, "improvement", "action_days")),
            "check_due_on": today + timedelta(days=number(promised, "improvement", "check_days")),
        },
        owners=queries.possible_owners(
            viewer=request.user, academy_id=finding.academy_id, on=today
        ),
        look_fors=LookFor.objects.visible_to(request.user).filter(standard=finding.standard),
    )
    if form.is_valid():
        with refusals_in(form):
            facts = operations.ActionFacts(**form.cleaned_data)
            action = operations.raise_action(
                finding=finding, facts=facts, by=request.user, on=today
            )
            return done(request, SHOWN, action.pk, said="Action added.")
    context = {
        "finding": finding,
        "form": form,
        "may_raise": rules.may_raise_action(request.user, finding),
    }
    return page(
        request,
        "improvement/actions/raise_action.html",
        context,
        status=status_of(form),
    )


@screen(Capability.OWN_VIEW, methods=("POST",))
def start(request: SignedInRequest, action_id: UUID) -> HttpResponse:
    """Take an action in hand."""
    action = _find(request, action_id)
    operations.start(action=action, by=request.user, on=timezone.localdate())
    return done(request, SHOWN, action.pk, said="Action in hand.")


@screen(Capability.OWN_VIEW, methods=("GET", "POST"))
def finish(request: SignedInRequest, action_id: UUID) -> HttpResponse:
    """Say that an action is done."""
    action = _find(request, action_id)
    form = forms.FinishActionForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            operations.finish(
                action=action, by=request.user, on=timezone.localdate(), **form.cleaned_data
            )
            said = "Done. Somebody else will look whether it worked."
            return done(request, SHOWN, action.pk, said=said)
    context = {"action": action, "form": form, "may": rules.may_finish(request.user, action)}
    return page(request, "improvement/actions/finish.html", context, status=status_of(form))


@screen(Capability.ACTION_CHECK, methods=("GET", "POST"))
def check(request: SignedInRequest, action_id: UUID) -> HttpResponse:
    """Look again: did it work?"""
    action = _find(request, action_id)
    before, since = queries.sightings(viewer=request.user, action=action)
    form = forms.CheckActionForm(
        sent(request),
        initial={
            "seen_before_count": before.seen,
            "looked_before_count": before.looked,
            "seen_after_count": since.seen,
            "looked_after_count": since.looked,
        },
    )
    if form.is_valid():
        with refusals_in(form):
            facts = operations.CheckFacts(**form.cleaned_data)
            operations.check(action=action, facts=facts, by=request.user, on=timezone.localdate())
            return done(request, SHOWN, action.pk, said="Impact check recorded.")
    context = {
        "action": action,
        "form": form,
        "before": asdict(before),
        "since": asdict(since),
        "may": rules.may_check(request.user, action),
    }
    return page(request, "improvement/actions/check.html", context, status=status_of(form))


@screen(Capability.ACTION_RAISE, methods=("GET", "POST"))
def reopen(request: SignedInRequest, action_id: UUID) -> HttpResponse:
    """Take an action in hand again."""
    action = _find(request, action_id)
    form = forms.ReopenActionForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            operations.reopen(
                action=action, by=request.user, on=timezone.localdate(), **form.cleaned_data
            )
            return done(request, SHOWN, action.pk, said="Action in hand again.")
    context = {"action": action, "form": form, "may": rules.may_reopen(request.user, action)}
    return page(request, "improvement/actions/reopen.html", context, status=status_of(form))


@screen(Capability.ACTION_VIEW)
def for_finding(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    """List the actions that answer one finding: a panel of the finding's page."""
    finding = get_object_or_404(Finding.objects.visible_to(request.user), pk=finding_id)
    found = queries.register(viewer=request.user, on=timezone.localdate()).filter(finding=finding)
    context = {
        "finding": finding,
        "rows": _rows(request, found),
        "may_raise": rules.may_raise_action(request.user, finding),
    }
    return page(request, "improvement/actions/for_finding.html", context, fragment="panel")


@screen(Capability.ACTION_VIEW)
def for_review(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """List the actions that follow from one review: a tab of the review."""
    review = get_object_or_404(
        Review.objects.visible_to(request.user).select_related("academy"), pk=review_id
    )
    found = queries.register(viewer=request.user, on=timezone.localdate())
    rows = _rows(request, found.filter(finding__review=review))
    waiting = (
        Finding.objects.visible_to(request.user)
        .filter(review=review, kind__in=rules.NEEDS_ACTION, actions__isnull=True)
        .order_by("raised_on", "id")
    )
    context = {"review": review, "rows": rows, "waiting": waiting}
    return page(request, "improvement/actions/for_review.html", context)


def _find(request: SignedInRequest, action_id: UUID) -> Action:
    found = Action.objects.visible_to(request.user).select_related(
        "academy", "owner", "finding__review", "finding__area", "look_for__standard", "raised_by"
    )
    found = found.annotate(late_start_days=queries.LATE_START)
    return get_object_or_404(found, pk=action_id)


def _rows(request: SignedInRequest, actions: Iterable[Action]) -> list[dict[str, object]]:
    """Put actions beside how they stand today, as every list of actions shows them."""
    return [_row(action, request) for action in actions]


def _row(action: Action, request: SignedInRequest) -> dict[str, object]:
    today = timezone.localdate()
    said = action.late_start_days  # type: ignore[attr-defined]  # added by the query
    promised = {} if said is None else {"improvement": {"late_start_days": said}}
    return {
        "action": action,
        "health": rules.health(
            action,
            on=today,
            late_start_days=number(promised, "improvement", "late_start_days"),
            last_outcome=getattr(action, "last_outcome", "") or "",
        ),
        "is_overdue": rules.is_overdue(action, on=today),
        "is_check_overdue": rules.is_check_overdue(action, on=today),
        "is_mine": action.owner_id == request.user.person_id,
    }
