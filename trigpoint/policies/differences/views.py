"""The screen that says what is different between two versions."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from trigpoint.people.roles import Capability
from trigpoint.policies.differences import queries
from trigpoint.policies.models import PolicyVersion
from trigpoint.policies.versions.queries import readable
from trigpoint.web.screens import page, screen

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest


@screen(Capability.POLICY_VIEW)
def show(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Show what is different in a version: since the one before, or since ``?since=3``."""
    versions = list(readable(viewer=request.user))
    version = get_object_or_404(PolicyVersion.objects.visible_to(request.user), pk=version_id)
    over = PolicyVersion.Status.WITHDRAWN  # it never held, so nothing is compared with it
    earlier = [it for it in versions if it.number < version.number and it.status != over]
    wanted = request.GET.get("since", "")
    since = next((it for it in earlier if str(it.number) == wanted), next(iter(earlier), None))
    context = {
        "version": version,
        "since": since,
        "earlier": earlier,
        "comparison": queries.system_compared(since, version) if since else None,
    }
    return page(request, "policies/differences/show.html", context)
