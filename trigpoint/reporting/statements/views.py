"""Screens of single statements."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from trigpoint.judgements.models import Judgement
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.reporting.reports.queries import system_of_review
from trigpoint.reporting.statements import queries, rules
from trigpoint.web.screens import page, screen


@screen(Capability.REPORT_VIEW)
def for_judgement(request: SignedInRequest, judgement_id: UUID) -> HttpResponse:
    """Show the words a judgement went out with, or say who reads them: a panel of its page."""
    judgements = Judgement.objects.visible_to(request.user)
    found = judgements.select_related("review", "area", "standard")
    judgement = get_object_or_404(found, pk=judgement_id)
    has_report = system_of_review(judgement.review_id).exists()
    context = {
        "judgement": judgement,
        "told": queries.telling(viewer=request.user, judgement=judgement),
        "who_reads": rules.who_reads(judgement, has_report=has_report),
    }
    return page(request, "reporting/statements/for_judgement.html", context, fragment="panel")
