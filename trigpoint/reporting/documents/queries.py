"""The edition of a report that goes on paper: words, levels and counts, and nobody's name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings

from trigpoint.judgements.claims.queries import system_staff_names
from trigpoint.people.names.rules import without_names
from trigpoint.policies.models import Level
from trigpoint.records.days import day_words
from trigpoint.reporting.reports import queries as reports
from trigpoint.reporting.reports.models import Report
from trigpoint.web.marks import Shown, is_in_words

if TYPE_CHECKING:
    from trigpoint.people.models import User

STATES = {
    Report.Status.DRAFT: "Draft, not for onward sharing",
    Report.Status.INTERNAL_QA: "Draft with internal QA, not for onward sharing",
    Report.Status.FACTUAL_ACCURACY: "Draft for factual accuracy, not for onward sharing",
    Report.Status.FINAL: "Final report",
    Report.Status.SUPERSEDED: "Superseded: a later report took over from this one",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered statement. ``known`` says what a strength rests on, in counts."""

    number: str
    text: str
    kind: str
    level: Shown | None
    strength: str
    known: str
    refs: str
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """One area of the report, or what follows from it."""

    heading: str
    title: str
    level: Shown | None
    strength: str
    known: str
    lines: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """How much evidence of one kind. Counts of records and of people who saw."""

    kind: str
    records: int
    observers: int
    when: str
    refs: str


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything a document prints. ``dated`` is when the words became what they are."""

    title: str
    trust: str
    academy: str
    kind: str
    state: str
    fieldwork: str
    dated: datetime
    is_final: bool
    seal: str
    demo: bool
    summary: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    sources: tuple[Source, ...]

    @property
    def file_name(self) -> str:
        """A name for the file, without its ending; letters, digits and hyphens only."""
        words = "".join(c if c.isascii() and c.isalnum() else " " for c in self.title).split()
        name = "-".join(words).lower()[:80] or "report"
        return f"demo-{name}" if self.demo else name

    def judged(self) -> Iterator[tuple[str, Shown, str]]:
        """Each place with a level: its name, the level, how well it is known."""
        for chapter in self.chapters:
            if chapter.level:
                yield chapter.title, chapter.level, chapter.strength
            yield from (
                (entry.kind, entry.level, entry.strength) for entry in chapter.lines if entry.level
            )


def edition(report: Report, *, viewer: "User") -> Edition:
    """Return a report as it goes on paper, with every staff name taken out.

    Args:
        report: with its review, academy and trust loaded.
        viewer: who asks; they can read the report, which the caller has looked up through
            ``visible_to``.

    """
    outline = reports.outline(viewer=viewer, report=report)
    names, shown = system_staff_names(report.review), _levels(outline)
    review = report.review

    def clean(text: str) -> str:
        return without_names(text, names)

    return Edition(
        title=clean(report.title),
        trust=report.trust.name,
        academy=report.academy.name,
        kind=review.get_kind_display(),
        state=STATES[Report.Status(report.status)],
        fieldwork=_days(review.fieldwork_starts_on, review.fieldwork_ends_on),
        dated=report.finalised_at or report.created_at,
        is_final=report.finalised_at is not None,
        seal=report.content_sha256,
        demo=bool(settings.TRIGPOINT_DEMO),
        summary=tuple(clean(part.strip()) for part in report.summary.split("\n\n") if part.strip()),
        chapters=tuple(
            Chapter(
                part.heading,
                part.title,
                shown(part.level),
                part.strength,
                part.known,
                tuple(_entry(line, clean, shown(line.level)) for line in part.lines),
            )
            for part in outline.sections
        ),
        sources=tuple(
            Source(
                kind.label,
                kind.records,
                kind.observers,
                _days(kind.first, kind.last),
                ", ".join(kind.references),
            )
            for kind in outline.evidence
        ),
    )


def _entry(line: reports.Line, clean: Callable[[str], str], level: Shown | None) -> Entry:
    return Entry(
        line.number,
        clean(line.statement.text),
        line.kind,
        level,
        line.strength,
        line.known,
        ", ".join(ref.reference for ref in line.refs),
        tuple(clean(sentence) for sentence in line.statement.against),
    )


def _levels(outline: reports.Outline) -> Callable[[Level | None], Shown | None]:
    """Return how a level is printed: with the name of its scale where the report has several.

    Two scales may have a letter, and a word, in common.
    """
    told = [part.level for part in outline.sections]
    told += [line.level for part in outline.sections for line in part.lines]
    is_mixed = len({it.scale_id for it in told if it and not is_in_words(it)}) > 1

    def shown(level: Level | None) -> Shown | None:
        if level is None:
            return None
        of = f" ({level.scale})" if is_mixed and not is_in_words(level) else ""
        return Shown(level.letter, level.shape, level.tone, f"{level.label}{of}", level.rank)

    return shown


def _days(first: date, last: date) -> str:
    if first == last:
        return day_words(first)
    return f"{day_words(first, year=last.year)} to {day_words(last)}"
