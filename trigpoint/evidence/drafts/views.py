"""Screens of drafts: asking before one is discarded, and reading what was."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from trigpoint.evidence.drafts import operations, rules
from trigpoint.evidence.entries.models import DiscardedDraft, EvidenceRecord
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.web.screens import done, page, screen


@screen(Capability.EVIDENCE_CAPTURE, methods=("GET", "POST"))
def discard(request: SignedInRequest, record_id: UUID) -> HttpResponse:
    """Ask first, then take a draft away."""
    found = EvidenceRecord.objects.visible_to(request.user).filter(author=request.user.person)
    record = get_object_or_404(found, pk=record_id)
    if request.method == "POST":
        operations.discard(record=record, by=request.user, at=timezone.now())
        said = f"{record.reference} is discarded. Its words stay below for you."
        return done(request, "evidence:drafts-index", said=said)
    context = {
        "record": record,
        "file_count": record.attachments.count(),
        "may": rules.may_discard(request.user, record),
    }
    return page(request, "evidence/drafts/discard.html", context)


@screen(Capability.EVIDENCE_CAPTURE)
def index(request: SignedInRequest) -> HttpResponse:
    """List one's own discarded drafts, with their words."""
    drafts = DiscardedDraft.objects.visible_to(request.user).order_by("-discarded_at", "id")
    return page(request, "evidence/drafts/index.html", {"drafts": drafts})
