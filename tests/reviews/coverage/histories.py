"""Random policies, tiers, calendars and reviews, and what they ask for, counted by hand.

Nothing in :func:`by_hand` asks the product what a rule means or which day comes next: it reads the
plain facts that were drawn, rule by rule and day by day.
"""

import datetime as dt
from dataclasses import dataclass, field

from hypothesis import strategies as st

from tests.factories import (
    AcademicYearFactory,
    AcademyFactory,
    AreaFactory,
    CadenceRuleFactory,
    ClosureFactory,
    PolicyFactory,
    PolicyVersionFactory,
    ReviewFactory,
    TermFactory,
    TierChangeFactory,
    TrustFactory,
)
from tests.policies.cadence.walking import calendars, next_due
from trigpoint.trusts.calendars.rules import WorkingCalendar

TODAY = dt.date(2026, 6, 15)
FIRST = dt.date(2025, 9, 1)
AREAS = ("curriculum", "welfare")
KINDS = ("TRUST", "SELF", "DEEP_DIVE", "EXTERNAL", "PEER")
OVER = ("CORROBORATING", "REPORTING", "CLOSED")
STATUSES = (*OVER, "CLOSED", "CLOSED", "PLANNED", "FIELDWORK", "CANCELLED")
SOON = 28

days = st.dates(dt.date(2025, 8, 1), dt.date(2027, 3, 31))
rules = st.tuples(
    st.sampled_from(KINDS),
    st.sampled_from((None, None, *AREAS)),
    st.sampled_from((None, None, 1, 2, 3, 4)),
    st.sampled_from(("MONTHS", "TERM", "HALF_TERM")),
    st.integers(1, 18),
)


@dataclass
class School:
    """One academy as it was drawn."""

    calendar: WorkingCalendar | None
    joined_on: dt.date | None
    closed_on: dt.date | None
    tiers: list[tuple[dt.date, int]]  # in the order they were decided
    reviews: list[tuple[str, dt.date, str, tuple[str, ...]]]
    row: object = None


@dataclass
class History:
    """A trust as it was drawn: versions with their first days, and schools."""

    versions: list[tuple[dt.date, list[tuple]]]
    schools: list[School]
    trust: object = None
    kept: list = field(default_factory=list)


@st.composite
def schools(draw):
    """Draw an academy."""
    tiers = sorted(draw(st.lists(st.tuples(days, st.integers(1, 4)), max_size=3)))
    reviews = st.tuples(
        st.sampled_from(KINDS),
        days,
        st.sampled_from(STATUSES),
        st.sampled_from([(), ("curriculum",), ("welfare",), AREAS]),
    )
    return School(
        calendar=draw(st.none() | calendars()),
        joined_on=draw(st.none() | days),
        closed_on=draw(st.none() | st.none() | days),
        tiers=[it for it in tiers if it[0] <= TODAY],
        reviews=draw(st.lists(reviews, max_size=6)),
    )


@st.composite
def histories(draw):
    """Draw a trust."""
    later = st.dates(FIRST + dt.timedelta(1), TODAY)
    versions, kept = [], []
    for began in (FIRST, *sorted(draw(st.sets(later, max_size=2)))):
        promised = [rule for rule in kept if draw(st.booleans())]
        kept = promised + draw(st.lists(rules, max_size=4))
        versions.append((began, kept))
    return History(versions, draw(st.lists(schools(), min_size=1, max_size=2)))


def turning_points(history):
    """Return the days on which something begins or ends, and those beside them."""
    found = [began for began, _ in history.versions]
    for school in history.schools:
        found += [school.joined_on, school.closed_on]
        found += [day for day, _ in school.tiers] + [it[1] for it in school.reviews]
    return sorted({day + dt.timedelta(n) for day in found if day for n in (-1, 0, 1)})


def write(history):
    """Put a history into the database."""
    history.trust = TrustFactory.create()
    policy = PolicyFactory.create(trust=history.trust)
    area_of = {}
    for number, (began, promised) in enumerate(history.versions, start=1):
        last = number == len(history.versions)
        version = PolicyVersionFactory.create(
            policy=policy,
            number=number,
            in_force=True,
            status="IN_FORCE" if last else "SUPERSEDED",
            superseded_on=None if last else history.versions[number][0],
            effective_on=began,
            review_due_on=dt.date(2028, 9, 1),
        )
        area_of = {it: AreaFactory.create(version=version, lineage=it) for it in AREAS}
        for kind, area, tier, every, months in promised:
            CadenceRuleFactory.create(
                version=version,
                review_kind=kind,
                area=area_of.get(area),
                tier=tier,
                every=every,
                months=months if every == "MONTHS" else None,
            )
    for school in history.schools:
        write_school(history, school, version, area_of)


def write_school(history, school, version, area_of):
    """Put one academy into the database."""
    school.row = academy = AcademyFactory.create(
        trust=history.trust,
        joined_on=school.joined_on,
        closed_on=school.closed_on,
        tier=school.tiers[-1][1] if school.tiers else 2,
    )
    for decided_on, tier in school.tiers:
        TierChangeFactory.create(academy=academy, decided_on=decided_on, tier=tier)
    if school.calendar:
        for year in school.calendar.years:
            of_year = AcademicYearFactory.create(
                trust=history.trust, starts_on=year.starts_on, ends_on=year.ends_on, name=year.name
            )
            for term in school.calendar.terms:
                if year.starts_on <= term.starts_on <= year.ends_on:
                    TermFactory.create(
                        academy=academy,
                        year=of_year,
                        name=term.name,
                        starts_on=term.starts_on,
                        ends_on=term.ends_on,
                    )
        for one in {(it.kind, it.starts_on): it for it in school.calendar.closures}.values():
            ClosureFactory.create(
                academy=academy, kind=one.kind, starts_on=one.starts_on, ends_on=one.ends_on
            )
    for kind, ends_on, status, areas in school.reviews:
        ReviewFactory.create(
            academy=academy,
            policy_version=version,
            kind=kind,
            status=status,
            closed_on=ends_on if status == "CLOSED" else None,
            cancelled_because="Snow" if status == "CANCELLED" else "",
            fieldwork_starts_on=ends_on,
            areas=[area_of[it] for it in areas],
        )


def by_hand(history, on):
    """Return state and day for each academy and column, counted from what was drawn."""
    begun = [it for it in history.versions if it[0] <= on]
    if not begun:
        return {}
    _, promised = begun[-1]
    found = {}
    for school in history.schools:
        if school.joined_on and school.joined_on > on:
            continue
        if school.closed_on and school.closed_on <= on:
            continue
        tier = tier_on(school, on)
        for area in AREAS:
            pairs = [(met_by(rule), area, rule) for rule in about_area(promised, area, tier)]
            found[school.row.pk, area] = answer(school, pairs, begun, on)
        for kind in {rule[0] for rule in promised if rule[1] is None}:
            mine = [rule for rule in promised if rule[0] == kind and rule[1] is None]
            pairs = [({kind}, None, rule) for rule in for_tier(mine, tier)]
            found[school.row.pk, kind] = answer(school, pairs, begun, on)
    return found


def tier_on(school, on):
    """Return the tier an academy was in; before anybody decided it was secure."""
    tier = 2
    for decided_on, decided in school.tiers:
        if decided_on <= on:
            tier = decided
    return tier


def for_tier(promised, tier):
    """Keep the rules for the tier; those for every tier only when it has none of its own."""
    own = [rule for rule in promised if rule[2] == tier]
    return own or [rule for rule in promised if rule[2] is None]


def about_area(promised, area, tier):
    """Return the rules that ask for a look at an area, one kind of review after the other."""
    asked = []
    for kind in KINDS:
        asked += for_tier([it for it in promised if it[0] == kind and it[1] == area], tier)
        if kind in ("TRUST", "EXTERNAL", "PEER"):
            asked += for_tier([it for it in promised if it[0] == kind and it[1] is None], tier)
    return asked


def met_by(rule):
    """Return the kinds of review that keep a rule as far as one area goes."""
    return {rule[0]} if rule[1] else {"TRUST", "DEEP_DIVE", "EXTERNAL", "PEER"}


def promised_since(rule, begun):
    """Return the first day of the versions that promised the same without a break."""
    since = None
    for began, promised in reversed(begun):
        if said(rule) not in [said(it) for it in promised]:
            break
        since = began
    return since


def said(rule):
    """Return a rule without the months that a rule by terms does not have."""
    return (*rule[:4], rule[4] if rule[3] == "MONTHS" else None)


def answer(school, pairs, begun, on):
    """Return the worst state and the earliest day over rules, each taken by itself."""
    calendar = school.calendar or WorkingCalendar()
    answers = []
    for kinds, area, rule in pairs:
        *_, every, months = rule
        since = promised_since(rule, begun)
        since = max(since, school.joined_on or since)
        looks = [
            ends_on
            for kind, ends_on, status, areas in school.reviews
            if kind in kinds
            and status in OVER
            and (area is None or area in areas)
            and (ends_on <= on or on >= TODAY)
        ]
        last_on = max(looks, default=None)
        due_on = next_due(calendar, every, last_on, since, months)
        if due_on < on:
            state = "OVERDUE"
        elif last_on and (due_on - on).days > SOON:
            state = "DONE"
        else:
            state = "DUE"
        answers.append((state, due_on))
    if not answers:
        return "NOT_REQUIRED", None
    worst = next(it for it in ("OVERDUE", "DUE", "DONE") if it in [state for state, _ in answers])
    return worst, min(day for _, day in answers)
