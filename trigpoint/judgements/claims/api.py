"""Claims as JSON: the same lists and the same rules as the screens."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from trigpoint.judgements.claims import queries
from trigpoint.judgements.claims.models import Claim
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.reviews.models import Review
from trigpoint.web.endpoints import endpoint

router = Router(tags=["claims"])


class ClaimOut(Schema):
    """A claim. ``strength_facts`` holds the counts that ``strength`` rests on."""

    id: UUID
    review_id: UUID
    academy_id: UUID
    standard_id: UUID
    reference: str
    statement: str
    level_id: UUID | None
    status: str
    strength: str
    strength_facts: dict[str, Any]
    proposed_at: datetime
    agreed_at: datetime | None


@router.get("of/{uuid:review_id}", response=list[ClaimOut], url_name="claims-index")
@endpoint(Capability.CLAIM_VIEW)
def index(request: SignedInRequest, review_id: UUID) -> list[Claim]:
    """List a review's claims, withdrawn ones last."""
    review = get_object_or_404(Review.objects.visible_to(request.user), pk=review_id)
    return queries.of_review(viewer=request.user, review=review)


@router.get("{uuid:claim_id}", response=ClaimOut, url_name="claims-show")
@endpoint(Capability.CLAIM_VIEW)
def show(request: SignedInRequest, claim_id: UUID) -> Claim:
    """Return one claim."""
    return get_object_or_404(Claim.objects.visible_to(request.user), pk=claim_id)
