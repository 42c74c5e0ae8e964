"""How often, by whose rule, and by which day. Days are checked against a walk day by day."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.policies.cadence.walking import calendars, next_due
from trigpoint.policies.cadence import rules
from trigpoint.policies.frameworks.rules import shipped
from trigpoint.policies.models import Area, CadenceRule
from trigpoint.policies.rhythms.rules import rhythm
from trigpoint.trusts.calendars.rules import Closed, Span, WorkingCalendar

YEAR = Span("2025-26", dt.date(2025, 9, 1), dt.date(2026, 8, 31))
TERMS = (
    Span("Autumn", dt.date(2025, 9, 2), dt.date(2025, 12, 19)),
    Span("Spring", dt.date(2026, 1, 5), dt.date(2026, 3, 27)),
    Span("Summer", dt.date(2026, 4, 13), dt.date(2026, 7, 22)),
)
CLOSURES = (
    Closed("October half term", dt.date(2025, 10, 27), dt.date(2025, 10, 31)),
    Closed("February half term", dt.date(2026, 2, 16), dt.date(2026, 2, 20)),
    Closed("May half term", dt.date(2026, 5, 26), dt.date(2026, 5, 29)),  # Monday is a bank holiday
    Closed("INSET", dt.date(2025, 12, 19), dt.date(2025, 12, 19), "INSET"),
)
CALENDAR = WorkingCalendar(TERMS, CLOSURES, (YEAR,))
SINCE = dt.date(2025, 9, 1)


def rule(months=None, *, every="MONTHS", area=None, tier=None, kind="TRUST"):
    return CadenceRule(
        review_kind=kind,
        every=every,
        months=months,
        tier=tier,
        area=Area(lineage=area, short_name=area.title()) if area else None,
    )


def due(*promised, last_on=None, since=SINCE, calendar=CALENDAR, **numbers):
    by = rhythm(calendar, {"cadence": numbers})
    promise = rules.Promise(frozenset({"TRUST"}), None, promised)
    return rules.window(promise, last_on=last_on, since=since, by=by)


def asked(promised, *, tier=3):
    return {
        (kind, promise.area): [(it.every, it.months) for it in promise.rules]
        for promise in rules.promises(promised, tier=tier)
        for kind in promise.kinds
    }


def test_promises_take_the_tiers_own_rule_before_the_one_for_every_tier():
    promised = [rule(3), rule(6, tier=3), rule(1, tier=4)]

    assert asked(promised) == {("TRUST", None): [("MONTHS", 6)]}
    assert asked(promised, tier=1) == {("TRUST", None): [("MONTHS", 3)]}


def test_promises_of_kinds_and_areas_stand_beside_each_other():
    promised = [
        rule(12),
        rule(24, kind="DEEP_DIVE", area="curriculum"),
        rule(6, kind="DEEP_DIVE", tier=3),
        rule(12, kind="SELF"),
        rule(3, tier=4, area="welfare"),
    ]

    assert asked(promised) == {
        ("TRUST", None): [("MONTHS", 12)],
        ("DEEP_DIVE", "curriculum"): [("MONTHS", 24)],
        ("DEEP_DIVE", None): [("MONTHS", 6)],
        ("SELF", None): [("MONTHS", 12)],
    }


@pytest.mark.parametrize(
    ("promised", "expected"),
    [
        pytest.param([], [], id="nothing promised"),
        pytest.param([rule(12)], [(rules.BY_OTHERS, [12])], id="a look at the academy"),
        pytest.param(
            [rule(12), rule(9, kind="EXTERNAL")],
            [(rules.BY_OTHERS, [12, 9])],
            id="whichever is due first",
        ),
        pytest.param([rule(12, kind="DEEP_DIVE")], [], id="a deep dive is about some other area"),
        pytest.param([rule(4, kind="SELF")], [], id="a self-review is no look by others"),
        pytest.param(
            [rule(12), rule(24, kind="DEEP_DIVE", area="assessment")],
            [({"DEEP_DIVE"}, [24]), (rules.BY_OTHERS, [12])],
            id="the area's own besides",
        ),
        pytest.param([rule(9, area="curriculum"), rule(4, tier=1)], [], id="for others only"),
    ],
)
def test_of_area(promised, expected):
    found = rules.of_area(rules.promises(promised, tier=3), "assessment")

    assert [(it.kinds, [one.months for one in it.rules]) for it in found] == expected


def test_of_the_academy_is_one_kind_of_review_and_no_area():
    promised = rules.promises([rule(12), rule(6, kind="SELF", area="welfare")], tier=1)

    assert rules.of_the_academy(promised, "TRUST").area is None
    assert rules.of_the_academy(promised, "SELF") is None


@pytest.mark.parametrize(
    ("every", "last_on", "expected"),
    [
        ("TERM", None, ((2025, 9, 2), (2025, 12, 18))),  # the 19th is an INSET day
        ("TERM", (2025, 9, 2), ((2026, 1, 5), (2026, 3, 27))),
        ("TERM", (2025, 12, 22), ((2026, 1, 5), (2026, 3, 27))),
        ("TERM", (2026, 3, 12), ((2026, 4, 13), (2026, 7, 22))),
        ("HALF_TERM", None, ((2025, 9, 2), (2025, 10, 24))),
        ("HALF_TERM", (2025, 10, 24), ((2025, 11, 3), (2025, 12, 18))),
        ("HALF_TERM", (2026, 4, 20), ((2026, 6, 1), (2026, 7, 22))),
        ("HALF_TERM", (2026, 1, 9), ((2026, 2, 23), (2026, 3, 27))),
    ],
)
def test_window_goes_by_the_academys_own_terms(every, last_on, expected):
    found = due(rule(every=every), last_on=last_on and dt.date(*last_on))

    assert (found.opens_on, found.due_on) == tuple(dt.date(*day) for day in expected)


@pytest.mark.parametrize(
    ("last_on", "since"),
    [
        pytest.param(dt.date(2026, 6, 1), SINCE, id="the next term is not known"),
        pytest.param(dt.date(2024, 6, 1), SINCE, id="the term of the last look is not known"),
        pytest.param(None, dt.date(2026, 5, 1), id="no term begins with the promise"),
    ],
)
def test_window_falls_back_on_the_policys_months(last_on, since):
    found = due(rule(every="TERM"), last_on=last_on, since=since, months_a_term=3)

    day = last_on or since
    assert found.due_on == dt.date(day.year, day.month + 3, 1)


def test_window_never_leaps_over_a_year_whose_terms_are_missing():
    later = Span("2027-28", dt.date(2027, 9, 1), dt.date(2028, 8, 31))
    autumn = Span("Autumn", dt.date(2027, 9, 2), dt.date(2027, 12, 17))
    calendar = WorkingCalendar((*TERMS, autumn), (), (later, YEAR))

    assert due(
        rule(every="TERM"), last_on=dt.date(2026, 7, 1), calendar=calendar
    ).due_on == dt.date(2026, 11, 1)


def test_window_crosses_from_one_academic_year_into_the_next():
    following = Span("2026-27", dt.date(2026, 9, 1), dt.date(2027, 8, 31))
    autumn = Span("Autumn", dt.date(2026, 9, 3), dt.date(2026, 12, 18))
    calendar = WorkingCalendar((*TERMS, autumn), CLOSURES, (YEAR, following))

    found = due(rule(every="TERM"), last_on=dt.date(2026, 8, 12), calendar=calendar)

    assert (found.opens_on, found.due_on) == (autumn.starts_on, autumn.ends_on)


def test_window_without_terms_takes_months():
    assert due(rule(every="TERM"), calendar=None).due_on == dt.date(2026, 1, 1)
    assert due(rule(every="HALF_TERM"), calendar=None, months_a_half_term=1).due_on == dt.date(
        2025, 10, 1
    )


def test_window_takes_the_rule_that_falls_due_first():
    found = due(rule(2), rule(every="TERM"), last_on=dt.date(2025, 9, 12))

    assert (found.rule.months, found.due_on) == (2, dt.date(2025, 11, 12))


def test_windows_of_a_year_are_one_a_half_term():
    found, last_on = [], None
    while (it := due(rule(every="HALF_TERM"), last_on=last_on)).due_on <= dt.date(2026, 7, 22):
        found.append(it)
        last_on = it.due_on

    assert [(it.opens_on.month, it.due_on.month) for it in found] == [
        (9, 10),
        (11, 12),
        (1, 2),
        (2, 3),
        (4, 5),
        (6, 7),
    ]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        pytest.param(dt.date(2025, 3, 29), 12, dt.date(2026, 3, 29), id="the clocks go forward"),
        pytest.param(dt.date(2024, 10, 26), 12, dt.date(2025, 10, 26), id="the clocks go back"),
        pytest.param(dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28), id="a leap day"),
        pytest.param(dt.date(2025, 8, 31), 6, dt.date(2026, 2, 28), id="a shorter month"),
    ],
)
def test_window_in_months_is_a_day_of_the_calendar(day, months, expected):
    assert due(rule(months), last_on=day).due_on == expected


# The same, walked day by day: nothing there asks the engine what a term or a school day is.


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    calendar=calendars(),
    every=st.sampled_from(["TERM", "HALF_TERM"]),
    last_on=st.none() | st.dates(dt.date(2025, 7, 1), dt.date(2027, 9, 30)),
    since=st.dates(dt.date(2025, 8, 1), dt.date(2027, 1, 31)),
)
def test_window_equals_a_walk_day_by_day(calendar, every, last_on, since):
    found = due(rule(every=every), calendar=calendar, last_on=last_on, since=since)

    assert found.due_on == next_due(calendar, every, last_on, since)


@pytest.mark.parametrize(
    ("promised", "words"),
    [
        pytest.param([rule(12), rule(12, kind="SELF")], [], id="different kinds"),
        pytest.param([rule(24, tier=1), rule(12)], [], id="more often for more support"),
        pytest.param(
            [rule(12), rule(6)],
            [
                (
                    (
                        "“Trust review every 6 months” and “Trust review every year” contradict each "
                        "other. Until one of them goes, whichever falls due first counts."
                    ),
                    False,
                )
            ],
            id="two intervals for one thing",
        ),
        pytest.param(
            [rule(12), rule(12)],
            [("“Trust review every year” is promised twice.", True)],
            id="twice",
        ),
        pytest.param(
            [rule(12), rule(24, tier=4)],
            [
                (
                    (
                        "Tier 4 needs more support than tier 3, and yet “Trust review every 2 years for "
                        "tier 4” is less often than “Trust review every year”."
                    ),
                    False,
                )
            ],
            id="less often for more support",
        ),
        pytest.param(
            [rule(every="TERM", tier=2), rule(every="HALF_TERM", tier=3), rule(5, tier=4)],
            [
                (
                    (
                        "Tier 4 needs more support than tier 3, and yet “Trust review every 5 months "
                        "for tier 4” is less often than “Trust review every half term for tier 3”."
                    ),
                    False,
                )
            ],
            id="terms beside months",
        ),
        pytest.param(
            [rule(12), *(rule(12, tier=tier) for tier in (1, 2, 3, 4))],
            [
                (
                    "“Trust review every year” is never asked for: each tier has a rule of its own.",
                    True,
                )
            ],
            id="nobody left",
        ),
        pytest.param(
            [rule(24, area="curriculum"), rule(12)],
            [
                (
                    (
                        "“Trust review in Curriculum every 2 years” adds nothing: the trust review of "
                        "the whole academy looks at every area at least as often."
                    ),
                    True,
                )
            ],
            id="an area that is looked at anyway",
        ),
        pytest.param(
            [rule(24, area="curriculum", kind="DEEP_DIVE"), rule(12, kind="DEEP_DIVE")],
            [],
            id="a deep dive takes one area",
        ),
    ],
)
def test_clashes(promised, words):
    assert [(it.words, it.is_overlap) for it in rules.clashes(promised, {})] == words


def test_clashes_go_by_how_long_the_version_says_a_term_is():
    promised = [rule(5, tier=3), rule(every="TERM", tier=4)]

    assert not rules.clashes(promised, {})
    assert rules.clashes(promised, {"cadence": {"months_a_term": 6}})


def test_the_shipped_policy_does_not_contradict_itself():
    promised = [
        rule(
            it.get("months"),
            every=it["every"],
            area=it.get("area"),
            tier=it.get("tier"),
            kind=it["review"],
        )
        for it in shipped()["cadence"]
    ]

    assert rules.clashes(promised, shipped()["settings"]) == []
