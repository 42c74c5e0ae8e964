"""The week of each review, found for the whole trust at once as one integer programme.

A review near its day costs little, one far from it more, one late most. Weeks of an academy that
hold a review already, that are closed or that come before its notice are no choice at all; reviews
of one academy take different weeks; a term has only so many days of reviewers. What remains is
solved to within one part in a hundred of the best there can be, the same for the same question.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from trigpoint.reviews.assignment.rules import (
    DAYS_OF_WORK,
    Need,
    Place,
    Year,
    days_of,
    monday_of,
)

MOST_CHOICES = 16  # weeks tried for one review; the nearest to its day
GAP = 0.01  # how near the best there can be is near enough
NODES = 200  # a limit in steps and not in seconds, so that the answer is the same everywhere
# What a week costs, in weeks away from the day it falls due.
LATE = 3.0  # each week late, against each week early
ALREADY_LATE = 4.0  # being late at all
EDGE = 3.0  # the weeks kept free at each end of a term
CROWDED = 0.4  # each day of reviewers above an even share of the weeks
HEAVY = 0.3  # each hour an academy gives in a term above an even share of its ceiling
UNPLACED = 400.0
INFINITY = float("inf")
WHOLE = 1e-6  # how near 0 or 1 is whole


@dataclass(frozen=True, slots=True)
class Choice:
    """A week a review could be held in, the days in it on which it could begin, and its cost."""

    monday: date
    starts: tuple[date, ...]
    cost: float


def choices(year: Year) -> dict[str, list[Choice]]:
    """Return the weeks each need could be held in, best first."""
    places = {place.academy_id: place for place in year.places}
    taken = {(slot.academy_id, slot.monday) for slot in year.fixed}
    edges = edge_weeks(year)
    return {
        need.key: [
            choice
            for choice in _weeks(need, places[need.academy_id], edges)
            if (need.academy_id, choice.monday) not in taken
        ]
        for need in year.needs
    }


def edge_weeks(year: Year) -> set[date]:
    """Return the weeks better kept free at each end of a term, by their Mondays."""
    return {
        monday_of(day) + timedelta(weeks=direction * n)
        for term in year.terms
        for day, direction in ((term.starts_on, 1), (term.ends_on, -1))
        for n in range(year.buffer_weeks)
    }


def _weeks(need: Need, place: Place, edges: set[date]) -> list[Choice]:
    first = max(need.earliest_on, place.not_before)
    monday, found = monday_of(first), []
    while monday <= need.latest_on:
        if starts := starts_in(monday, need, place):
            in_time = tuple(day for day in starts if ends_on(need, day) <= need.due_on)
            price = cost(need, monday, edges=edges) + (0.0 if in_time else ALREADY_LATE)
            found.append(Choice(monday, in_time or starts, price))
        monday += timedelta(weeks=1)
    return sorted(found, key=lambda choice: (choice.cost, choice.monday))


def starts_in(monday: date, need: Need, place: Place) -> tuple[date, ...]:
    """Return the days of a week on which a review could begin and have all its days in that week."""
    first, last = max(need.earliest_on, place.not_before), need.latest_on
    week = [monday + timedelta(days=n) for n in range(DAYS_OF_WORK)]
    fine = [first <= day <= last and day in place.works_on for day in week]
    runs = range(DAYS_OF_WORK - need.days + 1)
    return tuple(week[at] for at in runs if all(fine[at : at + need.days]))


def ends_on(need: Need, starts_on: date) -> date:
    """Return the last day of a review that begins on a day: a week's days in a row."""
    return starts_on + timedelta(days=need.days - 1)


def cost(need: Need, monday: date, *, edges: set[date]) -> float:
    """Return what a week costs one review, by its distance from the day it falls due."""
    away = (monday_of(need.due_on) - monday).days / 7
    return max(away, -away * LATE) + (EDGE if monday in edges else 0.0)


def chosen(year: Year, offers: Mapping[str, Sequence[Choice]]) -> dict[str, date]:
    """Return the Monday of the week each need is best held in; one that finds none is left out."""
    needs = [need for need in sorted(year.needs, key=lambda need: need.key) if offers[need.key]]
    if not needs:
        return {}
    pairs = [(at, choice) for at, need in enumerate(needs) for choice in _nearest(offers[need.key])]
    model = _Model(choice.cost for _, choice in pairs)
    _once_each(model, needs, pairs)
    _one_a_week(model, needs, pairs)
    _capacity(model, year, needs, pairs)
    _even_weeks(model, year, needs, pairs)
    _even_terms(model, year, needs, pairs)
    return {needs[number].key: choice.monday for number, choice in _solve(model, pairs)}


Pairs = Sequence[tuple[int, Choice]]


def _nearest(offered: Sequence[Choice]) -> list[Choice]:
    return list(offered[:MOST_CHOICES])


class _Model:
    """Rows and columns of the programme while they are gathered."""

    def __init__(self, prices: Iterable[float]) -> None:
        self.prices = list(prices)
        self.yes_or_no = len(self.prices)
        self.rows: list[tuple[list[int], list[float], float, float]] = []

    def at_most(self, columns: Iterable[int], weights: Iterable[float], most: float) -> None:
        """Add a limit on a weighted sum of columns."""
        self.rows.append((list(columns), list(weights), -INFINITY, most))

    def one_of(self, columns: list[int], otherwise: float) -> None:
        """Say that one of the columns is taken, or else something is paid."""
        self.prices.append(otherwise)
        columns = [*columns, len(self.prices) - 1]
        self.rows.append((columns, [1.0] * len(columns), 1.0, 1.0))

    def above(self, columns: list[int], weights: list[float], most: float, price: float) -> None:
        """Charge for what a weighted sum has above a limit."""
        self.prices.append(price)
        self.at_most([*columns, len(self.prices) - 1], [*weights, -1.0], most)


def _once_each(model: _Model, needs: Sequence[Need], pairs: Pairs) -> None:
    mine: defaultdict[int, list[int]] = defaultdict(list)
    for column, (number, _choice) in enumerate(pairs):
        mine[number].append(column)
    for number, columns in mine.items():
        model.one_of(columns, UNPLACED * (1 + needs[number].tier / 10))


def _one_a_week(model: _Model, needs: Sequence[Need], pairs: Pairs) -> None:
    there: defaultdict[tuple[UUID, date], list[int]] = defaultdict(list)
    for column, (number, choice) in enumerate(pairs):
        there[needs[number].academy_id, choice.monday].append(column)
    for columns in there.values():
        if len(columns) > 1:
            model.at_most(columns, [1.0] * len(columns), 1.0)


def _days(need: Need) -> int:
    return need.seats * need.days


def _spent(year: Year) -> dict[date, int]:
    """Return the reviewer days that are fixed already, by the Monday of their week."""
    places = {place.academy_id: place for place in year.places}
    spent: defaultdict[date, int] = defaultdict(int)
    for slot in year.fixed:
        if place := places.get(slot.academy_id):
            spent[slot.monday] += len(days_of(slot, place.works_on)) * len(slot.people)
    return spent


def _capacity(model: _Model, year: Year, needs: Sequence[Need], pairs: Pairs) -> None:
    """Keep the days of each term to what all reviewers have, and leads from outside to theirs."""
    spent = _spent(year)
    for term in range(len(year.terms)):
        here = [at for at, (_, choice) in enumerate(pairs) if year.term_of(choice.monday) == term]
        gone = sum(days for monday, days in spent.items() if year.term_of(monday) == term)
        have = sum(one.days_a_term for one in year.reviewers) - gone
        model.at_most(here, [_days(needs[pairs[at][0]]) for at in here], max(have, 0))
        led = [at for at in here if needs[pairs[at][0]].is_led_from_outside]
        outside = sum(one.days_a_term for one in year.reviewers if one.is_external)
        model.at_most(led, [needs[pairs[at][0]].days for at in led], outside)


def _even_weeks(model: _Model, year: Year, needs: Sequence[Need], pairs: Pairs) -> None:
    """Charge for what a week has above an even share of all the days there are to give."""
    spent = _spent(year)
    weeks: defaultdict[date, list[int]] = defaultdict(list)
    for at, (_, choice) in enumerate(pairs):
        weeks[choice.monday].append(at)
    total = sum(map(_days, needs)) + sum(spent.values())
    share = total / max(len(weeks.keys() | spent.keys()), 1)
    for monday in sorted(weeks):
        at_work = weeks[monday]
        weights = [float(_days(needs[pairs[at][0]])) for at in at_work]
        model.above(at_work, weights, max(share - spent.get(monday, 0), 0.0), CROWDED)


def _even_terms(model: _Model, year: Year, needs: Sequence[Need], pairs: Pairs) -> None:
    """Charge for the hours an academy gives in one term above an even share of its ceiling."""
    ceilings = {place.academy_id: place.ceiling_hours for place in year.places}
    given: defaultdict[tuple[UUID, int], int] = defaultdict(int)
    for slot in year.fixed:
        given[slot.academy_id, year.term_of(slot.starts_on)] += slot.hours
    held: defaultdict[tuple[UUID, int], list[int]] = defaultdict(list)
    for at, (number, choice) in enumerate(pairs):
        held[needs[number].academy_id, year.term_of(choice.monday)].append(at)
    for (academy_id, term), columns in held.items():
        share = ceilings[academy_id] / len(year.terms) - given[academy_id, term]
        weights = [float(needs[pairs[at][0]].hours) for at in columns]
        model.above(columns, weights, max(share, 0.0), HEAVY)


def _solve(model: _Model, pairs: Pairs) -> list[tuple[int, Choice]]:
    """Hand the programme to the solver and read its answer. Big libraries load only here.

    Solved in two steps: first as if a review could be cut in parts, which leaves nearly all whole;
    what came out whole stays, and only the rest is searched.
    """
    import numpy as np  # noqa: PLC0415 -- only who proposes a year pays for loading it
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 -- as above

    prices, choice = np.array(model.prices), np.arange(len(model.prices)) < model.yes_or_no
    least, most = np.zeros(len(prices)), np.where(choice, 1.0, INFINITY)
    limits = LinearConstraint(*_matrix(model))
    parts = milp(prices, bounds=Bounds(least, most), constraints=limits).x
    least = np.where(choice & (parts > 1 - WHOLE), 1.0, least)
    answer = milp(
        prices,
        integrality=choice.astype(int),
        bounds=Bounds(least, most),
        constraints=limits,
        options={"mip_rel_gap": GAP, "node_limit": NODES},
    )
    taken = parts if answer.x is None else answer.x
    return [pair for pair, part in zip(pairs, taken, strict=False) if part > 1 - WHOLE]


def _matrix(model: _Model) -> tuple[Any, Any, Any]:
    """Return the limits as a sparse matrix, with the least and the most of each row."""
    import numpy as np  # noqa: PLC0415 -- as in _solve
    from scipy.sparse import csr_array  # noqa: PLC0415 -- as in _solve

    starts = np.cumsum([0, *(len(columns) for columns, *_ in model.rows)])
    columns = np.concatenate([row[0] for row in model.rows]).astype(np.int32)
    weights = np.concatenate([row[1] for row in model.rows]).astype(float)
    shape = (len(model.rows), len(model.prices))
    least, most = (np.array([row[at] for row in model.rows]) for at in (2, 3))
    return csr_array((weights, columns, starts), shape=shape), least, most
