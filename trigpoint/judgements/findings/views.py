"""Screens of findings."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.judgements.findings import forms, operations, queries, rules
from trigpoint.judgements.findings.models import Finding
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.policies.models import Area
from trigpoint.reviews.models import Review
from trigpoint.trusts.models import Academy
from trigpoint.web.screens import asked_id, done, page, refusals_in, screen, sent, status_of

PAGE_SIZE = 25


@screen(Capability.FINDING_VIEW)
def index(request: SignedInRequest) -> HttpResponse:
    """List findings, the latest first, narrowed by kind, scope, area, academy and theme."""
    wanted = _wanted(request)
    found = queries.register(viewer=request.user, wanted=wanted)
    shown = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": shown,
        "wanted": wanted,
        "kinds": Finding.Kind.choices,
        "scopes": Finding.Scope.choices,
        **_choices(request),
    }
    return page(request, "judgements/findings/index.html", context, fragment="register")


@screen(Capability.OWN_VIEW)
def show(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    """Show one finding: what, where from, and what is done about it."""
    finding = get_object_or_404(queries.find(viewer=request.user), pk=finding_id)
    context = {
        "finding": finding,
        "reads_review": bool(rules.may_read_review(request.user, finding)),
        "may_correct": rules.may_correct(request.user, finding),
    }
    return page(request, "judgements/findings/show.html", context)


@screen(Capability.FINDING_VIEW)
def for_review(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """List what one review found: a tab of the review."""
    review = _review(request, review_id)
    context = {
        "review": review,
        "findings": queries.register(viewer=request.user).filter(review=review),
        "may_raise": rules.may_raise_finding(request.user, review),
    }
    return page(request, "judgements/findings/for_review.html", context)


@screen(Capability.FINDING_VIEW, methods=("GET", "POST"))
def raise_finding(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Write down what a review found."""
    review = _review(request, review_id)
    may = rules.may_raise_finding(request.user, review)
    form = forms.RaiseForm(
        sent(request),
        review=review,
        viewer=request.user,
        on=timezone.localdate(),
        initial={"claim": request.GET.get("claim", "")},
    )
    if form.is_valid():
        with refusals_in(form):
            facts, _ = _facts(form)
            operations.raise_finding(
                review=review, facts=facts, by=request.user, on=timezone.localdate()
            )
            said = "Finding raised. The academy reads it once the report is final."
            return done(request, "judgements:findings-for_review", review.pk, said=said)
    themes = queries.themes(viewer=request.user)
    context = {"review": review, "form": form, "may": may, "themes": themes}
    status = status_of(form)
    return page(request, "judgements/findings/raise_finding.html", context, status=status)


@screen(Capability.FINDING_VIEW, methods=("GET", "POST"))
def correct(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    """Put a finding right before the academy reads it."""
    finding = get_object_or_404(queries.find(viewer=request.user), pk=finding_id)
    form = forms.RaiseForm(
        sent(request),
        review=finding.review,
        viewer=request.user,
        on=timezone.localdate(),
        initial=_as_it_reads(finding),
    )
    if form.is_valid():
        with refusals_in(form):
            facts, base_revision = _facts(form)
            operations.correct(
                finding=finding, facts=facts, base_revision=base_revision, by=request.user
            )
            said = "Corrected. How it read before stays on the record."
            return done(request, "judgements:findings-show", finding.pk, said=said)
    context = {
        "finding": finding,
        "form": form,
        "may": rules.may_correct(request.user, finding),
        "themes": queries.themes(viewer=request.user),
    }
    return page(request, "judgements/findings/correct.html", context, status=status_of(form))


@screen(Capability.FINDING_VIEW, methods=("GET", "POST"))
def withdraw(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    """Drop a finding that does not hold, and say why."""
    finding = get_object_or_404(queries.find(viewer=request.user), pk=finding_id)
    form = forms.WithdrawForm(sent(request))
    if form.is_valid():
        with refusals_in(form):
            operations.withdraw(finding=finding, by=request.user, **form.cleaned_data)
            said = "Withdrawn. It stays on the record of the review."
            return done(request, "judgements:findings-show", finding.pk, said=said)
    context = {"finding": finding, "form": form, "may": rules.may_correct(request.user, finding)}
    return page(request, "judgements/findings/withdraw.html", context, status=status_of(form))


def _facts(form: forms.RaiseForm) -> tuple[operations.FindingFacts, str]:
    """Return what the form says, and the revision it started from."""
    said = dict(form.cleaned_data)
    base_revision = said.pop("base_revision")
    return operations.FindingFacts(**said), base_revision


def _as_it_reads(finding: Finding) -> dict[str, object]:
    """Return a finding as the form's own answers."""
    names = ("kind", "title", "detail", "scope")
    ids = ("area", "claim", "team", "person")
    return {
        **{name: getattr(finding, name) for name in names},
        **{name: getattr(finding, f"{name}_id") for name in ids},
        "theme": finding.theme.name if finding.theme else "",
    }


def _review(request: SignedInRequest, review_id: UUID) -> Review:
    found = Review.objects.visible_to(request.user).select_related("academy", "lead")
    return get_object_or_404(found, pk=review_id)


def _choices(request: SignedInRequest) -> dict[str, list[tuple[str, str]]]:
    """Return what the list can be narrowed to, as pairs of value and words."""
    academies = Academy.objects.visible_to(request.user).order_by("name", "id")
    areas = Area.objects.visible_to(request.user).filter(version__status="IN_FORCE")
    themes = queries.themes(viewer=request.user)
    return {
        "academies": [(str(pk), name) for pk, name in academies.values_list("pk", "name")],
        "areas": list(areas.order_by("position", "id").values_list("lineage", "name")),
        "themes": [(str(pk), name) for pk, name in themes.values_list("pk", "name")],
    }


def _wanted(request: SignedInRequest) -> queries.Wanted:
    """Read the filters from the address; an id that is none narrows nothing."""
    asked = request.GET
    return queries.Wanted(
        kind=asked.get("kind", ""),
        scope=asked.get("scope", ""),
        area=asked.get("area", ""),
        academy=str(asked_id(request, "academy") or ""),
        theme=str(asked_id(request, "theme") or ""),
    )
