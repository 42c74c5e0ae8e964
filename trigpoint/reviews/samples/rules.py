"""Drawing fairly over year groups, subjects and observers, and saying what was left unseen."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.reviews.reviews.models import Review
from trigpoint.reviews.reviews.rules import BEFORE_REPORTING, may_run
from trigpoint.trusts.models import Academy

if TYPE_CHECKING:
    from trigpoint.people.models import User

RECEPTION_AGE = 4
MOST_SEED = 999_999
Cell = tuple[str, str]  # subject, year group


@dataclass(frozen=True, slots=True)
class Pick:
    """One place to look at, and who goes: ``observer`` is an id."""

    subject: str
    year_group: str
    observer: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What may be drawn from, and by whom it is seen."""

    subjects: Sequence[str]
    year_groups: Sequence[str]
    observers: Sequence[str]

    @property
    def cells(self) -> list[Cell]:
        """Every subject with every year group, in the order of the school."""
        return list(product(self.subjects, self.year_groups))


def year_groups(academy: Academy) -> list[str]:
    """Return the year groups an academy teaches, youngest first; none when its ages are not known."""
    if academy.age_from is None or academy.age_to is None:
        return []
    return [_year_group(age) for age in range(academy.age_from, academy.age_to)]


def _year_group(age: int) -> str:
    if age < RECEPTION_AGE:
        return "Nursery"
    return "Reception" if age == RECEPTION_AGE else f"Year {age - RECEPTION_AGE}"


def may_draw(user: "User", review: Review) -> Verdict:
    """Whoever runs the review, until it is written up."""
    if review.status not in BEFORE_REPORTING:
        return denied("This review is being written up, so nothing more is drawn for it.")
    return may_run(user, review)


def is_drawable(frame: Frame, count: int) -> Verdict:
    """Say whether so many can be drawn without going to one place twice."""
    there = len(frame.cells)
    if count > there:
        places = "place" if there == 1 else "places"
        return denied(
            f"There {'is' if there == 1 else 'are'} {there} {places} to choose from and {count} "
            "were asked for. Ask for fewer, or tick more subjects or year groups."
        )
    return ALLOWED


def draw(frame: Frame, *, count: int, seed: int, seen: Iterable[Cell] = ()) -> list[Pick]:
    """Draw places so that year groups, then subjects, then observers come up as evenly as they can.

    Args:
        frame: what may be drawn from; at least one observer.
        count: how many; at most as many as the frame has cells.
        seed: the same one draws the same.
        seen: what the review has drawn before: it comes last, and counts for evenness.

    """
    dice = random.Random(seed)  # noqa: S311 -- a fair draw, not a secret
    before = Counter(seen)
    rank = {cell: dice.random() for cell in frame.cells}
    turn = {observer: dice.random() for observer in frame.observers}
    years = Counter(year for _, year in before.elements())
    subjects = Counter(subject for subject, _ in before.elements())
    visits: Counter[str] = Counter()
    in_year: Counter[tuple[str, str]] = Counter()
    left = set(frame.cells)
    picks: list[Pick] = []
    while len(picks) < count and left:
        cell = min(left, key=lambda it: (before[it], years[it[1]], subjects[it[0]], rank[it]))
        left.remove(cell)
        subject, year = cell
        years[year] += 1
        subjects[subject] += 1
        observer = min(
            frame.observers,
            key=lambda it, year=year: (visits[it], in_year[it, year], turn[it]),  # type: ignore[misc]  # binds the loop's year
        )
        visits[observer] += 1
        in_year[observer, year] += 1
        picks.append(Pick(subject, year, observer))
    return picks


def unseen(frame_cells: Iterable[Cell], drawn: Iterable[Cell]) -> list[tuple[str, list[str]]]:
    """Return what no draw has come to: for each year group the subjects, in the order given."""
    seen = set(drawn)
    found: dict[str, list[str]] = {}
    for subject, year in frame_cells:
        if (subject, year) not in seen:
            found.setdefault(year, []).append(subject)
    return list(found.items())
