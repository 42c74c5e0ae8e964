"""Who leads and who joins: the people of each review, found together for all that begin on a day.

Hard rules take a choice away; soft ones make it dearer. Days are counted and never given twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from trigpoint.reviews.assignment.rules import Need, Reviewer, Slot, Year, days_of
from trigpoint.reviews.weeks.rules import ends_on

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Costs = NDArray[np.float64]

NEVER = 1e6
# What a choice costs, set against one whole load of a reviewer's year.
LOAD = 10.0
NO_EXPERTISE_TO_LEAD = 6.0
NO_EXPERTISE = 2.0
AT_HOME = 8.0  # on the team of one's own academy
KEPT_FOR_OUTSIDE = 3.0  # somebody from outside the trust where nobody from outside has to lead
ORDER = 1e-6  # equal choices fall to whoever comes first


@dataclass(frozen=True, slots=True)
class Seating:
    """One review that begins on a day, and the people found for it, the lead first."""

    need: Need
    starts_on: date
    people: tuple[UUID, ...]

    @property
    def ends_on(self) -> date:
        """The last of its days: a week's days in a row."""
        return ends_on(self.need, self.starts_on)


class Rota:
    """Who is where on which day, while a year is being staffed."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.reviewers: Sequence[Reviewer] = sorted(
            year.reviewers, key=lambda one: str(one.person_id)
        )
        self.busy: dict[UUID, set[date]] = {
            one.person_id: set(one.never_on) for one in self.reviewers
        }
        self.used: dict[tuple[UUID, int], int] = {}
        self.total: dict[UUID, int] = {}
        works_on = {place.academy_id: place.works_on for place in year.places}
        for slot in year.fixed:
            self.take(slot, works_on.get(slot.academy_id, frozenset()))

    def take(self, slot: Slot, works_on: frozenset[date]) -> None:
        """Count a review that stands already."""
        for person_id in slot.people:
            if person_id in self.busy:
                self._give(person_id, days_of(slot, works_on))

    def _give(self, person_id: UUID, days: Iterable[date]) -> None:
        for day in days:
            self.busy[person_id].add(day)
            at = (person_id, self.year.term_of(day))
            self.used[at] = self.used.get(at, 0) + 1
            self.total[person_id] = self.total.get(person_id, 0) + 1

    def seat(self, seating: Seating) -> None:
        """Give a review its people's days."""
        days = [seating.starts_on + timedelta(days=n) for n in range(seating.need.days)]
        for person_id in seating.people:
            self._give(person_id, days)

    def hindrance(self, one: Reviewer, need: Need, starts_on: date) -> str:
        """Say why somebody cannot be on a review that begins on a day; empty when they can."""
        if why := one.kept_from(need.academy_id, starts_on, ends_on(need, starts_on)):
            return why
        days = [starts_on + timedelta(days=n) for n in range(need.days)]
        if not self.busy[one.person_id].isdisjoint(days):
            return "is on another review on those days"
        term = self.year.term_of(starts_on)
        if self.used.get((one.person_id, term), 0) + need.days > one.days_a_term:
            left = "no day" if need.days == 1 else f"fewer than {need.days} days"
            return f"has {left} left in {self.year.terms[term].name}"
        return ""

    def shortage(self, need: Need, starts_on: date) -> str:
        """Say what people a review that begins on a day lacks; empty when it could be staffed."""
        free = [one for one in self.reviewers if not self.hindrance(one, need, starts_on)]
        if need.is_led_from_outside and not any(self.may_lead(one, need) for one in free):
            return "nobody from outside the trust is free to lead"
        if len(free) < need.seats:
            return f"fewer than {need.seats} reviewers are free and without a conflict"
        return ""

    def is_worn_out(self, need: Need, starts_on: date) -> bool:
        """Say whether too few have days left in a term, whatever the day; quick to ask."""
        term = self.year.term_of(starts_on)
        able = [
            one
            for one in self.reviewers
            if self.used.get((one.person_id, term), 0) + need.days <= one.days_a_term
        ]
        lead = not need.seats or any(self.may_lead(one, need) for one in able)
        return len(able) < need.seats or not lead

    def may_lead(self, one: Reviewer, need: Need) -> bool:
        """Say whether somebody may lead: never at home, and from outside the trust where asked."""
        return one.home_id != need.academy_id and (one.is_external or not need.is_led_from_outside)

    def costs(self, need: Need, starts_on: date) -> tuple[list[float], list[float]]:
        """Return what each reviewer costs as the lead and as one of the team."""
        leads, members = [], []
        for order, one in enumerate(self.reviewers):
            if self.hindrance(one, need, starts_on):
                leads.append(NEVER)
                members.append(NEVER)
                continue
            base = order * ORDER + LOAD * self.total.get(one.person_id, 0) / max(
                one.days_a_term * len(self.year.terms), 1
            )
            knows = not need.area or need.area in one.areas
            if one.is_external and not need.is_led_from_outside:
                base += KEPT_FOR_OUTSIDE
            at_home = AT_HOME if one.home_id == need.academy_id else 0.0
            members.append(base + at_home + (0.0 if knows else NO_EXPERTISE))
            may_lead = self.may_lead(one, need)
            leads.append(base + (0.0 if knows else NO_EXPERTISE_TO_LEAD) if may_lead else NEVER)
        return leads, members


def seat_together(rota: Rota, needs: Sequence[Need], starts_on: date) -> list[Seating]:
    """Find people for all the reviews that begin on a day, and take their days.

    A review that finds fewer people than it needs is left out and takes nobody's day.
    """
    rows: list[list[float]] = []
    for need in needs:
        leads, members = rota.costs(need, starts_on)
        rows += [leads, *[members] * (need.seats - 1)] if need.seats else []
    people = _assigned(rows, rota.reviewers)
    found, at = [], 0
    for need in needs:
        mine = people[at : at + need.seats]
        at += need.seats
        if all(mine):
            seating = Seating(need, starts_on, tuple(one.person_id for one in mine if one))
            rota.seat(seating)
            found.append(seating)
    return found


def _assigned(rows: list[list[float]], reviewers: Sequence[Reviewer]) -> list[Reviewer | None]:
    """Give each seat its reviewer so that all together cost least; a seat may find nobody."""
    if not rows or not reviewers:
        return [None] * len(rows)
    import numpy as np  # noqa: PLC0415 -- only who proposes a year pays for loading it
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 -- as above

    costs: Costs = np.array(rows)
    seats, chosen = linear_sum_assignment(costs)
    found: list[Reviewer | None] = [None] * len(rows)
    for seat, who in zip(seats, chosen, strict=True):
        if costs[seat, who] < NEVER:
            found[seat] = reviewers[who]
    return found
