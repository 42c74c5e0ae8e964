"""Screens that lead from a review to its report."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.reporting.drafts import operations, queries, rules
from trigpoint.reporting.reports import rules as reports
from trigpoint.reporting.reports.models import Report
from trigpoint.reviews.models import Review
from trigpoint.web.screens import done, page, screen

SHOWN = "reporting:reports-show"


@screen(Capability.REPORT_VIEW)
def for_review(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Open a review's report, or say what is needed before there is one."""
    review = _review(request, review_id)
    report = Report.objects.visible_to(request.user).filter(review=review).first()
    if report:
        return done(request, SHOWN, report.pk)
    ready = queries.system_readiness(review)
    context: dict[str, object] = {
        "review": review,
        "ready": ready,
        "may_assemble": rules.may_assemble(request.user, review, ready),
        "writes": bool(reports.may_write(request.user, review)),
    }
    return page(request, "reporting/drafts/for_review.html", context)


@screen(Capability.REPORT_WRITE, methods=("POST",))
def assemble(request: SignedInRequest, review_id: UUID) -> HttpResponse:
    """Write the draft from what the team agreed."""
    review = _review(request, review_id)
    report = operations.assemble(review=review, by=request.user, at=timezone.now())
    return done(request, SHOWN, report.pk, said="Draft assembled from what the team agreed.")


def _review(request: SignedInRequest, review_id: UUID) -> Review:
    found = Review.objects.visible_to(request.user).select_related("academy")
    return get_object_or_404(found, pk=review_id)
