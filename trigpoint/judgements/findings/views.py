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
            operations.raise_finding(
                review=review,
                facts=operations.FindingFacts(**form.cleaned_data),
                by=request.user,
                on=timezone.localdate(),
            )
            said = "Finding raised. The academy reads it once the report is final."
            return done(request, "judgements:findings-for_review", review.pk, said=said)
    themes = queries.themes(viewer=request.user)
    context = {"review": review, "form": form, "may": may, "themes": themes}
    status = status_of(form)
    return page(request, "judgements/findings/raise_finding.html", context, status=status)


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
