"""A year proposed: every need gets days and people with the reasons, or a sentence why not."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trigpoint.reviews.assignment.rules import Need, Slot, Year, monday_of
from trigpoint.reviews.reasons import rules as words
from trigpoint.reviews.staffing.rules import Rota, Seating, seat_together
from trigpoint.reviews.weeks import rules as weeks
from trigpoint.reviews.weeks.rules import Choice

Tell = Callable[[str], None]  # hears what is being done now


@dataclass(frozen=True, slots=True)
class Proposed:
    """One need with its days, its people and the reasons for both."""

    need: Need
    slot: Slot
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """One need that found no place, and why."""

    need: Need
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A whole year: what was placed, in order of its days, and what was not."""

    placed: tuple[Proposed, ...]
    unplaced: tuple[Unplaced, ...]


def _quietly(_words: str) -> None:
    """Tell nobody."""


def propose(year: Year, *, tell: Tell = _quietly) -> Proposal:
    """Propose days and people for every need of a year. The same year gives the same proposal."""
    tell("Looking for the best weeks")
    offers = weeks.choices(year)
    found = weeks.chosen(year, offers)
    tell("Finding people for each week")
    rota = Rota(year)
    seated = _staffed(year, rota, offers, found)
    tell("Placing what is left and giving reasons")
    _placed_elsewhere(year, rota, offers, seated)
    return explained(year, rota, offers, seated)


Seated = dict[str, Seating]


def _staffed(
    year: Year, rota: Rota, offers: Mapping[str, Sequence[Choice]], found: Mapping[str, date]
) -> Seated:
    """Find people for what has a week, week by week and day by day."""
    needs = {need.key: need for need in year.needs}
    by_day: defaultdict[date, list[Need]] = defaultdict(list)
    taken: Counter[date] = Counter()
    for key in sorted(found, key=lambda key: (found[key], -needs[key].tier, key)):
        choice = next(it for it in offers[key] if it.monday == found[key])
        starts_on = min(choice.starts, key=lambda day: (taken[day], day))
        taken[starts_on] += needs[key].seats
        by_day[starts_on].append(needs[key])
    seated: Seated = {}
    for starts_on in sorted(by_day):
        for seating in seat_together(rota, by_day[starts_on], starts_on):
            seated[seating.need.key] = seating
    return seated


def _placed_elsewhere(
    year: Year, rota: Rota, offers: Mapping[str, Sequence[Choice]], seated: Seated
) -> None:
    """Try every other week for what found no week or no people, the most urgent first."""
    taken = {(it.need.academy_id, monday_of(it.starts_on)) for it in seated.values()}
    left = [need for need in year.needs if need.key not in seated]
    for need in sorted(left, key=lambda need: (-need.tier, need.due_on, need.key)):
        for choice in offers[need.key]:
            if (need.academy_id, choice.monday) in taken:
                continue
            if seating := _seated_in(rota, need, choice):
                seated[need.key] = seating
                taken.add((need.academy_id, choice.monday))
                break


def _seated_in(rota: Rota, need: Need, choice: Choice) -> Seating | None:
    if rota.is_worn_out(need, choice.starts[0]):
        return None
    for starts_on in choice.starts:
        if found := seat_together(rota, [need], starts_on):
            return found[0]
    return None


def explained(
    year: Year, rota: Rota, offers: Mapping[str, Sequence[Choice]], seated: Seated
) -> Proposal:
    """Put the answer into slots, each with its reasons."""
    seen = words.scene(year, rota, list(seated.values()))
    placed = [Proposed(it.need, _slot(it), words.reasons(seen, it)) for it in seated.values()]
    left = sorted((need for need in year.needs if need.key not in seated), key=_by_key)
    return Proposal(
        tuple(sorted(placed, key=lambda it: (it.slot.starts_on, it.need.key))),
        tuple(Unplaced(it, words.why_unplaced(seen, it, offers[it.key])) for it in left),
    )


def _by_key(need: Need) -> str:
    return need.key


def _slot(seating: Seating) -> Slot:
    need = seating.need
    return Slot(
        key=need.key,
        academy_id=need.academy_id,
        kind=need.kind,
        starts_on=seating.starts_on,
        ends_on=seating.ends_on,
        people=seating.people,
        hours=need.hours,
        label=need.label,
        is_led_from_outside=need.is_led_from_outside,
        area=need.area,
    )
