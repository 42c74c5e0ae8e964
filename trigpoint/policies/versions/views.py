"""Screens for the policy and its versions."""

from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.people.roles import Capability
from trigpoint.policies.versions import queries, rules
from trigpoint.policies.versions.models import PolicyVersion
from trigpoint.web.screens import page, screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trigpoint.people.requests import SignedInRequest


@screen(Capability.POLICY_VIEW)
def show(request: "SignedInRequest") -> HttpResponse:
    """Show the policy in force, or with ``?version=4`` another of its versions."""
    viewer, template = request.user, "policies/versions/show.html"
    versions = list(queries.adopted(viewer=viewer))
    may_adopt = rules.may_adopt(viewer, viewer.person.trust)
    if not versions:
        return page(request, template, {"version": None, "may_adopt": may_adopt})
    version = _chosen(versions, request.GET.get("version", ""))
    standards = list(queries.standards(version, viewer=viewer))
    areas = [(area, list(group)) for area, group in groupby(standards, key=lambda it: it.area)]
    wanted = request.GET.get("standard", "")
    context = {
        "version": version,
        "versions": versions,
        "may_adopt": may_adopt,
        "is_overdue": rules.is_review_overdue(version, on=timezone.localdate()),
        "areas": areas,
        "standard": next((it for it in standards if str(it.pk) == wanted), None)
        or next(iter(standards), None),
        "promises": rules.promises(queries.cadence(version, viewer=viewer)),
        "clock": rules.clock_in_words(version.settings),
        "strength": rules.strength_in_words(version.settings),
        "answering": rules.answering(
            [area for area, _ in areas], queries.responsibilities(version, viewer=viewer)
        ),
        "sections": queries.sections(version, viewer=viewer),
    }
    return page(request, template, context)


def _chosen(versions: "Sequence[PolicyVersion]", wanted: str) -> PolicyVersion:
    """Find the version asked for by number or id; without one, the one in force."""
    if not wanted:
        return versions[0]
    for version in versions:
        if wanted in (str(version.number), str(version.pk)):
            return version
    raise Http404


@screen(Capability.POLICY_VIEW)
def crosswalk(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Show what each area of a version corresponds to in outside frameworks."""
    version = get_object_or_404(PolicyVersion.objects.visible_to(request.user), pk=version_id)
    rows = queries.crosswalk(version, viewer=request.user)
    context = {"version": version, "rows": rules.side_by_side(rows)}
    return page(request, "policies/versions/crosswalk.html", context, fragment="panel")
