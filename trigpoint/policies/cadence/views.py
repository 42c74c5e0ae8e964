"""What the rules of how often get wrong together, beside the table of them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.policies.cadence import queries, rules
from trigpoint.policies.versions.models import PolicyVersion
from trigpoint.web.screens import page, screen


@screen(Capability.POLICY_VIEW)
def check(request: SignedInRequest, version_id: UUID) -> HttpResponse:
    """Show where the rules of a version contradict each other or overlap, as a page or a panel."""
    version = get_object_or_404(PolicyVersion.objects.visible_to(request.user), pk=version_id)
    found = rules.clashes(queries.system_rules(version.pk), version.settings)
    context = {"version": version, "clashes": found}
    return page(request, "policies/cadence/check.html", context, fragment="panel")
