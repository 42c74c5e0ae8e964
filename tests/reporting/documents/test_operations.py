"""The report on paper: read back, as anybody would who was sent it."""

import datetime as dt
import io
import time

import docx
import pypdf
import pytest

from tests.looks import IN_WORDS, shown
from trigpoint.reporting.documents import operations
from trigpoint.reporting.documents.queries import Chapter, Edition, Entry, Source
from trigpoint.web.marks import Shown

HOSTILE = "*x* #y $z$ <b>bold</b> =1+1 @ref `code` \\ // [link] &amp; {{ 1 }} _u_ ~ -- ..."
LEVELS = [
    shown("E", "Exceptional"),
    shown("S", "Strong standard"),
    shown("M", "Meets standard"),
    shown("A", "Needs attention"),
    shown("U", "Urgent improvement"),
]


def an_edition(text="Most pupils catch up.", *, lines=2, **more):
    entries = tuple(
        Entry(f"1.{n}", text, "", None, "FAIR", "7 records, 4 kinds", "E8, E21")
        for n in range(1, lines + 1)
    )
    chapters = [
        Chapter(f"{n} Area {n}", f"Area {n}", level, "THIN", "1 record", entries)
        for n, level in enumerate(LEVELS, start=1)
    ]
    judged = Entry("6.1", text, "Checking understanding", LEVELS[3], "STRONG", "9 records", "")
    follows = Entry("6.2", text, "Good practice", None, "", "", "")
    facts = {
        "title": "Reading at Thornmere",
        "trust": "Wetherlow Trust",
        "academy": "Thornmere Primary",
        "kind": "Deep dive",
        "state": "Final report",
        "fieldwork": "12 November 2025",
        "dated": dt.datetime(2025, 12, 3, 12, tzinfo=dt.UTC),
        "is_final": True,
        "seal": "ab" * 32,
        "demo": False,
        "summary": (text,),
        "chapters": (*chapters, Chapter("6 What follows", "", None, "", "", (judged, follows))),
        "sources": (Source("Lesson visit", 6, 3, "12 November 2025", "E1, E2"),),
    }
    return Edition(**{**facts, **more})


def read(pdf):
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def words_of(word):
    document = docx.Document(io.BytesIO(word))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return document, "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_render_pdf_holds_the_judgement_the_evidence_and_the_page_numbers():
    _, said = read(operations.render_pdf(an_edition()))

    for words in (
        "Needs attention", "Strong evidence", "Most pupils catch up.", "E8, E21", "Lesson visit",
        "Final report, 3 December 2025", "Wetherlow Trust", "1 of ", "seal abababababab",
    ):  # fmt: skip
        assert words in said


def test_a_report_made_final_late_in_a_summer_evening_is_of_the_day_it_was_here():
    late = dt.datetime(2026, 7, 14, 23, 30, tzinfo=dt.UTC)

    _, said = words_of(operations.render_word(an_edition(dated=late)))

    assert "Final report, 15 July 2026" in said


def test_render_pdf_is_tagged_titled_and_says_its_language():
    reader, _ = read(operations.render_pdf(an_edition()))
    root = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert reader.metadata.title == "Reading at Thornmere"
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_render_pdf_gives_its_charts_words():
    drawn = operations.render_pdf(an_edition())
    kids, alts = [pypdf.PdfReader(io.BytesIO(drawn)).trailer["/Root"]["/StructTreeRoot"]], []
    while kids:
        here = kids.pop().get_object()
        if isinstance(here, list):
            kids += here
        elif isinstance(here, dict):
            alts += [here["/Alt"]] if "/Alt" in here else []
            kids += [here["/K"]] if "/K" in here else []

    assert any("Area 4: Needs attention, thin evidence" in alt for alt in alts)
    assert any("Lesson visit: 6" in alt for alt in alts)


@pytest.mark.parametrize(
    "text", [HOSTILE, '#import "/etc/passwd"', '=cmd|"/c calc"!A1', "</w:t><w:br/>"]
)
def test_hostile_words_print_as_they_are(text):
    _, said = read(operations.render_pdf(an_edition(text)))
    _, word = words_of(operations.render_word(an_edition(text)))

    assert " ".join(text.split()) in said
    assert text in word


def test_letters_without_a_glyph_print_as_a_box_and_nothing_breaks():
    _, said = read(operations.render_pdf(an_edition("Llŷn 漢 \U0001f600 \x07 end")))
    _, word = words_of(operations.render_word(an_edition("Llŷn 漢 \x07 end")))

    assert "Llŷn \N{WHITE SQUARE} \N{WHITE SQUARE} \N{WHITE SQUARE} end" in said
    assert "Llŷn 漢  end" in word


def test_same_edition_same_bytes():
    assert operations.render_pdf(an_edition()) == operations.render_pdf(an_edition())


def test_demo_says_so_on_paper():
    demo = an_edition(demo=True)

    assert "Demonstration data" in read(operations.render_pdf(demo))[1]
    assert "Demonstration data" in words_of(operations.render_word(demo))[1]
    assert demo.file_name == "demo-reading-at-thornmere"
    assert "Demonstration" not in read(operations.render_pdf(an_edition()))[1]


def test_draft_without_evidence_or_levels_still_prints():
    bare = an_edition(chapters=(), sources=(), seal="", is_final=False, state="Draft")

    assert "Draft." in read(operations.render_pdf(bare))[1]
    assert "Draft." in words_of(operations.render_word(bare))[1]


def test_long_report_takes_less_than_a_second_and_a_half():
    operations.render_pdf(an_edition())
    long = an_edition("Most pupils who fall behind catch up within two terms. " * 6, lines=40)

    started = time.perf_counter()
    operations.render_pdf(long)

    assert time.perf_counter() - started < 1.5


def test_render_word_uses_real_headings_and_tables_with_marks_as_text():
    document, said = words_of(operations.render_word(an_edition()))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]

    assert headings[:2] == ["At a glance", "1 Area 1"]
    assert headings[-1] == "How we know"
    assert "A Needs attention" in said
    assert document.core_properties.title == "Reading at Thornmere"
    assert document.tables[0].rows[0].cells[0].text == "Area"


def test_what_is_judged_in_words_prints_without_a_rail():
    chapter = Chapter("1 Welfare", "Welfare", IN_WORDS, "FAIR", "3 records", ())

    _, said = read(operations.render_pdf(an_edition(chapters=(chapter,))))
    _, word = words_of(operations.render_word(an_edition(chapters=(chapter,))))

    assert "Judged in words, without levels." in said
    assert "In words. Fair evidence. 3 records." in word


def test_a_level_of_another_scale_prints_with_its_own_letter():
    met = Shown("Y", "octagon", "stone", "Met")
    chapter = Chapter("1 Welfare", "Welfare", met, "FAIR", "3 records", ())

    _, word = words_of(operations.render_word(an_edition(chapters=(chapter,))))
    operations.render_pdf(an_edition(chapters=(chapter,)))

    assert "Y Met. Fair evidence." in word
