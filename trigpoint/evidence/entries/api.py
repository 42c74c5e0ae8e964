"""Keeping evidence from a device: the same save as the form's, as often as it takes."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from ninja.responses import Response
from pydantic import ConfigDict, Field

from trigpoint.evidence.devices.rules import NO_LONGER, may_send
from trigpoint.evidence.entries import operations, queries
from trigpoint.evidence.entries.models import EvidenceRecord
from trigpoint.evidence.entries.operations import NoteContent, NotHere, Receipt, RecordContent
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.records.refusals import Stale
from trigpoint.web.endpoints import Holding, endpoint
from trigpoint.web.fields import Moment

router = Router(tags=["evidence"])


class Strict(Schema):
    """Refuses what it does not know, so that a misspelt field is never quietly lost."""

    model_config = ConfigDict(extra="forbid")


class NoteIn(Strict):
    """One note; ``key`` is minted on the device and stays with the note."""

    text: str
    key: Annotated[str, Field(min_length=1, max_length=80)]
    kind: Literal["RUNNING", "WWW", "EBI", "QUESTION"] = "RUNNING"
    noted_at: Moment | None = None
    look_fors: list[UUID] = []


class ContentIn(Strict):
    """Everything one record says. A moment without a zone is London time."""

    activity_id: UUID | None = None
    academy_id: UUID | None = None
    review_id: UUID | None = None
    kind: str = ""
    title: str = ""
    team_id: UUID | None = None
    subject: str = ""
    year_groups: str = ""
    group_described: str = ""
    group_size: int | None = None
    observed_id: UUID | None = None
    observed_at: Moment | None = None
    minutes: int | None = None
    level_id: UUID | None = None
    is_private: bool = False
    budget_reason: str = ""
    answers: dict[str, Any] = {}
    notes: list[NoteIn] = []
    look_fors: dict[UUID, Literal["SEEN", "PARTLY", "NOT_SEEN"]] = {}
    standards: list[UUID] = []
    lines: list[UUID] = []

    def content(self) -> RecordContent:
        """Return it as the operation takes it."""
        facts = {
            name: getattr(self, name)
            for name in type(self).model_fields
            if name not in ("notes", "standards", "lines", "observed_at")
        }
        return RecordContent(
            **facts,
            observed_at=_in_london(self.observed_at),
            notes=tuple(
                NoteContent(
                    text=note.text,
                    key=note.key,
                    kind=note.kind,
                    noted_at=_in_london(note.noted_at),
                    look_fors=tuple(note.look_fors),
                )
                for note in self.notes
            ),
            standards=tuple(self.standards),
            lines=tuple(self.lines),
        )


class SaveIn(Strict):
    """What a device sends. ``base_revision`` is the one its author was looking at.

    ``author_id`` says whose notes they are: on a shared device somebody else may have signed in.
    """

    content: ContentIn
    base_revision: int | None = None
    author_id: UUID | None = None


class ReceiptOut(Schema):
    """What was kept. The device may let go of its copy."""

    record_id: UUID
    revision: int
    content_hash: str


class StoredOut(Schema):
    """One's own record as it is stored. ``revision`` is what the next save is based on.

    ``content`` is as a save takes it, each note under the server's id for it; ``content_hash`` is
    of what the last device sent.
    """

    content: dict[str, Any]
    revision: int
    content_hash: str
    status: Literal["DRAFT", "SUBMITTED", "SHARED", "LOCKED"]


class StaleOut(Schema):
    """Why it was not kept, and what is stored instead (under ``current``)."""

    title: str
    status: int
    detail: str
    current: dict[str, Any]


def _in_london(moment: datetime | None) -> datetime | None:
    return timezone.make_aware(moment) if moment and timezone.is_naive(moment) else moment


@router.put(
    "{uuid:record_id}",
    response={200: ReceiptOut, 201: ReceiptOut, 409: StaleOut},
    url_name="entries-save",
    auth=Holding(Capability.EVIDENCE_CAPTURE, said=NO_LONGER),
)
@endpoint(Capability.EVIDENCE_CAPTURE)
def save(request: SignedInRequest, record_id: UUID, sent: SaveIn) -> Status[Receipt] | HttpResponse:
    """Keep a record; sending the same again is harmless. 201 the first time, 200 afterwards."""
    may_send(request.user, sent.author_id).enforce()
    try:
        receipt = operations.save(
            record_id=record_id,
            content=sent.content.content(),
            base_revision=sent.base_revision,
            by=request.user,
            at=timezone.now(),
        )
    except NotHere as stranger:
        raise Http404 from stranger
    except Stale as stale:
        conflict = HTTPStatus.CONFLICT
        body = {"title": conflict.phrase, "status": conflict, "detail": stale.reason}
        return Response(body | {"current": stale.current}, status=conflict)
    return Status(HTTPStatus.CREATED if receipt.created else HTTPStatus.OK, receipt)


@router.get(
    "{uuid:record_id}",
    response={200: StoredOut},
    url_name="entries-save",
    auth=Holding(Capability.EVIDENCE_CAPTURE),
)
@endpoint(Capability.EVIDENCE_CAPTURE)
def show(request: SignedInRequest, record_id: UUID) -> dict[str, object]:
    """Return one's own record as it is stored, for a second device or after a conflict."""
    own = EvidenceRecord.objects.visible_to(request.user).filter(author=request.user.person)
    record = get_object_or_404(own, pk=record_id)
    return {
        "content": queries.system_content(record).plain(),
        "revision": record.revision,
        "content_hash": record.content_hash,
        "status": record.status,
    }
