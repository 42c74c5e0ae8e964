"""Findings as JSON: the same register and the same rules as the screens."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Router, Schema
from ninja.pagination import paginate

from trigpoint.judgements.findings import queries
from trigpoint.judgements.findings.models import Finding
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.web.endpoints import endpoint
from trigpoint.web.paging import Pages

PAGE_SIZE = 50
router = Router(tags=["findings"])


class FindingOut(Schema):
    """A finding. ``person_id`` is given for a finding about an individual only."""

    id: UUID
    review_id: UUID
    academy_id: UUID
    area_id: UUID
    standard_id: UUID | None
    claim_id: UUID | None
    team_id: UUID | None
    person_id: UUID | None
    theme_id: UUID | None
    kind: str
    scope: str
    title: str
    detail: str
    status: str
    raised_on: date
    published_on: date | None


@router.get("", response=list[FindingOut], url_name="findings-index")
@paginate(Pages, page_size=PAGE_SIZE)
@endpoint(Capability.FINDING_VIEW)
def index(request: SignedInRequest, kind: str = "", scope: str = "") -> QuerySet[Finding]:
    """List findings, the latest first; ``kind`` and ``scope`` narrow the list."""
    return queries.register(viewer=request.user, wanted=queries.Wanted(kind=kind, scope=scope))


@router.get("{uuid:finding_id}", response=FindingOut, url_name="findings-show")
@endpoint(Capability.OWN_VIEW)
def show(request: SignedInRequest, finding_id: UUID) -> Finding:
    """Return one finding."""
    return get_object_or_404(Finding.objects.visible_to(request.user), pk=finding_id)
