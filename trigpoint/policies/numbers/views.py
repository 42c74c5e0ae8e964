"""Screens of the numbers a version promises: index, choose."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from trigpoint.people.roles import Capability
from trigpoint.policies.numbers import forms, operations, queries
from trigpoint.policies.settings.rules import GROUPS, told
from trigpoint.policies.versions.queries import readable
from trigpoint.policies.versions.rules import may_edit
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

INDEX = "policies:numbers-index"


@screen(Capability.POLICY_VIEW)
def index(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """List every number a version promises, beside what the versions before it said."""
    version = get_object_or_404(readable(viewer=request.user), pk=version_id)
    versions, groups = queries.history(version, viewer=request.user)
    context = {
        "version": version,
        "versions": versions,
        "groups": groups,
        "may": may_edit(request.user, version),
    }
    return page(request, "policies/numbers/index.html", context)


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def choose(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Set the numbers of a draft: all, or with ``?group=clock`` one group."""
    version = get_object_or_404(readable(viewer=request.user), pk=version_id)
    group = request.GET.get("group", "")
    form = forms.ChooseForm(
        sent(request), told=told(version.settings), group=group if group in GROUPS else ""
    )
    if form.is_valid():
        with refusals_in(form):
            operations.choose(
                version=version,
                chosen=form.chosen(),
                base_revision=form.cleaned_data["base_revision"],
                by=request.user,
            )
            return done(request, INDEX, version.pk, said="Numbers changed.")
    context = {"version": version, "form": form, "may": may_edit(request.user, version)}
    return page(request, "policies/numbers/choose.html", context, status=status_of(form))
