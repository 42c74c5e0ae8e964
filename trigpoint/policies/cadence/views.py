"""Screens of how often a version promises reviews: index, check, promise, retract."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from trigpoint.people.roles import Capability
from trigpoint.policies.cadence import forms, operations, queries, rules
from trigpoint.policies.cadence.operations import Interval
from trigpoint.policies.versions.models import CadenceRule
from trigpoint.policies.versions.queries import cadence, readable
from trigpoint.policies.versions.rules import may_edit
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

INDEX = "policies:cadence-index"


@screen(Capability.POLICY_DRAFT)
def index(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """List how often a version promises each kind of review."""
    version = get_object_or_404(readable(viewer=request.user), pk=version_id)
    rows = [(it, operations.told(it)) for it in cadence(version, viewer=request.user)]
    context = {"version": version, "rows": rows, "may": may_edit(request.user, version)}
    return page(request, "policies/cadence/index.html", context)


@screen(Capability.POLICY_VIEW)
def check(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Show where the rules of a version contradict each other or overlap, as a page or a panel."""
    version = get_object_or_404(readable(viewer=request.user), pk=version_id)
    found = rules.clashes(queries.system_rules(version.pk), version.settings)
    context = {"version": version, "clashes": found}
    return page(request, "policies/cadence/check.html", context, fragment="panel")


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def promise(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Promise a kind of review in a draft."""
    version = get_object_or_404(readable(viewer=request.user), pk=version_id)
    areas = version.areas.visible_to(request.user).order_by("position", "id")
    form = forms.PromiseForm(sent(request), areas=areas)
    if form.is_valid():
        with refusals_in(form):
            interval = Interval(**form.facts())
            rule = operations.promise(version=version, interval=interval, by=request.user)
            said = "{review}, {area}, {tier}: {interval}.".format(**operations.told(rule))
            return done(request, INDEX, version.pk, said=said)
    context = {"version": version, "form": form, "may": may_edit(request.user, version)}
    return page(request, "policies/cadence/promise.html", context, status=status_of(form))


@screen(Capability.POLICY_DRAFT, methods=("POST",))
def retract(request: "SignedInRequest", rule_id: UUID) -> HttpResponse:
    """Take a promise out of a draft."""
    found = CadenceRule.objects.visible_to(request.user).select_related("version__policy")
    version = operations.retract(rule=get_object_or_404(found, pk=rule_id), by=request.user)
    return done(request, INDEX, version.pk, said="Taken out.")
