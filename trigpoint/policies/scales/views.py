"""The screen of a draft's scale: relabel."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from trigpoint.people.roles import Capability
from trigpoint.policies.scales import forms, operations
from trigpoint.policies.scales.queries import system_told
from trigpoint.policies.standards.models import Scale
from trigpoint.policies.versions.rules import may_edit
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def relabel(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Give the levels of a draft's scale other words."""
    found = Scale.objects.visible_to(request.user).select_related(
        "version__policy", "version__trust"
    )
    scale = get_object_or_404(found, version=version_id)
    version = scale.version
    form = forms.RelabelForm(sent(request), told=system_told(scale))
    if form.is_valid():
        with refusals_in(form):
            operations.relabel(
                version=version,
                labels=form.labels(),
                base_revision=form.cleaned_data["base_revision"],
                by=request.user,
            )
            return done(request, "policies:drafts-show", version.pk, said="Levels renamed.")
    context = {
        "version": version,
        "levels": scale.levels.order_by("rank"),
        "form": form,
        "may": may_edit(request.user, version),
    }
    return page(request, "policies/scales/relabel.html", context, status=status_of(form))
