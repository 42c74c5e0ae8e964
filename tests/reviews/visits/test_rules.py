"""What one visit is, held against a recount minute by minute, and what a budget says to one more."""

import datetime as dt
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import PersonFactory, TrustFactory
from trigpoint.reviews.visits import rules
from trigpoint.reviews.visits.rules import Party, Stay, Visited, visited

NINE = dt.datetime(2025, 11, 12, 9, tzinfo=dt.UTC)
ONE, TWO = UUID(int=1), UUID(int=2)


def stay(begins, minutes, activity=None, *, source=0, is_plan=False):
    starts_at = NINE + dt.timedelta(minutes=begins)
    return Stay(
        source_id=activity if is_plan else UUID(int=source),
        activity_id=activity,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=minutes),
        is_plan=is_plan,
    )


PLANS = st.builds(
    stay,
    st.integers(0, 90),
    st.integers(1, 60),
    st.integers(1, 4).map(lambda n: UUID(int=n)),
    is_plan=st.just(True),
)
RECORDS = st.builds(
    stay,
    st.integers(0, 90),
    st.sampled_from([0, 0, 5, 30, 60]),
    st.one_of(st.none(), st.integers(1, 5).map(lambda n: UUID(int=n))),
)


def recounted(stays):
    """Count the slow way: pairs that touch, spread through groups; minutes one by one."""
    lasted = {one.activity_id for one in stays if not one.is_plan and one.ends_at > one.starts_at}
    real = [one for one in stays if not (one.is_plan and one.activity_id in lasted)]
    group = list(range(len(real)))
    for a, b in combinations(range(len(real)), 2):
        x, y = real[a], real[b]
        meet = x.starts_at < y.ends_at and y.starts_at < x.ends_at
        if meet or x.starts_at == y.starts_at:
            group = [group[a] if g == group[b] else g for g in group]
    count = 0
    for name in set(group):
        there = {one.activity_id for one, g in zip(real, group, strict=True) if g == name}
        count += there == {None}
    count += len({one.activity_id for one in stays if one.activity_id})
    minutes = {
        one.starts_at + dt.timedelta(minutes=n)
        for one in real
        for n in range(int((one.ends_at - one.starts_at).total_seconds() // 60))
    }
    return Visited(count, len(minutes))


@given(
    st.lists(PLANS, max_size=4, unique_by=lambda one: one.activity_id),
    st.lists(RECORDS, max_size=8),
)
def test_visited_agrees_with_a_recount_of_any_plans_and_records(plans, records):
    assert visited([*plans, *records]) == recounted([*plans, *records])


@pytest.mark.parametrize(
    ("stays", "expected"),
    [
        pytest.param([], Visited(0, 0), id="nobody came"),
        pytest.param([stay(0, 30, ONE, is_plan=True)], Visited(1, 30), id="a plan"),
        pytest.param(
            [stay(0, 30, ONE, is_plan=True), stay(5, 20, ONE), stay(5, 25, ONE)],
            Visited(1, 25),
            id="a plan and what two observers wrote of it",
        ),
        pytest.param(
            [stay(0, 30, ONE, is_plan=True), stay(0, 0, ONE)],
            Visited(1, 30),
            id="a record that gives no length keeps the plan's",
        ),
        pytest.param(
            [stay(0, 30), stay(10, 30)], Visited(1, 40), id="two observers nobody planned"
        ),
        pytest.param([stay(0, 30), stay(30, 30)], Visited(2, 60), id="one after the other"),
        pytest.param([stay(0, 0), stay(0, 0)], Visited(1, 0), id="the same moment, no length"),
        pytest.param(
            [stay(0, 30, ONE, is_plan=True), stay(10, 10)],
            Visited(1, 30),
            id="an unplanned record during a planned visit",
        ),
        pytest.param(
            [stay(0, 30, ONE, is_plan=True), stay(0, 30, TWO, is_plan=True)],
            Visited(2, 30),
            id="two activities at once",
        ),
    ],
)
def test_visited_counts_one_person_and_one_occasion(stays, expected):
    assert visited(stays) == expected


@pytest.mark.parametrize(
    ("before", "after", "past"),
    [
        pytest.param(Visited(0, 0), Visited(1, 60), False, id="first visit"),
        pytest.param(Visited(2, 120), Visited(3, 180), False, id="the last of the budget"),
        pytest.param(Visited(3, 90), Visited(4, 120), True, id="one visit too many"),
        pytest.param(Visited(1, 150), Visited(2, 181), True, id="a minute too many"),
        pytest.param(Visited(4, 200), Visited(4, 200), False, id="past it already, nothing new"),
        pytest.param(Visited(4, 200), Visited(4, 205), True, id="past it already, and longer"),
    ],
)
def test_is_past_budget_asks_what_comes_on_top(before, after, past):
    assert rules.is_past_budget(TrustFactory.build(), before=before, after=after) is past


def test_is_past_budget_goes_by_what_the_trust_has_set():
    trust = TrustFactory.build(visit_budget_count=1, visit_budget_minutes=60)

    assert rules.is_past_budget(trust, before=Visited(1, 20), after=Visited(2, 40))
    assert rules.is_past_budget(trust, before=Visited(0, 0), after=Visited(1, 61))


def test_may_spend_says_what_is_spent_and_takes_a_reason():
    trust, someone = TrustFactory.build(), PersonFactory.build(name="Ada Fell")
    visits = {"trust": trust, "before": Visited(1, 170), "after": Visited(2, 200)}

    refused = rules.may_spend(someone, **visits, reason=" ")
    given = rules.may_spend(someone, **visits, reason="She asked.")

    assert refused.reason == (
        "Ada Fell has 1 visit of 3 this year, 170 of 180 minutes, so this one goes past the "
        "budget. Give a reason why it is needed, or leave the person unnamed."
    )
    assert given.allowed


def party(begins=0, minutes=30, *, visitors=1, first=0, **facts):
    """Visitors of a lesson; ``first`` tells two parties' people apart."""
    starts_at = NINE + dt.timedelta(minutes=begins)
    facts = {"kind": "LESSON_VISIT", "academy_id": ONE, **facts}
    people = frozenset(UUID(int=100 + first + n) for n in range(visitors))
    ends_at = starts_at + dt.timedelta(minutes=minutes)
    return Party(visitors=people, starts_at=starts_at, ends_at=ends_at, **facts)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param({"activity_id": ONE}, {"activity_id": ONE, "begins": 90}, True, id="activity"),
        pytest.param({"observed_id": ONE}, {"observed_id": ONE, "begins": 29}, True, id="person"),
        pytest.param({"observed_id": ONE}, {"observed_id": ONE, "begins": 30}, False, id="later"),
        pytest.param(
            {"observed_id": ONE}, {"observed_id": TWO, "team_id": ONE}, False, id="people"
        ),
        pytest.param({"team_id": ONE}, {"team_id": ONE}, True, id="team"),
        pytest.param({"team_id": ONE, "observed_id": ONE}, {"team_id": ONE}, True, id="one named"),
        pytest.param(
            {"team_id": ONE, "group": ("Maths", "Year 4")},
            {"team_id": ONE, "group": ("maths", "year 4")},
            True,
            id="group",
        ),
        pytest.param(
            {"team_id": ONE, "group": ("Maths", "Year 4")},
            {"team_id": ONE, "group": ("Maths", "Year 5")},
            False,
            id="another group",
        ),
        pytest.param(
            {"team_id": ONE}, {"team_id": ONE, "academy_id": TWO}, False, id="network elsewhere"
        ),
        pytest.param({}, {}, False, id="nothing is known"),
        pytest.param({"minutes": 0, "team_id": ONE}, {"team_id": ONE}, True, id="no length"),
    ],
)
def test_is_one_visit(one, other, same):
    assert rules.is_one_visit(party(**one), party(**other)) is same
    assert rules.is_one_visit(party(**other), party(**one)) is same


@pytest.mark.parametrize(
    ("visitors", "others", "kind", "sentence"),
    [
        pytest.param(2, [], "LESSON_VISIT", "", id="two"),
        pytest.param(3, [], "LESSON_VISIT", "3 visitors are too many", id="three"),
        pytest.param(3, [], "STAFF_VOICE", "", id="a talk"),
        pytest.param(1, [(1, 10), (1, 20)], "LESSON_VISIT", "already has 2 visitors", id="third"),
        pytest.param(1, [(2, 0)], "LEARNING_WALK", "", id="one of those who are there"),
        pytest.param(1, [(1, 10)], "LEARNING_WALK", "", id="second"),
    ],
)
def test_may_visit_together(visitors, others, kind, sentence):
    there = [party(activity_id=ONE, visitors=n, first=first) for n, first in others]

    verdict = rules.may_visit_together(
        party(activity_id=ONE, visitors=visitors, kind=kind), there, most=2
    )

    assert bool(verdict) is not bool(sentence)
    assert sentence in verdict.reason


@pytest.mark.parametrize(
    ("settings", "most"), [({}, 2), ({"capture": {}}, 2), ({"capture": {"max_visitors": 1}}, 1)]
)
def test_most_visitors_is_the_policys_or_two(settings, most):
    assert rules.most_visitors(settings) == most
