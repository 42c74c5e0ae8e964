"""Screens of what a version is mapped to: index, map_item, carry_over, unmap."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from trigpoint.people.roles import Capability
from trigpoint.policies.crosswalks import forms, operations, queries
from trigpoint.policies.crosswalks.operations import Mapping
from trigpoint.policies.outside.queries import known
from trigpoint.policies.outside.rules import items_known, preceding, unknown_item
from trigpoint.policies.standards.models import Crosswalk
from trigpoint.policies.versions import rules
from trigpoint.policies.versions.queries import readable, standards
from trigpoint.web.screens import done, page, refusals_in, screen, sent, status_of

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest

INDEX = "policies:crosswalks-index"


@screen(Capability.POLICY_DRAFT)
def index(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """List what a version is mapped to, and what of each outside framework nothing covers."""
    viewer = request.user
    version = get_object_or_404(readable(viewer=viewer), pk=version_id)
    rows = list(queries.register(version, viewer=viewer))
    outside = known(viewer=viewer)
    items = items_known(outside)
    mapped = {(row.framework, row.item) for row in rows}
    context = {
        "version": version,
        "rows": [(row, unknown_item(row.framework, row.item, items)) for row in rows],
        "frameworks": [
            (
                it,
                [name for name in it.names if (it.label, name) not in mapped],
                preceding(it, outside),
            )
            for it in outside
        ],
        "may": rules.may_edit(viewer, version),
    }
    return page(request, "policies/crosswalks/index.html", context)


@screen(Capability.POLICY_DRAFT, methods=("GET", "POST"))
def map_item(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Choose an outside framework with ``?framework=…``, then say what maps to which item."""
    viewer = request.user
    version = get_object_or_404(readable(viewer=viewer), pk=version_id)
    frameworks = known(viewer=viewer)
    wanted = request.GET.get("framework", "")
    outside = next((it for it in frameworks if it.key == wanted), None)
    may = rules.may_edit(viewer, version)
    context: dict[str, object] = {"version": version, "may": may, "outside": outside}
    if outside is None:
        context["frameworks"] = frameworks
        return page(request, "policies/crosswalks/map_item.html", context)
    form = forms.MapItemForm(
        sent(request),
        initial={"item": request.GET.get("item", "")},
        outside=outside,
        areas=version.areas.order_by("position", "id"),
        standards=standards(version, viewer=viewer),
    )
    if form.is_valid():
        with refusals_in(form):
            mapping = Mapping(**form.facts())
            mapped = operations.map_item(version=version, mapping=mapping, by=viewer)
            said = f"{mapped.standard or mapped.area} is mapped to {mapped.item}."
            return done(request, INDEX, version.pk, said=said)
    context["form"] = form
    return page(request, "policies/crosswalks/map_item.html", context, status=status_of(form))


@screen(Capability.POLICY_DRAFT, methods=("POST",))
def carry_over(request: "SignedInRequest", version_id: UUID, key: str) -> HttpResponse:
    """Map in a draft to a later edition as it is mapped to the one it follows."""
    version = get_object_or_404(readable(viewer=request.user), pk=version_id)
    outside = known(viewer=request.user)
    later = next((it for it in outside if it.key == key), None)
    earlier = preceding(later, outside) if later else None
    if later is None or earlier is None:
        raise Http404
    made = operations.carry_over(version=version, earlier=earlier, later=later, by=request.user)
    said = f"{len(made)} carried over to {later.label}. Look at each: does it still fit?"
    return done(request, INDEX, version.pk, said=said)


@screen(Capability.POLICY_DRAFT, methods=("POST",))
def unmap(request: "SignedInRequest", crosswalk_id: UUID) -> HttpResponse:
    """Take what maps to an item out of a draft."""
    found = Crosswalk.objects.visible_to(request.user).select_related("version__policy")
    crosswalk = get_object_or_404(found, pk=crosswalk_id)
    version = operations.unmap(crosswalk=crosswalk, by=request.user)
    return done(request, INDEX, version.pk, said=f"{crosswalk} taken out.")
