"""What may arrive in pieces, how large a piece is, and how long half a file is waited for."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from trigpoint.evidence.attachments.models import Attachment
from trigpoint.evidence.attachments.rules import LARGEST
from trigpoint.evidence.uploads.models import UploadPart
from trigpoint.records.refusals import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from trigpoint.people.models import User

LARGEST_PIECE = 512 * 1024  # bytes: seconds of a weak signal, so that little is ever sent twice
# A tablet that was without signal over a week's visits comes back within that; the file itself is
# on the device until we have it, so an upload that begins again later loses nothing.
KEPT = timedelta(days=7)
TOO_LARGE = f"Send at most {LARGEST_PIECE // 1024} KB at a time, and the rest after it."
BROKEN = "The file did not arrive as it was sent. Nothing of it was kept: send it again."


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece as it arrives, with what the device says of the whole file.

    ``at`` and ``size`` are bytes, ``sha256`` is of the whole file in hexadecimal, ``question`` the
    key of the form's question it answers.
    """

    upload_id: UUID
    name: str
    size: int
    sha256: str
    at: int
    data: bytes
    question: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file has come: bytes here so far, or the attachment it has become.

    ``problem`` says why the piece was not taken; the device goes on at ``received``.
    """

    received: int
    attachment: Attachment | None = None
    is_new: bool = False
    problem: str = ""


def may_view(user: "User", part: UploadPart) -> Verdict:
    """The record's author alone. Agrees with ``visible_to``."""
    if part.record.author_id == user.person_id:
        return ALLOWED
    return denied("That file has not arrived yet. Ask the record's author to send it.")


def may_arrive(piece: Piece) -> Verdict:
    """A piece that is not too large, of a file that we would keep, within that file."""
    if len(piece.data) > LARGEST_PIECE:
        return denied(TOO_LARGE)
    if piece.size > LARGEST:
        return denied(
            f"That file is too large: {LARGEST // 1024 // 1024} MB is the most. Send a smaller one."
        )
    if piece.at + len(piece.data) > piece.size:
        return denied("More arrived than the file was said to hold. Send it again from its start.")
    return ALLOWED


def goes_on(piece: Piece, received: int) -> Progress | None:
    """Return the answer to a piece that does not go on where the file stopped; None if it does."""
    if piece.at == received and (piece.data or piece.size == received):
        return None
    return Progress(received, problem=f"The file is here up to byte {received:,}. Go on there.")


def is_whole(piece: Piece, data: bytes) -> bool:
    """Say whether these are the bytes the device spoke of."""
    return hashlib.sha256(data).hexdigest() == piece.sha256
