"""The coverage of a review, as a page and as a panel that keeps itself fresh."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.evidence.coverage import queries
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.reviews.models import Review
from trigpoint.web.screens import page, screen


@screen(Capability.EVIDENCE_VIEW)
def show(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Show lines of enquiry by kinds of evidence: what we have seen, and what we have not."""
    review = get_object_or_404(Review.objects.visible_to(request.user), pk=review_id)
    now = timezone.now()
    context = {
        "review": review,
        "grid": queries.coverage(review, viewer=request.user, at=now),
        "now": now,
        "captures": request.user.access.holds(Capability.EVIDENCE_CAPTURE),
    }
    return page(request, "evidence/coverage/show.html", context, fragment="panel")
