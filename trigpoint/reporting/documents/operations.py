"""Draw an edition as a tagged PDF or as a Word file. What people wrote is data, never markup."""

import json
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from io import BytesIO
from pathlib import Path

import typst
from django.utils import timezone
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from trigpoint.records.days import day_words
from trigpoint.reporting.documents.queries import Chapter, Edition, Entry
from trigpoint.web.marks import ORDER, Shown, is_in_words

DATA = Path(__file__).resolve().parent.parent / "data"
STRENGTHS = {"THIN": "Thin evidence", "FAIR": "Fair evidence", "STRONG": "Strong evidence"}
RAIL_NOTE = "From the best level on the left to the weakest on the right."
BOX = "\N{WHITE SQUARE}"
DEMO = "Demonstration data: the trust, its academies and everything said of them are fictional."
NOTES = (
    "Thin, fair or strong evidence says how many kinds, observers and records stand behind a claim.",
    "A level describes what the academy provides, never a person. Nobody is named in this report.",
)
SOURCE_HEADS = ("Kind", "Records", "Observers", "When", "References")


def render_pdf(edition: Edition) -> bytes:
    """Draw the report as an accessible PDF (PDF/UA-1): tagged, with its fonts inside.

    The same edition gives the same bytes.

    Raises:
        RuntimeError: the typesetter warned of anything, such as a missing font.

    """
    compiler = typst.Compiler(str(DATA / "report.typ"), root=str(DATA), font_paths=_fonts())
    drawn, warnings = compiler.compile_with_warnings(
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"data": json.dumps(_drawable(_told(edition)))},
        timestamp=int(edition.dated.timestamp()),
    )
    if warnings or not isinstance(drawn, bytes):
        msg = f"The report was drawn with warnings: {[str(it.message) for it in warnings]}"
        raise RuntimeError(msg)
    return drawn


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(DATA / "fonts")])


def _told(edition: Edition) -> dict[str, object]:
    """Return what the page says, sentences and all, as plain values."""
    judged = list(edition.judged())
    graded = [it for it in judged if not is_in_words(it[1])]
    kinds = "; ".join(f"{it.kind}: {it.records}" for it in edition.sources)
    levels = "; ".join(f"{title}: {_said(level, strength)}" for title, level, strength in judged)
    return {
        "title": edition.title,
        "trust": edition.trust,
        "description": f"{edition.kind} of {edition.academy}. {edition.state}.",
        "eyebrow": _eyebrow(edition),
        "status_line": _status_line(edition),
        "footer": _footer(edition),
        "demo": edition.demo,
        "summary": edition.summary,
        "strengths": STRENGTHS,
        "rail": list(ORDER),
        "glance": [
            {"title": title, "level": asdict(level), "strength": strength}
            for title, level, strength in judged
        ],
        "glance_alt": f"{RAIL_NOTE if graded else ''} {levels}.".strip(),
        "glance_note": RAIL_NOTE if graded else "Judged in words, without levels.",
        "sections": [asdict(chapter) for chapter in edition.chapters],
        "evidence": [asdict(source) for source in edition.sources],
        "evidence_alt": f"Records behind this report by kind. {kinds}.",
        "notes": NOTES,
    }


def _named(level: Shown) -> str:
    return f"{level.letter} {level.label}".strip()


def _said(level: Shown, strength: str) -> str:
    return ", ".join(filter(None, [level.label, STRENGTHS.get(strength, "").lower()]))


def _eyebrow(edition: Edition) -> str:
    return f"{edition.trust} \N{MIDDLE DOT} {edition.kind} report"


def _status_line(edition: Edition) -> str:
    state = edition.state
    if edition.is_final:
        state = f"{state}, {day_words(timezone.localtime(edition.dated))}"
    return f"{edition.academy}. {state}. Fieldwork {edition.fieldwork}."


def _footer(edition: Edition) -> str:
    parts = ["Trigpoint", edition.state]
    if edition.seal:
        parts.append(f"seal {edition.seal[:12]}")
    if edition.demo:
        parts.append("Demonstration data")
    return " \N{MIDDLE DOT} ".join(parts)


@cache
def _ranges() -> tuple[list[int], list[int]]:
    """Return the first and last code point of every run of characters the fonts can draw."""
    runs = json.loads((DATA / "fonts" / "drawable.json").read_text(encoding="utf-8"))
    return [first for first, _ in runs], [last for _, last in runs]


def _can_draw(character: str) -> bool:
    firsts, lasts = _ranges()
    place = bisect_right(firsts, ord(character)) - 1
    return place >= 0 and ord(character) <= lasts[place]


def _drawable(value: object) -> object:
    """Put a box for every character no font can draw, which an accessible PDF may not hold."""
    if isinstance(value, str):
        spaced = " ".join(value.split())
        return "".join(c if _can_draw(c) else BOX for c in spaced)
    if isinstance(value, dict):
        return {key: _drawable(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [_drawable(held) for held in value]
    return value


def render_word(edition: Edition) -> bytes:
    """Draw the report as a Word file with real styles, headings and tables, to be edited."""
    word = Document()
    _set_up(word, edition)
    _paragraph(word, _eyebrow(edition), "Subtitle")
    _paragraph(word, edition.title, "Title")
    _paragraph(word, _status_line(edition))
    if edition.demo:
        _paragraph(word, DEMO, "Intense Quote")
    for part in edition.summary:
        _paragraph(word, part)
    _glance(word, edition)
    for chapter in edition.chapters:
        _chapter(word, chapter)
    _sources(word, edition)
    for note in NOTES:
        _paragraph(word, note, "Caption")
    written = BytesIO()
    word.save(written)
    return written.getvalue()


def _set_up(word: WordDocument, edition: Edition) -> None:
    """Set the page, the language, the title and the footer."""
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    word.styles["Normal"].font.name, word.styles["Normal"].font.size = "Calibri", Pt(11)
    about = word.core_properties
    about.title, about.author = _storable(edition.title), _storable(edition.trust)
    about.language, about.created, about.modified = "en-GB", edition.dated, edition.dated
    page.footer.paragraphs[0].text = _storable(_footer(edition))


def _glance(word: WordDocument, edition: Edition) -> None:
    judged = list(edition.judged())
    if judged:
        word.add_heading("At a glance", level=1)
        rows = [
            (title, _named(level), STRENGTHS.get(strength, "")) for title, level, strength in judged
        ]
        _table(word, ("Area", "Level", "Evidence"), rows)


def _chapter(word: WordDocument, chapter: Chapter) -> None:
    word.add_heading(_storable(chapter.heading), level=1)
    known = [_named(chapter.level) if chapter.level else ""]
    known += [STRENGTHS.get(chapter.strength, ""), chapter.known]
    if any(known):
        _paragraph(word, ". ".join(filter(None, known)) + ".", "Strong line")
    for entry in chapter.lines:
        _paragraph(word, _sentence(entry))
        for sentence in entry.against:
            _paragraph(word, sentence, "List Bullet")


def _sentence(entry: Entry) -> str:
    level = f"{_named(entry.level)}: " if entry.level else ""
    kind = f"{entry.kind}: " if entry.kind else ""
    known = ", ".join(filter(None, [STRENGTHS.get(entry.strength, ""), entry.known, entry.refs]))
    return f"{entry.number}  {kind}{level}{entry.text}" + (f" [{known}]" if known else "")


def _sources(word: WordDocument, edition: Edition) -> None:
    if edition.sources:
        word.add_heading("How we know", level=1)
        rows = [
            (it.kind, str(it.records), str(it.observers), it.when, it.refs)
            for it in edition.sources
        ]
        _table(word, SOURCE_HEADS, rows)


def _table(word: WordDocument, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Add a table whose first row is repeated on every page and read out as its head."""
    heads = tuple(heads)
    table = word.add_table(rows=1, cols=len(heads), style="Light List Accent 1")
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 -- the library has no word for it
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.text = _storable(text)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _storable(text)


def _paragraph(word: WordDocument, text: str, style: str = "Normal") -> None:
    if style == "Strong line":
        word.add_paragraph().add_run(_storable(text)).bold = True
        return
    word.add_paragraph(_storable(text), style=style)


def _storable(text: str) -> str:
    """Drop the control characters that a Word file cannot hold."""
    return "".join(c for c in text if c in "\t\n" or (ord(c) >= ord(" ") and _is_xml(c)))


def _is_xml(character: str) -> bool:
    return character not in "\ufffe\uffff" and not "\ud800" <= character <= "\udfff"
