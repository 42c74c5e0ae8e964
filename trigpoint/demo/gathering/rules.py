"""Writing what an observer would: titles, notes, answers and look-for marks that fit a level."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image, ImageDraw

from trigpoint.demo.words.rules import Words, read, spoken
from trigpoint.evidence.contents.rules import NoteContent, RecordContent
from trigpoint.instruments.models import ActivityKind

K = ActivityKind
# How likely a look-for is seen, partly seen or not, by level.
SEEN = {1: (92, 6, 2), 2: (78, 16, 6), 3: (55, 27, 18), 4: (32, 33, 35), 5: (15, 30, 55)}
GROUPS = {
    K.STUDENT_VOICE: "Pupils of {year}, by draw",
    K.STAFF_VOICE: "Staff who teach {subject}",
    K.BOOK_SCRUTINY: "Books from {year}, by draw",
    K.PARENT_VOICE: "Parents of {year}",
}
MINUTES = {
    K.LESSON_VISIT: (25, 40),
    K.LEARNING_WALK: (35, 50),
    K.BOOK_SCRUTINY: (40, 60),
    K.STUDENT_VOICE: (25, 35),
    K.STAFF_VOICE: (30, 40),
    K.CURRICULUM_REVIEW: (45, 60),
    K.ASSESSMENT_REVIEW: (40, 55),
    K.DOCUMENT_REVIEW: (30, 60),
    K.PARENT_VOICE: (30, 45),
    K.GOVERNOR_LINK_VISIT: (60, 90),
}


PAGE = (420, 560)  # pixels


@dataclass(frozen=True, slots=True)
class Seen:
    """What a record is about."""

    kind: str
    rank: int
    subject: str
    topic: str
    year: str
    at: datetime
    look_fors: Sequence[UUID] = ()
    standards: tuple[UUID, ...] = ()
    lines: tuple[UUID, ...] = ()
    team_id: UUID | None = None
    observed_id: UUID | None = None
    is_private: bool = False
    budget_reason: str = ""
    place: Mapping[str, Any] = field(default_factory=dict)

    @property
    def slots(self) -> dict[str, object]:
        """What the wordings may mention."""
        return {
            "subject": spoken(self.subject),
            "topic": self.topic,
            "year": self.year,
            "rank": self.rank,
        }


def content(seen: Seen, words: Words) -> RecordContent:
    """Write one record."""
    minutes = words.between(*MINUTES[K(seen.kind)])
    answers = _answers(seen, words)
    group = GROUPS.get(K(seen.kind), "")
    size = answers.get("group_size") or answers.get("books")
    return RecordContent(
        kind=seen.kind,
        title=words.title(seen.kind, seen.slots)[:160],
        team_id=seen.team_id,
        subject=seen.subject,
        year_groups=seen.year,
        group_described=words.fill(group, seen.slots) if group else "",
        group_size=size if isinstance(size, int) else None,
        observed_id=seen.observed_id,
        observed_at=seen.at,
        minutes=minutes,
        is_private=seen.is_private,
        budget_reason=seen.budget_reason,
        answers=answers,
        notes=tuple(_notes(seen, words, minutes)),
        look_fors={look_for: _mark(seen.rank, words) for look_for in seen.look_fors},
        standards=seen.standards,
        lines=seen.lines,
        **seen.place,
    )


def note_kinds(rank: int, words: Words) -> list[str]:
    """Return what kinds of note a record holds; better places have more that went well."""
    well = {1: 3, 2: 2, 3: 2, 4: 1, 5: 1}[rank]
    better = {1: 1, 2: 1, 3: 1, 4: 2, 5: 2}[rank]
    running = words.between(1, 3)
    kinds = ["RUNNING"] * running + ["WWW"] * well + ["EBI"] * better
    return [*kinds, "QUESTION"] if words.chance(0.25) else kinds


def _notes(seen: Seen, words: Words, minutes: int) -> list[NoteContent]:
    written: list[NoteContent] = []
    texts: set[str] = set()
    kinds = note_kinds(seen.rank, words)
    for number, kind in enumerate(kinds):
        text = words.note(seen.kind, kind, seen.slots)
        while text in texts:
            text = words.note(seen.kind, kind, seen.slots)
        texts.add(text)
        moment = seen.at + timedelta(minutes=(number + 1) * minutes // (len(kinds) + 1))
        tied = (seen.look_fors[number % len(seen.look_fors)],) if seen.look_fors else ()
        keep = tied if kind != "RUNNING" and words.chance(0.5) else ()
        written.append(
            NoteContent(text=text, key=f"note {number}", kind=kind, noted_at=moment, look_fors=keep)
        )
    return written


def _mark(rank: int, words: Words) -> str:
    seen, partly, _ = SEEN[rank]
    drawn = words.between(1, 100)
    return "SEEN" if drawn <= seen else "PARTLY" if drawn <= seen + partly else "NOT_SEEN"


def _answers(seen: Seen, words: Words) -> dict[str, Any]:
    """Answer the form of the kind."""
    return {
        key: _answer(f"{seen.kind} {key}", way, seen, words)
        for key, way in read("answers")[seen.kind].items()
    }


def _answer(bag: str, way: Mapping[str, Any], seen: Seen, words: Words) -> object:
    (how, given), *_ = way.items()
    return WAYS[how](bag, given, seen, words)


def _text(bag: str, given: Sequence[str], seen: Seen, words: Words) -> object:
    return words.fill(words.draw(bag, given), seen.slots)


def _ranked(_: str, given: Sequence[str], seen: Seen, words: Words) -> object:
    return given[min(max(seen.rank - 1 + words.between(-1, 0), 0), len(given) - 1)]


# How an answer is found, by the word the list of answers uses.
WAYS: Mapping[str, Callable[[str, Any, Seen, Words], object]] = {
    "text": _text,
    "rank": _ranked,
    "share": lambda _, given, seen, words: words.chance(given[seen.rank - 1]),
    "number": lambda _, given, _seen, words: words.between(*given),
    "some": lambda _, given, _seen, words: [one for one in given if words.chance(0.5)],
    "any": lambda bag, given, _, words: words.draw(bag, given),
}


def photo(words: Words) -> bytes:
    """Return a picture of a page of an exercise book, drawn here; nobody's writing."""
    page = Image.new("RGB", PAGE, "#fbf9f1")
    pen = ImageDraw.Draw(page)
    pen.line([(70, 0), (70, PAGE[1])], fill="#e4a9a4", width=2)
    for y in range(60, PAGE[1], 28):
        pen.line([(0, y), (PAGE[0], y)], fill="#cfdbe6")
        x = 82
        while words.chance(0.9) and x < PAGE[0] - 60:
            length = words.between(16, 58)
            pen.line([(x, y - 7), (x + length, y - words.between(5, 10))], fill="#2c3e63", width=3)
            x += length + 12
    sheet = BytesIO()
    page.save(sheet, "JPEG", quality=80)
    return sheet.getvalue()
