"""The screen for one standard."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from trigpoint.people.roles import Capability
from trigpoint.policies.standards import queries, rules
from trigpoint.policies.standards.models import Standard
from trigpoint.web.screens import page, screen

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest


@screen(Capability.POLICY_VIEW)
def show(request: "SignedInRequest", standard_id: UUID) -> HttpResponse:
    """Show what one standard promises, what it looks like at each level, and how it changed."""
    viewer = request.user
    standard = get_object_or_404(Standard.objects.visible_to(viewer), pk=standard_id)
    track = queries.track(standard, viewer=viewer)
    context = {
        "standard": track.this,
        "version": track.this.version,
        "track": track,
        "expected": rules.kinds_in_words(track.this.expected_kinds),
        "changes": rules.changes(rules.texts(track.previous), rules.texts(track.this))
        if track.previous
        else [],
        "crosswalk": queries.crosswalk(standard, viewer=viewer),
        "answering": queries.answering(standard, viewer=viewer),
    }
    return page(request, "policies/standards/show.html", context, fragment="panel")
