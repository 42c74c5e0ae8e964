"""What a body may take from the levels of its academies, in numbers and in sentences.

Counts are of academies. Nothing here knows a person.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trigpoint.governance.cells.rules import Cell, Judged
from trigpoint.web.marks import Shown, is_in_words, position

NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
STRENGTHS = ("STRONG", "FAIR", "THIN")
SHOWN_CHANGES = 6
EXTERNAL = "EXTERNAL"


@dataclass(frozen=True, slots=True)
class Share:
    """How many academies have one strength."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class LevelShare:
    """How many academies have one level."""

    level: Shown
    count: int


@dataclass(frozen=True, slots=True)
class Change:
    """One academy whose level in one area is not what it was when the term began."""

    academy: str
    area: str
    before: Shown
    now: Shown
    better: bool
    lineage: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One area over all academies. Every number is a count of academies.

    ``level`` is that of ``middle``, ``scale`` the code of the scale it is on; ``of`` is how many
    academies there are. ``earlier`` have a level of an earlier scale, ``apart`` are not compared
    with what they were, ``new`` were not judged then.
    """

    area: str
    lineage: str
    level: Shown | None
    levels: tuple[LevelShare, ...]
    strength: str
    strengths: tuple[Share, ...]
    better: int
    worse: int
    at_standard: int
    was_at_standard: int
    judged: int
    of: int
    out_of_date: int
    last_check: str
    scale: str = ""
    earlier: int = 0
    apart: int = 0
    new: int = 0

    @property
    def same(self) -> int:
        """Academies whose level is what it was when the term began."""
        return self.judged - self.better - self.worse - self.apart - self.new

    @property
    def not_judged(self) -> int:
        """Academies nobody has judged in this area."""
        return self.of - self.judged

    @property
    def thin(self) -> int:
        """Academies whose level rests on thin evidence."""
        return next((share.count for share in self.strengths if share.code == "THIN"), 0)

    @property
    def is_known(self) -> bool:
        """Whether most academies are judged, on more than thin evidence and not long ago."""
        return 2 * (self.judged - max(self.thin, self.out_of_date)) > self.of

    @property
    def in_words(self) -> int:
        """Academies that are judged in words, without a level."""
        return sum(share.count for share in self.levels if is_in_words(share.level))

    @property
    def is_mostly_in_words(self) -> bool:
        """Whether more is judged in words than on levels, so that levels say too little."""
        return 2 * self.in_words > self.judged

    @property
    def is_assured(self) -> bool:
        """Whether most academies, of those not judged in words, are at standard or above."""
        return 2 * self.at_standard > self.of - self.in_words


@dataclass(frozen=True, slots=True)
class Table:
    """The assurance table on one day, complete in itself so that it can be shown again later.

    ``academy`` is the academy's name where the table is of one only: then it speaks of that one.
    """

    on: str
    since: str
    academies: int
    rows: tuple[Row, ...]
    changes: tuple[Change, ...]
    academy: str = ""

    @property
    def shown_changes(self) -> tuple[Change, ...]:
        """The changes there is room for, those for the worse first."""
        return self.changes[:SHOWN_CHANGES]

    @property
    def more_changes(self) -> int:
        """How many changes are left out."""
        return len(self.changes) - len(self.shown_changes)


def row(area: str, lineage: str, cells: Sequence[Cell], *, on: date, max_age_days: int) -> Row:
    """Sum one area up over the academies."""
    now = [cell.now for cell in cells if cell.now]
    counts = Counter(
        name for cell in cells for name in cell.shows(on=on, max_age_days=max_age_days)
    )
    strengths = Counter(judged.strength for judged in now)
    return Row(
        area=area,
        lineage=lineage,
        level=middle(cells),
        levels=_shares([judged.level for judged in now]),
        strength=_middle_strength(strengths),
        strengths=tuple(
            Share(code, code.capitalize(), strengths[code]) for code in STRENGTHS if strengths[code]
        ),
        better=counts["better"],
        worse=counts["worse"],
        at_standard=counts["standard"],
        was_at_standard=counts["was"],
        judged=len(now),
        of=len(cells),
        out_of_date=counts["old"],
        last_check=_last_check(now),
        scale=_scale(cells),
        earlier=counts["earlier"],
        apart=counts["apart"],
        new=counts["new"],
    )


def middle(cells: Sequence[Cell]) -> Shown | None:
    """Return the level of the middle academy, the weaker of two; None where there is none.

    Levels of different scales have no middle. It is that of the academies judged on the scale that
    the version in force gives the area, and none where they are fewer than half of those judged.
    Where more are judged in words than on levels, it is in words. A single academy has its own.
    """
    now = [cell.now for cell in cells if cell.now]
    if len(cells) == 1:
        return now[0].level if now else None
    words = [it.level for it in now if is_in_words(it.level)]
    if 2 * len(words) > len(now):
        return words[0]
    here = [cell.now.level for cell in cells if cell.now and cell.now.scale == cell.scale]
    ordered = sorted(here, key=lambda it: it.rank)
    return ordered[len(ordered) // 2] if ordered and 2 * len(ordered) >= len(now) else None


def _scale(cells: Sequence[Cell]) -> str:
    """Return the code of the scale that the middle is on: one academy's own, else that in force."""
    if len(cells) == 1 and cells[0].now:
        return cells[0].now.scale
    return cells[0].scale if cells else ""


def _middle_strength(strengths: Mapping[str, int]) -> str:
    ordered = [code for code in STRENGTHS for _ in range(strengths.get(code, 0))]
    return ordered[len(ordered) // 2] if ordered else ""


def _shares(levels: Sequence[Shown]) -> tuple[LevelShare, ...]:
    """Count the levels, best first; what is judged in words comes last."""
    kinds = {level.code: level for level in levels}
    counts = Counter(level.code for level in levels)
    ordered = sorted(kinds.values(), key=lambda it: (position(it), it.rank, it.letter))
    return tuple(LevelShare(level, counts[level.code]) for level in ordered)


def _last_check(judged: Sequence[Judged]) -> str:
    if not judged:
        return "None yet"
    last = max(judged, key=lambda it: it.made_on)
    outside = ", external" if last.perspective == EXTERNAL else ""
    return f"{last.made_on:%b %Y}{outside}"


def changes(area: str, lineage: str, cells: Sequence[Cell]) -> list[Change]:
    """Return the academies whose level moved in an area."""
    return [
        Change(cell.academy, area, cell.before.level, cell.now.level, cell.steps > 0, lineage)
        for cell in cells
        if cell.steps and cell.now and cell.before
    ]


def said(number: int) -> str:
    """Write a small number out, as people do: "two", but "12"."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def verdict(table: Table) -> str:
    """Answer "are we assured?" in a sentence or two, from the counts alone."""
    if not any(area.judged for area in table.rows):
        return "Nothing has been judged yet, so there is nothing to assure you with."
    parts = [*_at_standard(table)]
    if worse := [area.area for area in table.rows if area.worse > area.better]:
        verb = "is" if len(worse) == 1 else "are"
        parts.append(f"{_listed(worse)} {verb} weaker than on {table.since}.")
    if unknown := [area.area for area in table.rows if not area.is_known]:
        parts.append(f"We know too little about {_listed(unknown).lower()}.")
    return " ".join(parts)


def _at_standard(table: Table) -> Iterator[str]:
    """Say in how many areas with levels the standard is met, and which are judged in words."""
    graded = [area for area in table.rows if not area.is_mostly_in_words]
    wordy = [area.area for area in table.rows if area.is_mostly_in_words]
    if graded:
        good = sum(area.is_assured for area in graded)
        areas = f"in {said(good)} of {said(len(graded))} area{'s' if len(graded) > 1 else ''}"
        yield (
            f"{table.academy} is at standard or above {areas}."
            if table.academy
            else f"{areas.capitalize()} most academies are at standard or above."
        )
    if wordy and graded:
        verb = "is" if len(wordy) == 1 else "are"
        yield f"{_listed(wordy)} {verb} judged in words: read what was found."
    elif wordy:
        yield "The policy judges in words, without levels: read what was found in each area."


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def unknowns(table: Table) -> list[tuple[str, str]]:
    """Return what is not known, worst first: the area in a few words, and why."""
    ranked = sorted(table.rows, key=lambda area: -(area.not_judged + area.thin + area.out_of_date))
    found = []
    for area in ranked:
        why = _unknown_of_one(area) if table.academy else _unknown(area)
        if why:
            found.append((area.area, " ".join(why)))
    return found


def _unknown(area: Row) -> list[str]:
    counted = (
        (area.not_judged, f"{area.not_judged} of {area.of} academies not judged."),
        (area.out_of_date, f"{area.out_of_date} out of date."),
        (area.thin, f"{area.thin} on thin evidence."),
    )
    return [words for number, words in counted if number]


def _unknown_of_one(area: Row) -> list[str]:
    said_of = (
        (area.not_judged, "Not judged."),
        (area.out_of_date, "Out of date."),
        (area.thin, "On thin evidence."),
    )
    return [words for is_so, words in said_of if is_so]


def questions(table: Table) -> list[tuple[str, str]]:
    """Return up to three questions the figures raise, each with what is behind it."""
    asked = []
    if worse := [change for change in table.changes if not change.better]:
        first = worse[0]
        asked.append(
            (
                f"What is being done about {first.area.lower()} at {first.academy}?",
                f"Behind this: {first.before.label} on {table.since}, {first.now.label} now",
            )
        )
    if gaps := [area for area in table.rows if area.not_judged]:
        most = max(gaps, key=lambda area: area.not_judged)
        asked.append(
            (
                f"When will somebody look at {most.area.lower()} at {table.academy}?",
                "Behind this: nobody has judged it yet",
            )
            if table.academy
            else (
                f"When will somebody look at {most.area.lower()} where nobody has?",
                f"Behind this: {most.not_judged} of {most.of} academies not judged",
            )
        )
    if better := [change for change in table.changes if change.better]:
        asked.append(
            (
                f"What made {better[0].area.lower()} better at {better[0].academy}?",
                f"Behind this: {better[0].before.label} on {table.since}, {better[0].now.label} now",
            )
        )
    return asked
