"""The screen for one standard."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse

from trigpoint.people.roles import Capability
from trigpoint.policies.standards import queries, rules
from trigpoint.web.screens import page, screen

if TYPE_CHECKING:
    from trigpoint.people.requests import SignedInRequest


@screen(Capability.POLICY_VIEW)
def show(request: "SignedInRequest", standard_id: UUID) -> HttpResponse:
    """Show what one standard promises, what it looks like at each level, and how it changed."""
    viewer = request.user
    track = queries.track(standard_id, viewer=viewer)
    if track is None:
        raise Http404
    standard = track.this
    context = {
        "standard": standard,
        "version": standard.version,
        "track": track,
        "expected": rules.kinds_in_words(standard.expected_kinds),
        "changes": rules.changes(rules.texts(track.previous), rules.texts(standard))
        if track.previous
        else [],
        "crosswalk": queries.crosswalk(standard, viewer=viewer),
        "answering": queries.answering(standard, viewer=viewer),
    }
    return page(request, "policies/standards/show.html", context, fragment="panel")
