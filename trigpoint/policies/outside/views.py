"""Screens of outside frameworks: index, show, bring_in, remove, export, and the schema."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from trigpoint.people.roles import Capability
from trigpoint.policies.outside import forms, operations, queries, rules
from trigpoint.policies.outside.models import OutsideFramework
from trigpoint.policies.outside.rules import Outside
from trigpoint.policies.versions.rules import may_draft
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

INDEX, SHOW = "policies:outside-index", "policies:outside-show"


@screen(Capability.POLICY_VIEW)
def index(request: "SignedInRequest") -> HttpResponse:
    """List the outside frameworks there are, each with how much of it ours is mapped to."""
    viewer = request.user
    known = queries.known(viewer=viewer)
    mapped = {(row.framework, row.item) for row in queries.in_force(viewer=viewer)}
    context = {
        "rows": [
            {
                "outside": it,
                "covered": sum((it.label, name) in mapped for name in it.names),
                "following": rules.following(it, known),
            }
            for it in known
        ],
        "may": may_draft(viewer, viewer.person.trust),
        "sees": viewer.access.holds(Capability.POLICY_DRAFT),
    }
    return page(request, "policies/outside/index.html", context)


@screen(Capability.POLICY_VIEW)
def show(request: "SignedInRequest", key: str) -> HttpResponse:
    """Show one outside framework, with which of our areas and standards map to each item."""
    viewer = request.user
    known = queries.known(viewer=viewer)
    outside = _find(known, key)
    mapped = queries.mapped_to(outside, viewer=viewer)
    parents = {item["code"]: item["name"] for item in outside.file["items"]}
    context = {
        "outside": outside,
        "following": rules.following(outside, known),
        "items": [
            (item, parents.get(item.get("parent", "")), mapped.get(item["name"], []))
            for item in outside.file["items"]
        ],
        "uncovered": [name for name in outside.names if name not in mapped],
        "can_remove": outside.pk and viewer.access.holds(Capability.POLICY_DRAFT),
    }
    return page(request, "policies/outside/show.html", context)


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def bring_in(request: "SignedInRequest") -> HttpResponse:
    """Bring in an outside framework: read the file, show what is in it, then keep it."""
    form = forms.BringInForm(sent(request), request.FILES or None)
    outside = form.outside if form.is_valid() else None
    if outside and form.cleaned_data["confirmed"]:
        with refusals_in(form):
            framework = operations.bring_in(outside=outside, by=request.user)
            said = f"{framework.label} can be mapped to from now on."
            return done(request, SHOW, framework.key, said=said)
    known = queries.known(viewer=request.user)
    may = (
        rules.may_bring_in(request.user, outside, known)
        if outside
        else may_draft(request.user, request.user.person.trust)
    )
    context = {"form": form, "outside": outside, "may": may}
    return page(request, "policies/outside/bring_in.html", context, status=status_of(form))


@screen(Capability.POLICY_DRAFT, methods=("POST",))
def remove(request: "SignedInRequest", outside_framework_id: UUID) -> HttpResponse:
    """Take out an outside framework of the trust that nothing maps to."""
    found = OutsideFramework.objects.visible_to(request.user).select_related("trust")
    framework = get_object_or_404(found, pk=outside_framework_id)
    operations.remove(framework=framework, by=request.user)
    return done(request, INDEX, said=f"{framework.label} is taken out.")


@screen(Capability.POLICY_VIEW)
def export(request: "SignedInRequest", key: str) -> HttpResponse:
    """Send an outside framework as a file: it reads back as the same."""
    outside = _find(queries.known(viewer=request.user), key)
    headers = {"Content-Disposition": f'attachment; filename="{outside.key}.yaml"'}
    kind = "application/yaml; charset=utf-8"
    return HttpResponse(rules.written(outside), content_type=kind, headers=headers)


@screen(Capability.POLICY_VIEW)
def schema(_request: "SignedInRequest") -> HttpResponse:
    """Send the schema that describes a file, for people and programs that write one."""
    text = rules.SCHEMA.read_text(encoding="utf-8")
    return HttpResponse(text, content_type="application/schema+json")


def _find(known: list[Outside], key: str) -> Outside:
    found = next((it for it in known if it.key == key), None)
    if found is None:
        raise Http404
    return found
