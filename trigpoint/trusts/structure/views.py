"""Screens of the trust's shape: academies and tiers, teams, bodies, clusters."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from trigpoint.trusts.structure import forms, operations, queries, rules
from trigpoint.trusts.structure.models import Academy, Body, Cluster, Team
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
    return _formed(request, form, operations.form_team, "trusts/structure/form_team.html", "teams")


@screen("structure.form", methods=("GET", "POST"))
def form_body(request: "SignedInRequest") -> HttpResponse:
    """Ask for a board, a committee or a local governing body."""
    form = forms.BodyForm(sent(request), user=request.user)
    return _formed(request, form, operations.form_body, "trusts/structure/form_body.html", "bodies")


@screen("structure.form", methods=("GET", "POST"))
def form_cluster(request: "SignedInRequest") -> HttpResponse:
    """Ask for a cluster and the academies in it."""
    form = forms.ClusterForm(sent(request), user=request.user)
    template = "trusts/structure/form_cluster.html"
    return _formed(request, form, operations.form_cluster, template, "clusters")


@screen("structure.form", methods=("GET", "POST"))
def reshape_cluster(request: "SignedInRequest", cluster_id: UUID) -> HttpResponse:
    """Ask anew which academies are in a cluster."""
    cluster = get_object_or_404(Cluster.objects.visible_to(request.user), pk=cluster_id)
    form = forms.ClusterAcademiesForm(sent(request), user=request.user, cluster=cluster)
    if form.is_valid():
        with refusals_in(form):
            operations.reshape_cluster(cluster=cluster, by=request.user, **form.cleaned_data)
            shown = f"{reverse('trusts:structure-index')}?show=clusters"
            return done(request, shown, said=f"{cluster.name} has other academies now.")
    context = {"form": form, "cluster": cluster, "show": "clusters"}
    template = "trusts/structure/reshape_cluster.html"
    return page(request, template, context, status=status_of(form))


def _formed(
    request: "SignedInRequest",
    form: Form,
    operation: Callable[..., Team | Body | Cluster],
    template: str,
    show: str,
) -> HttpResponse:
    """Ask for one more of what a list holds, then ``show`` that list."""
    if form.is_valid():
        with refusals_in(form):
            trust = request.user.person.trust
            made = operation(trust=trust, by=request.user, **form.cleaned_data)
            shown = f"{reverse('trusts:structure-index')}?show={show}"
            return done(request, shown, said=f"{made.name} added.")
    return page(request, template, {"form": form, "show": show}, status=status_of(form))
