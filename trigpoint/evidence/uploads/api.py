"""Photos and PDFs from a device, piece by piece: an upload that was cut off goes on where it was."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router, Schema, Status
from ninja.responses import Response
from pydantic import Field

from trigpoint.evidence.devices.rules import NO_LONGER
from trigpoint.evidence.entries.models import EvidenceRecord
from trigpoint.evidence.entries.rules import NotHere
from trigpoint.evidence.uploads import operations, queries, rules
from trigpoint.evidence.uploads.rules import Piece, Progress
from trigpoint.people.requests import SignedInRequest
from trigpoint.people.roles import Capability
from trigpoint.web.bodies import keepable
from trigpoint.web.endpoints import Holding, endpoint
from trigpoint.web.errors import problem

router = Router(tags=["evidence"])
FILE = "{uuid:record_id}/files/{uuid:file_id}"
RAW = {
    "requestBody": {
        "required": True,
        "description": f"The bytes from `at` on, at most {rules.LARGEST_PIECE:,} of them.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class PieceIn(Schema):
    """What the whole file is, and where this piece begins."""

    name: Annotated[str, Field(max_length=240)]
    size: Annotated[int, Field(ge=0, le=2**31 - 1)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    at: Annotated[int, Field(ge=0, le=2**31 - 1)]
    question: Annotated[str, Field(max_length=40)] = ""


class GoOn(Schema):
    """How many bytes are here: go on there."""

    received: int


class Here(Schema):
    """The file is here. ``received_sha256`` is of the bytes as the device sent them."""

    attachment_id: UUID
    received_sha256: str
    size_bytes: int


class FarOut(Schema):
    """How far the file has come; ``attachment_id`` once it is here as a whole."""

    received: int
    attachment_id: UUID | None


class NotTaken(Schema):
    """Why the piece was not taken. With ``received``: go on there; without: it cannot be kept."""

    title: str
    status: int
    detail: str
    received: int | None = None


def _record(request: SignedInRequest, record_id: UUID) -> EvidenceRecord:
    record = queries.own_record(record_id, viewer=request.user)
    if record is None:
        raise Http404
    return record


@router.put(
    FILE,
    response={200: Here, 201: Here, 202: GoOn, 409: NotTaken, 413: NotTaken},
    url_name="uploads-file",
    auth=Holding(Capability.EVIDENCE_CAPTURE, said=NO_LONGER),
    openapi_extra=RAW,
)
@endpoint(Capability.EVIDENCE_CAPTURE)
def receive(
    request: SignedInRequest, record_id: UUID, file_id: Path[UUID], sent: Query[PieceIn]
) -> Status[object] | HttpResponse:
    """Keep one piece of a file. 202: go on; 201: here as a whole, the first time; 200: as before."""
    record = _record(request, record_id)
    if is_too_large(request):
        return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, rules.TOO_LARGE)
    keepable([sent.name, sent.question])
    piece = Piece(upload_id=file_id, data=request.body, **sent.dict())
    try:
        progress = operations.receive(
            record=record, piece=piece, by=request.user, at=timezone.now()
        )
    except NotHere as stranger:
        raise Http404 from stranger
    return _answer(progress)


def is_too_large(request: HttpRequest) -> bool:
    """Say whether a request announces more than one piece, before any of it is read."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    return announced.isdecimal() and int(announced) > rules.LARGEST_PIECE


def _answer(progress: Progress) -> Status[object] | HttpResponse:
    if kept := progress.attachment:
        return Status(
            HTTPStatus.CREATED if progress.is_new else HTTPStatus.OK,
            {
                "attachment_id": kept.pk,
                "received_sha256": kept.received_sha256,
                "size_bytes": kept.size_bytes,
            },
        )
    if progress.problem:
        conflict = HTTPStatus.CONFLICT
        body = {"title": conflict.phrase, "status": conflict, "detail": progress.problem}
        return Response(body | {"received": progress.received}, status=conflict)
    return Status(HTTPStatus.ACCEPTED, {"received": progress.received})


@router.get(
    FILE, response={200: FarOut}, url_name="uploads-file", auth=Holding(Capability.EVIDENCE_CAPTURE)
)
@endpoint(Capability.EVIDENCE_CAPTURE)
def show(request: SignedInRequest, record_id: UUID, file_id: UUID) -> dict[str, object]:
    """Say how far a file of one's own record has come."""
    record = _record(request, record_id)
    progress = queries.progress(record.pk, file_id, viewer=request.user)
    kept = progress.attachment
    return {"received": progress.received, "attachment_id": kept.pk if kept else None}
