"""Screens of good practice."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.improvement.practices import forms, operations, queries, rules
from trigpoint.improvement.practices.models import GoodPractice
from trigpoint.judgements.findings.queries import themes
from trigpoint.judgements.models import Finding
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.policies.models import Area
from trigpoint.records.refusals import Verdict
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

PAGE_SIZE = 20
SHOWN = "improvement:practices-show"


@screen(Capability.PRACTICE_VIEW)
def index(request: SignedInRequest) -> HttpResponse:
    """List good practice in the trust: confirmed, and waiting where one may see that."""
    chosen = {name: request.GET.get(name, "") for name in ("words", "area", "standing")}
    every = list(themes(viewer=request.user))
    theme = next((it for it in every if str(it.pk) == request.GET.get("theme")), None)
    found = queries.register(viewer=request.user, theme=theme, **chosen)
    context = {
        "page_obj": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "chosen": chosen,
        "theme": theme,
        "themes": every,
        "counts": queries.counts(viewer=request.user),
        "areas": Area.objects.visible_to(request.user)
        .filter(version__status="IN_FORCE")
        .order_by("position", "id"),
    }
    return page(request, "improvement/practices/index.html", context)


@screen(Capability.PRACTICE_VIEW)
def show(request: SignedInRequest, practice_id: UUID) -> HttpResponse:
    """Show one practice, how it is known, and what may be done next."""
    practice = _find(request, practice_id)
    context = {
        "practice": practice,
        "may_confirm": rules.may_confirm(request.user, practice),
        "may_publish": rules.may_publish(request.user, practice),
    }
    return page(request, "improvement/practices/show.html", context)


@screen(Capability.PRACTICE_NOMINATE)
def for_finding(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    """Say what became of one strength as good practice: a panel of the finding's page."""
    finding = _finding(request, finding_id)
    context = {
        "finding": finding,
        "practice": _visible(request).filter(finding=finding).first(),
        "may_nominate": _may_nominate(request, finding),
    }
    return page(request, "improvement/practices/for_finding.html", context, fragment="panel")


@screen(Capability.PRACTICE_NOMINATE, methods=("GET", "POST"))
def nominate(request: SignedInRequest, finding_id: UUID) -> HttpResponse:
    """Put a strength forward."""
    finding = _finding(request, finding_id)
    form = forms.NominateForm(sent(request), initial={"title": finding.title})
    if form.is_valid():
        with refusals_in(form):
            practice = operations.nominate(
                finding=finding, by=request.user, on=timezone.localdate(), **form.cleaned_data
            )
            said = "Nominated. A second reviewer confirms it."
            return done(request, SHOWN, practice.pk, said=said)
    context = {
        "finding": finding,
        "form": form,
        "may": _may_nominate(request, finding),
    }
    return page(
        request,
        "improvement/practices/nominate.html",
        context,
        status=status_of(form),
    )


@screen(Capability.PRACTICE_CONFIRM, methods=("GET", "POST"))
def confirm(request: SignedInRequest, practice_id: UUID) -> HttpResponse:
    """Say that one has seen it too."""
    practice = _find(request, practice_id)
    if request.method == "POST":
        operations.confirm(practice=practice, by=request.user, on=timezone.localdate())
        return done(request, SHOWN, practice.pk, said="Confirmed.")
    context = {"practice": practice, "may": rules.may_confirm(request.user, practice)}
    return page(request, "improvement/practices/confirm.html", context)


@screen(Capability.REPORT_CHECK, methods=("GET", "POST"))
def publish(request: SignedInRequest, practice_id: UUID) -> HttpResponse:
    """Agree to share it with the whole trust."""
    practice = _find(request, practice_id)
    if request.method == "POST":
        operations.publish(practice=practice, by=request.user, on=timezone.localdate())
        return done(request, SHOWN, practice.pk, said="Shared with the trust.")
    context = {"practice": practice, "may": rules.may_publish(request.user, practice)}
    return page(request, "improvement/practices/publish.html", context)


def _find(request: SignedInRequest, practice_id: UUID) -> GoodPractice:
    return get_object_or_404(_visible(request), pk=practice_id)


def _visible(request: SignedInRequest) -> QuerySet[GoodPractice]:
    return GoodPractice.objects.visible_to(request.user).select_related(
        "academy", "theme", "finding__area", "finding__claim", "confirmed_by"
    )


def _finding(request: SignedInRequest, finding_id: UUID) -> Finding:
    found = Finding.objects.visible_to(request.user).select_related("academy")
    return get_object_or_404(found, pk=finding_id)


def _may_nominate(request: SignedInRequest, finding: Finding) -> Verdict:
    already = queries.system_nominated_as(finding)
    return rules.may_nominate(request.user, finding, already=already)
