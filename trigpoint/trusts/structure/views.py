"""Screens of the trust's shape: academies and tiers, teams, bodies, clusters."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from trigpoint.trusts.structure import forms, operations, queries, rules
from trigpoint.trusts.structure.models import Academy
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

PAGE_SIZE = 50
SHOWN = {
    "academies": ("Academies", queries.academies),
    "teams": ("Teams", queries.teams),
    "bodies": ("Bodies", queries.bodies),
    "clusters": ("Clusters", queries.clusters),
}


@screen("structure.view")
def index(request: "SignedInRequest") -> HttpResponse:
    """List the academies, or with ``?show=`` the teams, bodies or clusters."""
    show = request.GET.get("show", "academies")
    show = show if show in SHOWN else "academies"
    listed = SHOWN[show][1](viewer=request.user)
    context = {
        "show": show,
        "choices": [(key, label) for key, (label, _) in SHOWN.items()],
        "rows": Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_form": rules.may_form_cluster(request.user, request.user.person.trust),
        "may_import": request.user.access.holds("academies.import"),
    }
    return page(request, "trusts/structure/index.html", context)


@screen("tiers.set", methods=("GET", "POST"))
def set_tier(request: "SignedInRequest", academy_id: UUID) -> HttpResponse:
    """Ask for the tier a body gave an academy, beside the tiers it had before."""
    academy = get_object_or_404(Academy.objects.visible_to(request.user), pk=academy_id)
    form = forms.TierForm(
        sent(request), user=request.user, academy=academy, today=timezone.localdate()
    )
    if form.is_valid():
        with refusals_in(form):
            operations.set_tier(academy=academy, by=request.user, **form.cleaned_data)
            return done(request, "trusts:structure-index", said=f"Tier of {academy.name} recorded.")
    context = {
        "academy": academy,
        "form": form,
        "history": queries.tier_history(viewer=request.user, academy=academy),
        "may_set_tier": rules.may_set_tier(request.user, academy, None),
    }
    return page(request, "trusts/structure/set_tier.html", context, status=status_of(form))


@screen("structure.form", methods=("GET", "POST"))
def open_academy(request: "SignedInRequest") -> HttpResponse:
    """Ask for an academy that the government register does not hold yet."""
    form = forms.AcademyForm(sent(request))
    trust = request.user.person.trust
    if form.is_valid():
        with refusals_in(form):
            academy = operations.open_academy(trust=trust, facts=form.facts(), by=request.user)
            return done(request, "trusts:structure-index", said=f"{academy.name} added.")
    context = {"form": form, "may_open": rules.may_open(request.user, trust)}
    return page(request, "trusts/structure/open_academy.html", context, status=status_of(form))


@screen("structure.form", methods=("GET", "POST"))
def form_team(request: "SignedInRequest") -> HttpResponse:
    """Ask for a team of an academy, or a network of the trust."""
    form = forms.TeamForm(sent(request), user=request.user)
    if form.is_valid():
        with refusals_in(form):
            trust = request.user.person.trust
            team = operations.form_team(trust=trust, by=request.user, **form.cleaned_data)
            return done(request, _list("teams"), said=f"{team.name} added.")
    return page(
        request,
        "trusts/structure/form_team.html",
        {"form": form},
        status=status_of(form),
    )


@screen("structure.form", methods=("GET", "POST"))
def form_body(request: "SignedInRequest") -> HttpResponse:
    """Ask for a board, a committee or a local governing body."""
    form = forms.BodyForm(sent(request), user=request.user)
    if form.is_valid():
        with refusals_in(form):
            trust = request.user.person.trust
            body = operations.form_body(trust=trust, by=request.user, **form.cleaned_data)
            return done(request, _list("bodies"), said=f"{body.name} added.")
    return page(
        request,
        "trusts/structure/form_body.html",
        {"form": form},
        status=status_of(form),
    )


@screen("structure.form", methods=("GET", "POST"))
def form_cluster(request: "SignedInRequest") -> HttpResponse:
    """Ask for a cluster and the academies in it."""
    form = forms.ClusterForm(sent(request), user=request.user)
    if form.is_valid():
        with refusals_in(form):
            trust = request.user.person.trust
            cluster = operations.form_cluster(trust=trust, by=request.user, **form.cleaned_data)
            return done(request, _list("clusters"), said=f"{cluster.name} added.")
    return page(
        request,
        "trusts/structure/form_cluster.html",
        {"form": form},
        status=status_of(form),
    )


def _list(show: str) -> str:
    """Return the address of one of the lists."""
    return f"{reverse('trusts:structure-index')}?show={show}"
