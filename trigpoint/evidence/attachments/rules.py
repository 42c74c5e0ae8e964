"""What may be attached: photos, redrawn without their data, and plain PDFs; known by content."""

import io
import re
import struct
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pillow_heif
import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError

from trigpoint.evidence.attachments.models import Attachment
from trigpoint.evidence.entries import rules as entries
from trigpoint.evidence.entries.models import EvidenceRecord
from trigpoint.instruments.contents.rules import photos_asked
from trigpoint.records.refusals import ALLOWED, Refused, Verdict, denied

if TYPE_CHECKING:
    from trigpoint.people.models import User

pillow_heif.register_heif_opener()

LARGEST = 15 * 1024 * 1024  # bytes that arrive
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2048  # pixels of what is kept
QUALITY = 85
MOST_FILES = 40
LONGEST_NAME = 100
PHOTOS = ("JPEG", "PNG", "WEBP", "HEIF")
PDF_ENDS_WITHIN = 2048  # bytes
ACTIVE_PDF = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|OpenAction|AA|SubmitForm|ImportData)\b"
)
STREAM = re.compile(rb"stream\r?\n")
LONGEST_HEAD = 400  # bytes before a stream in which it says that it is packed
ELSE = re.compile(rb"<\s*(script|html|svg|!doctype|\?php)|PK\x03\x04", re.IGNORECASE)
UNREADABLE = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    TypeError,  # as below: what a photo's broken data about itself ends in
    struct.error,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it is stored: never the bytes that arrived, when it is a photo."""

    data: bytes
    media_type: str
    suffix: str


def may_attach(user: "User", record: EvidenceRecord, *, count: int) -> Verdict:
    """The author, while the record is still theirs to write, up to a number of files."""
    if record.author_id != user.person_id:
        return denied("Only its author can add files to a record.")
    if count >= MOST_FILES:
        return denied(f"One record holds {MOST_FILES} files. Start another record for the rest.")
    return entries.may_save(user, record, review=record.review)


def takes_photos(record: EvidenceRecord, question: str) -> Verdict:
    """A file is for the record as a whole, or for one of its form's questions for photos."""
    asked = photos_asked(record.instrument_version.content)
    if not question or question in {it["key"] for it in asked}:
        return ALLOWED
    return denied("This form asks for no photos there. Add the file to the record as a whole.")


def may_remove(user: "User", record: EvidenceRecord) -> Verdict:
    """The author, from a draft of their own; what is submitted stays whole."""
    if record.author_id != user.person_id:
        return denied("Only its author can remove files from a record.")
    if record.status != EvidenceRecord.Status.DRAFT:
        return denied("This record is submitted, so its files stay with it.")
    return ALLOWED


def may_view(user: "User", attachment: Attachment) -> Verdict:
    """Whoever may read the record it belongs to."""
    return entries.may_view(user, attachment.record)


def keep(data: bytes) -> Kept:
    """Decide by content what arrived and return what is stored for it.

    Args:
        data: the bytes as they arrived; their name is not looked at.

    Returns:
        For a photo a JPEG drawn again: upright, at most 2,048 pixels a side, without camera,
        place or any other data. For a PDF the same bytes.

    Raises:
        Refused: it is too large, something else, or not what it says it is.

    """
    if not data:
        msg = "That file is empty. Choose another one."
        raise Refused(msg)
    if len(data) > LARGEST:
        msg = (
            f"That file is too large: {LARGEST // 1024 // 1024} MB is the most. Send a smaller one."
        )
        raise Refused(msg)
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    return _photo(data)


def _pdf(data: bytes) -> Kept:
    is_whole = b"%%EOF" in data[-PDF_ENDS_WITHIN:]
    if not is_whole or _kind(data) != "application/pdf":
        msg = "That PDF is damaged. Save it again and add that copy."
        raise Refused(msg)
    if ACTIVE_PDF.search(_spelt_out(data)) or ELSE.search(data[:PDF_ENDS_WITHIN]):
        msg = "That PDF holds programs or other files. Print it to a new PDF and add that one."
        raise Refused(msg)
    return Kept(data, "application/pdf", ".pdf")


def _spelt_out(data: bytes) -> bytes:
    """Return a PDF without its packed streams, whose bytes spell anything by chance."""
    kept, at = [], 0
    for begun in STREAM.finditer(data):
        if begun.start() < at:
            continue
        head = data[max(at, begun.start() - LONGEST_HEAD) : begun.start()]
        if b"/Filter" not in head or not head.rstrip().endswith(b">>"):
            continue
        if (end := data.find(b"endstream", begun.end())) < 0:
            break
        kept.append(data[at : begun.end()])
        at = end
    return b"".join((*kept, data[at:]))


def _kind(data: bytes) -> str:
    try:
        return str(puremagic.from_string(data, mime=True))
    except puremagic.PureError:
        return ""


def _photo(data: bytes) -> Kept:
    try:
        with Image.open(io.BytesIO(data), formats=PHOTOS) as photo:
            if photo.width * photo.height > MOST_PIXELS:
                raise Refused(_too_many())
            upright = ImageOps.exif_transpose(photo)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return Kept(_jpeg(upright), "image/jpeg", ".jpg")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Refused(_too_many()) from bomb
    except UNREADABLE as unreadable:
        msg = (
            "That is not a photo or a PDF that can be read here. Add a JPEG, PNG, WebP or HEIC "
            "photo, or a PDF."
        )
        raise Refused(msg) from unreadable


def _too_many() -> str:
    return (
        f"That photo has more than {MOST_PIXELS // 1_000_000} million pixels. Send a smaller one."
    )


def _jpeg(photo: Image.Image) -> bytes:
    """Draw the pixels on a new canvas, so that nothing but the pixels is kept."""
    canvas = Image.new("RGB", photo.size, "white")
    mask = photo.convert("RGBA")
    canvas.paste(mask, mask=mask.getchannel("A"))
    drawn = io.BytesIO()
    canvas.save(drawn, "JPEG", quality=QUALITY, optimize=True)
    return drawn.getvalue()


def plain_name(name: str, suffix: str) -> str:
    """Return a name safe to show and to save under: no path, no control signs, the true suffix."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    stem = re.sub(r'[<>:"|?*%;=+@\s]+', " ", PurePosixPath(kept).stem).strip(" .") or "file"
    return f"{stem[:LONGEST_NAME]}{suffix}"


def is_there(attachment: Attachment) -> Verdict:
    """Say whether the stored file can still be read."""
    if attachment.file.storage.exists(str(attachment.file.name)):
        return ALLOWED
    return denied("That file is not in store any more. Tell your trust's administrator.")
