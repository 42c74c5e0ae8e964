"""How far a review has come towards its report."""

from trigpoint.judgements.models import Citation, Claim
from trigpoint.reporting.drafts.rules import Readiness
from trigpoint.reporting.reports.models import Report
from trigpoint.reviews.models import Review


def system_readiness(review: Review) -> Readiness:
    """Count what a review has to show before it can be reported."""
    claims = Claim.objects.filter(review=review)
    unanswered = Citation.objects.filter(stance=Citation.Stance.CONTRADICTS, answer_kind="")
    contradicted = (
        claims.filter(pk__in=unanswered.values("claim"))
        .exclude(status=Claim.Status.WITHDRAWN)
        .order_by("number")
    )
    return Readiness(
        agreed=claims.filter(status=Claim.Status.AGREED).count(),
        open_contradictions=tuple(claim.reference for claim in contradicted),
        status=Report.objects.filter(review=review).values_list("status", flat=True).first() or "",
    )
