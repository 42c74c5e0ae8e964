"""Judgements that stand, as JSON. Who made one is left out: trustees read them and name nobody."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.pagination import paginate

from trigpoint.judgements.levels import queries
from trigpoint.judgements.levels.models import Judgement
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.web.endpoints import endpoint
from trigpoint.web.paging import Pages

PAGE_SIZE = 50
router = Router(tags=["judgements"])


class JudgementOut(Schema):
    """A judgement that stands. Without ``standard_id`` it is of the whole area."""

    id: UUID
    review_id: UUID
    academy_id: UUID
    area_id: UUID
    standard_id: UUID | None
    perspective: str
    level_id: UUID
    level: str
    rationale: str
    strength: str
    strength_facts: dict[str, Any]
    made_on: date
    stands_from: date
    valid_until: date | None

    @staticmethod
    def resolve_level(judgement: Judgement) -> str:
        """Write the level's word."""
        return judgement.level.label


@router.get("", response=list[JudgementOut], url_name="levels-index")
@paginate(Pages, page_size=PAGE_SIZE)
@endpoint(Capability.JUDGEMENT_VIEW)
def index(request: SignedInRequest) -> QuerySet[Judgement]:
    """List judgements that stand, the latest first."""
    return queries.register(viewer=request.user)


@router.get("{uuid:judgement_id}", response=JudgementOut, url_name="levels-show")
@endpoint(Capability.JUDGEMENT_VIEW)
def show(request: SignedInRequest, judgement_id: UUID) -> Judgement:
    """Return one judgement that stands."""
    return get_object_or_404(queries.register(viewer=request.user), pk=judgement_id)
