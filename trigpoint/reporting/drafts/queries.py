"""How far a review has come towards its report."""

from trigpoint.judgements.models import Citation, Claim
from trigpoint.reporting.drafts.rules import Readiness
from trigpoint.reporting.reports.models import Report
from trigpoint.reviews.models import Review


def system_readiness(review: Review) -> Readiness:
    """Count what a review has to show before it can be reported."""
    claims = Claim.objects.filter(review=review)
    contradicted = (
        Citation.objects.filter(
            claim__review=review, stance=Citation.Stance.CONTRADICTS, answer_kind=""
        )
        .exclude(claim__status=Claim.Status.WITHDRAWN)
        .order_by("claim__number")
        .values_list("claim__number", flat=True)
        .distinct()
    )
    return Readiness(
        agreed=claims.filter(status=Claim.Status.AGREED).count(),
        open_contradictions=tuple(contradicted),
        status=Report.objects.filter(review=review).values_list("status", flat=True).first() or "",
    )
