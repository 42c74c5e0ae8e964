"""Screens for the policy and its versions."""

from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.people.roles import Capability
from trigpoint.policies.settings import rules as settings
from trigpoint.policies.versions import operations, queries, rules
from trigpoint.policies.versions.models import PolicyVersion
from trigpoint.web.screens import done, page, screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trigpoint.people.requests import SignedInRequest


@screen(Capability.POLICY_VIEW)
def show(request: "SignedInRequest") -> HttpResponse:
    """Show the policy in force, or with ``?version=4`` another of its versions."""
    viewer, template = request.user, "policies/versions/show.html"
    versions = list(queries.readable(viewer=viewer))
    may_adopt = rules.may_adopt(viewer, viewer.person.trust)
    version = _chosen(versions, request.GET.get("version", ""))
    if version is None:
        return page(request, template, {"version": None, "may_adopt": may_adopt})
    standards = list(queries.standards(version, viewer=viewer))
    areas = [(area, list(group)) for area, group in groupby(standards, key=lambda it: it.area)]
    wanted = request.GET.get("standard", "")
    context = {
        "version": version,
        "versions": versions,
        "may_adopt": may_adopt,
        "may_comment": viewer.access.holds(Capability.POLICY_COMMENT),
        "may_draft": viewer.access.holds(Capability.POLICY_DRAFT),
        "to_come": next((it for it in versions if it.status in rules.TO_COME), None),
        "is_overdue": rules.is_review_overdue(version, on=timezone.localdate()),
        "areas": areas,
        "standard": next((it for it in standards if str(it.pk) == wanted), None)
        or next(iter(standards), None),
        "promises": rules.promises(queries.cadence(version, viewer=viewer)),
        "judged_on": rules.judged_on(
            [area for area, _ in areas], queries.levels(version, viewer=viewer)
        ),
        "clock": settings.clock_in_words(version.settings),
        "strength": settings.strength_in_words(version.settings),
        "answering": rules.answering(
            [area for area, _ in areas], queries.responsibilities(version, viewer=viewer)
        ),
        "sections": queries.sections(version, viewer=viewer),
    }
    return page(request, template, context)


def _chosen(versions: "Sequence[PolicyVersion]", wanted: str) -> PolicyVersion | None:
    """Find the version asked for by number or id; without one, the one in force, if there is."""
    if not wanted:
        return next((it for it in versions if it.status == PolicyVersion.Status.IN_FORCE), None)
    for version in versions:
        if wanted in (str(version.number), str(version.pk)):
            return version
    raise Http404


@screen(Capability.POLICY_ADOPT, methods=("POST",))
def take_effect(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Put an approved version in force whose day has come."""
    version = get_object_or_404(PolicyVersion.objects.visible_to(request.user), pk=version_id)
    operations.take_effect(version=version, by=request.user, on=timezone.localdate())
    said = f"Version {version.number} is in force."
    return done(request, "policies:versions-show", said=said)


@screen(Capability.POLICY_VIEW)
def crosswalk(request: "SignedInRequest", version_id: UUID) -> HttpResponse:
    """Show what each area of a version corresponds to in outside frameworks."""
    version = get_object_or_404(PolicyVersion.objects.visible_to(request.user), pk=version_id)
    rows = queries.crosswalk(version, viewer=request.user)
    context = {"version": version, "rows": rules.side_by_side(rows)}
    return page(request, "policies/versions/crosswalk.html", context, fragment="panel")
