"""Discarding a draft from a device."""

from http import HTTPStatus
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Status

from trigpoint.evidence.drafts import operations
from trigpoint.evidence.entries.models import EvidenceRecord
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.web.endpoints import Holding, endpoint

router = Router(tags=["evidence"])


@router.delete(
    "{uuid:record_id}/draft",
    response={204: None},
    url_name="drafts-discard",
    auth=Holding(Capability.EVIDENCE_CAPTURE),
)
@endpoint(Capability.EVIDENCE_CAPTURE)
def discard(request: SignedInRequest, record_id: UUID) -> Status[None]:
    """Take one's own draft away; a submitted record stays."""
    found = EvidenceRecord.objects.visible_to(request.user).filter(author=request.user.person)
    record = get_object_or_404(found, pk=record_id)
    operations.discard(record=record, by=request.user, at=timezone.now())
    return Status(HTTPStatus.NO_CONTENT, None)
