"""Hostile and honest files: what is kept is known by content and never runs."""

import io
import zipfile

import pytest
from PIL import Image

from tests.factories import AttachmentFactory, EvidenceRecordFactory, UserFactory, person
from trigpoint.evidence.attachments import rules
from trigpoint.evidence.models import Attachment
from trigpoint.people.roles import Role
from trigpoint.records.refusals import Refused

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def photo(form="JPEG", size=(60, 40), mode="RGB", **extra):
    drawn = io.BytesIO()
    Image.new(mode, size, "teal").save(drawn, form, **extra)
    return drawn.getvalue()


def with_place():
    """Draw a photo that says where and with what it was taken, lying on its side."""
    data = Image.Exif()
    data[0x0112] = 6  # turned
    data[0x010F] = "SECRETCAM"
    data.get_ifd(0x8825)[2] = (53.0, 22.0, 51.0)
    return photo(exif=data)


def packed():
    packed_up = io.BytesIO()
    with zipfile.ZipFile(packed_up, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big", b"0" * 10_000_000)
    return packed_up.getvalue()


@pytest.mark.parametrize(
    "data",
    [photo(), photo("PNG", mode="RGBA"), photo("WEBP"), photo("HEIF"), photo("PNG", mode="P")],
    ids=["jpeg", "png with gaps", "webp", "heic", "png by palette"],
)
def test_keep_redraws_photos_as_jpeg(data):
    kept = rules.keep(data)

    assert (kept.media_type, kept.suffix) == ("image/jpeg", ".jpg")
    assert Image.open(io.BytesIO(kept.data)).format == "JPEG"


def test_keep_takes_camera_and_place_out_and_turns_upright():
    kept = rules.keep(with_place())

    redrawn = Image.open(io.BytesIO(kept.data))
    assert redrawn.size == (40, 60)
    assert not redrawn.getexif()
    assert b"SECRETCAM" not in kept.data


def test_keep_shrinks_what_is_larger_than_anybody_reads():
    kept = rules.keep(photo(size=(4000, 1000)))

    assert Image.open(io.BytesIO(kept.data)).size == (2048, 512)


def test_keep_drops_what_hides_behind_a_photo():
    kept = rules.keep(photo() + b"<script>alert(1)</script>" + packed())

    assert b"<script>" not in kept.data
    assert not zipfile.is_zipfile(io.BytesIO(kept.data))


@pytest.mark.parametrize(
    "pdf",
    [
        PDF,
        PDF.replace(
            b"<<>>",
            b"<</Filter /FlateDecode /DecodeParms <</Columns 4>> /Length 9>>\nstream\n\x00/JS/AA\x01\nendstream",
            1,
        ),
    ],
    ids=["plain", "packed bytes that spell the name of a script"],
)
def test_keep_takes_a_plain_pdf_as_it_is(pdf):
    assert rules.keep(pdf) == rules.Kept(pdf, "application/pdf", ".pdf")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b"x" * (rules.LARGEST + 1), "too large", id="too many bytes"),
        pytest.param(photo("PNG", (8000, 7000), "1"), "million pixels", id="too many pixels"),
        pytest.param(photo("PNG", (10000, 10000), "1"), "million pixels", id="near a bomb"),
        pytest.param(photo("PNG", (20000, 20000), "1"), "million pixels", id="a pixel bomb"),
        pytest.param(b"<svg><script>alert(1)</script></svg>", "not a photo", id="svg with script"),
        pytest.param(b"GIF89a/*<script>*/=1;", "not a photo", id="gif that is a script"),
        pytest.param(photo("GIF"), "not a photo", id="an honest gif"),
        pytest.param(packed(), "not a photo", id="zip bomb"),
        pytest.param(b"MZ" + b"\0" * 200, "not a photo", id="a program called .jpg"),
        pytest.param(photo()[:200], "not a photo", id="half a photo"),
        pytest.param(b"%PDF-1.7 and no end", "damaged", id="half a pdf"),
        pytest.param(PDF.replace(b"<<>>", b"<</JS (x)>>"), "programs", id="pdf with script"),
        pytest.param(PDF.replace(b"<<>>", b"<</Launch>>"), "programs", id="pdf that starts things"),
        pytest.param(b"%PDF-1.7\n<html>" + PDF, "programs", id="pdf that is a page"),
        pytest.param(b"%PDF-1.7\nPK\x03\x04" + PDF, "programs", id="pdf that is an archive"),
    ],
)
def test_keep_refuses_in_words(data, words):
    with pytest.raises(Refused, match=words):
        rules.keep(data)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("book.heic", "book.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\me\\Year 4.png", "Year 4.jpg"),
        ("photo.php.jpg", "photo.php.jpg"),
        ('x"; filename="evil.html', "x filename evil.jpg"),
        ("\x00\u202egpj.exe", "gpj.jpg"),
        ("...", "file.jpg"),
        ("=1+1.png", "1 1.jpg"),
        ("n" * 300 + ".png", "n" * 100 + ".jpg"),
    ],
)
def test_plain_name_is_safe_to_show_and_save(name, kept):
    assert rules.plain_name(name, ".jpg") == kept


@pytest.mark.django_db
def test_may_attach_ends_at_a_number():
    record = EvidenceRecordFactory.create()
    author = UserFactory.create(person=record.author)

    assert "holds 40 files" in rules.may_attach(author, record, count=40).reason


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_visible_to_agrees_with_may_view(role):
    record = EvidenceRecordFactory.create(shared=True)
    attachments = [
        AttachmentFactory.create(record=of)
        for of in (
            record,
            EvidenceRecordFactory.create(review=record.review),
            EvidenceRecordFactory.create(shared=True, is_private=True, review=record.review),
            EvidenceRecordFactory.create(shared=True),
        )
    ]
    user = person(role, at=record.academy)

    listed = set(Attachment.objects.visible_to(user))

    assert listed == {one for one in attachments if rules.may_view(user, one)}
