"""For a proposed review that clashes: other people on its days, or the nearest days that are free."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from trigpoint.records.days import day_words
from trigpoint.reviews.assignment.rules import Need, Slot, Year, breaches
from trigpoint.reviews.staffing.rules import Rota, seat_together
from trigpoint.reviews.weeks.rules import ends_on, starts_in

MOST_WEEKS = 12  # each way; further off it is no remedy but another plan
LATE = 4  # weeks that being late against policy counts for


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change that settles a clash: to which day, with whom, and what it keeps."""

    slot: Slot
    starts_on: date
    people: tuple[UUID, ...]
    words: str
    keeps: str


def remedy(year: Year, need: Need, slot: Slot) -> Remedy | None:
    """Return the smallest change after which a slot breaks nothing; None when there is none near.

    Args:
        year: with everything else that stands or is proposed as fixed.
        need: what the slot answers.
        slot: as it stands.

    """
    place = next(it for it in year.places if it.academy_id == slot.academy_id)
    names = {one.person_id: one.name for one in year.reviewers}
    for start in _days(need, slot, year):
        for people in _people(year, need, slot, start):
            way = replace(slot, starts_on=start, ends_on=ends_on(need, start), people=people)
            if breaches(year, [way]):
                continue
            moved, same = start != slot.starts_on, people == slot.people
            what = f"{place.name} {need.label}"
            words = f"Move the {what} to {day_words(start)}" if moved else f"Keep the {what} there"
            listed = _listed([names.get(pk, "") for pk in people])
            who = "with the same people" if same else f"with {listed}"
            late = ends_on(need, start) > need.due_on
            keeps = "It is late against policy then." if late else "Keeps policy."
            return Remedy(way, start, people, f"{words}, {who}" if people else words, keeps)
    return None


def _days(need: Need, slot: Slot, year: Year) -> list[date]:
    """Return the days it could begin on, the least change first: its own day, its week, nearby."""
    place = next(it for it in year.places if it.academy_id == slot.academy_id)
    away = {
        start: abs(weeks) + (LATE if ends_on(need, start) > need.due_on else 0)
        for weeks in range(-MOST_WEEKS, MOST_WEEKS + 1)
        for start in starts_in(slot.monday + timedelta(weeks=weeks), need, place)
    }
    return [
        slot.starts_on,
        *sorted(away.keys() - {slot.starts_on}, key=lambda start: (away[start], start)),
    ]


def _people(year: Year, need: Need, slot: Slot, start: date) -> Iterator[tuple[UUID, ...]]:
    """Yield who could hold it: those there are, then whoever a proposal would ask."""
    yield slot.people
    if need.seats:
        for seating in seat_together(Rota(year), [need], start):
            yield seating.people


def _listed(names: Sequence[str]) -> str:
    *rest, last = names or [""]
    return f"{', '.join(rest)} and {last}" if rest else last
