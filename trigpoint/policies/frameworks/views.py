"""Screens for frameworks: what is shipped, and any version as a file."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from trigpoint.people.roles import Capability
from trigpoint.policies.frameworks import queries, rules
from trigpoint.policies.models import PolicyVersion
from trigpoint.policies.versions.queries import version_in_force
from trigpoint.web.screens import page, screen

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest


@screen(Capability.POLICY_ADOPT)
def index(request: "SignedInRequest") -> HttpResponse:
    """Show the framework that comes with the product, and what is in force now."""
    shipped = rules.shipped()
    context = {
        "shipped": shipped,
        "counts": rules.counts(shipped),
        "current": version_in_force(viewer=request.user),
    }
    return page(request, "policies/frameworks/index.html", context)


@screen(Capability.POLICY_VIEW)
def export(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Send a version as a framework file: it reads back as the same."""
    found = PolicyVersion.objects.visible_to(request.user).select_related("policy")
    version = get_object_or_404(found, pk=version_id)
    return _file(
        rules.written(queries.system_framework(version)), f"policy-version-{version.number}"
    )


@screen(Capability.POLICY_VIEW)
def schema(_request: "SignedInRequest") -> HttpResponse:
    """Send the schema that describes a framework file, for people and programs that write one."""
    text = rules.SCHEMA.read_text(encoding="utf-8")
    return HttpResponse(text, content_type="application/schema+json")


def _file(text: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.yaml"'}
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)
