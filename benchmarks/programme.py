"""Propose a year for a large trust: how long, how much memory, and how many hard rules it breaks.

    python -m benchmarks.programme
    python -m benchmarks.programme --academies 12 --reviewers 9

The trust is invented, the same every time: academies of four tiers with calendars of their own,
an INSET day here and there, reviewers with subjects, conflicts and, one in four, a home academy;
needs as the ready-made policy asks for them of forty standards in eight areas. Time is set against
a floor taken in the same run, one plain sort of the same many numbers as there are choices of week.
"""

import argparse
import random
import resource
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from trigpoint.reviews.assignment.rules import (
    Need,
    Place,
    Reviewer,
    Term,
    Year,
    breaches,
)
from trigpoint.reviews.proposals.rules import propose
from trigpoint.reviews.weeks.rules import choices

AREAS = tuple(f"area-{number}" for number in range(8))
TERMS = (
    Term("Autumn term", date(2026, 9, 7), date(2026, 12, 18)),
    Term("Spring term", date(2027, 1, 4), date(2027, 3, 26)),
    Term("Summer term", date(2027, 4, 19), date(2027, 7, 23)),
)
HOLIDAYS = (
    (date(2026, 10, 26), 5),
    (date(2027, 2, 15), 5),
    (date(2027, 5, 3), 1),
    (date(2027, 5, 31), 5),
)
# By tier, what the ready-made policy asks for in a year: kind, how often, days, people, hours.
ASKED = {
    1: (("TRUST", 1, 2, 3, 16), ("DEEP_DIVE", 5, 1, 2, 6)),
    2: (("TRUST", 1, 2, 3, 16), ("DEEP_DIVE", 7, 1, 2, 6)),
    3: (("TRUST", 3, 2, 3, 16), ("DEEP_DIVE", 7, 1, 2, 6)),
    4: (("TRUST", 6, 2, 3, 16), ("DEEP_DIVE", 8, 1, 2, 6)),
}
EVERYWHERE = (("SELF", 1, 1, 0, 8), ("EXTERNAL", 1, 2, 2, 12))
TIERS = (1, 1, 1, 2, 2, 2, 2, 2, 3, 4)


def main() -> None:
    """Propose a year, some rounds after a first one, and print the median; break nothing."""
    asked = _arguments()
    year = invented(asked.academies, asked.reviewers, asked.days)
    offers = choices(year)
    many = sum(map(len, offers.values()))
    started = time.perf_counter()
    sorted(random.Random(1).sample(range(many * 10), many))  # noqa: S311 -- a floor, not a secret
    floor = time.perf_counter() - started
    found, taken = propose(year), []
    for _round in range(asked.rounds):
        started = time.perf_counter()
        found = propose(year)
        taken.append(time.perf_counter() - started)
    broken = Counter(
        breach.rule.name for breach in breaches(year, [it.slot for it in found.placed])
    )
    late = sum(it.slot.starts_on > it.need.due_on for it in found.placed)
    took = statistics.median(taken)
    print(f"{asked.academies} academies, 40 standards, {asked.reviewers} reviewers")
    print(f"{len(year.needs)} reviews asked for, {many} choices of week")
    print(f"placed {len(found.placed)}, late {late}, without a place {len(found.unplaced)}")
    print(f"hard rules broken {sum(broken.values())} {dict(broken) or ''}")
    print(f"{took:.2f} s, {took / floor:.0f} x floor of {floor * 1000:.1f} ms")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--academies", type=int, default=100)
    parser.add_argument("--reviewers", type=int, default=60)
    parser.add_argument("--days", type=int, default=18, help="days a term of each reviewer")
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def invented(academies: int, reviewers: int, days: int) -> Year:
    """Return the invented trust's year."""
    dice = random.Random(2026)  # noqa: S311 -- the same trust every time
    ids = [UUID(int=number + 1) for number in range(academies)]
    return Year(
        terms=TERMS,
        places=[_place(dice, number, pk) for number, pk in enumerate(ids)],
        reviewers=[_reviewer(dice, number, ids, days) for number in range(reviewers)],
        needs=[need for number, pk in enumerate(ids) for need in _needs(number, pk)],
    )


def _place(dice: random.Random, number: int, pk: UUID) -> Place:
    closed = {first + timedelta(days=n) for first, many in HOLIDAYS for n in range(many)}
    closed |= {TERMS[0].starts_on, date(2026, 11, 27) + timedelta(weeks=dice.randint(0, 2))}
    days = [TERMS[0].starts_on + timedelta(days=n) for n in range(330)]
    works_on = frozenset(
        day
        for day in days
        if day.weekday() < 5  # noqa: PLR2004 -- Monday to Friday
        and day not in closed
        and any(term.starts_on <= day <= term.ends_on for term in TERMS)
    )
    return Place(
        academy_id=pk,
        name=f"Academy {number + 1}",
        works_on=works_on,
        not_before=date(2026, 9, 21),
        ceiling_hours=80,
    )


def _reviewer(dice: random.Random, number: int, ids: list[UUID], days: int) -> Reviewer:
    conflicts = dict.fromkeys(dice.sample(ids, min(3, len(ids) // 4)), "worked there")
    return Reviewer(
        person_id=UUID(int=10_000 + number),
        name=f"Reviewer {number + 1}",
        days_a_term=days,
        areas=frozenset(dice.sample(AREAS, 3)),
        conflicts=conflicts,
        home_id=dice.choice(ids) if number % 4 == 0 else None,
        is_external=number % 5 == 1,
    )


def _needs(number: int, pk: UUID) -> Iterator[Need]:
    tier = TIERS[number % len(TIERS)]
    for kind, often, days, seats, hours in (*ASKED[tier], *EVERYWHERE):
        for turn in range(often):
            gap = 300 // often
            due = TERMS[0].starts_on + timedelta(days=gap * turn + (number * 7 + turn * 11) % gap)
            yield Need(
                key=f"{number:03}-{kind}-{turn}",
                academy_id=pk,
                kind=kind,
                due_on=due,
                earliest_on=due - timedelta(days=min(gap, 120)),
                latest_on=TERMS[-1].ends_on,
                days=days,
                seats=seats,
                hours=hours,
                why="the policy asks for it",
                area=AREAS[(number + turn) % len(AREAS)] if kind == "DEEP_DIVE" else "",
                is_led_from_outside=kind == "EXTERNAL",
                tier=tier,
            )


if __name__ == "__main__":
    main()
