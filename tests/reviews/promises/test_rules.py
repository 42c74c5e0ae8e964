"""What the policy asks for in a school year, past what is held and planned."""

import datetime as dt
from uuid import UUID

import pytest

from trigpoint.policies.models import Area, CadenceRule
from trigpoint.policies.rhythms.rules import rhythm
from trigpoint.reviews.promises import rules
from trigpoint.reviews.promises.rules import Asked, Look, Subject
from trigpoint.trusts.calendars.rules import Span, WorkingCalendar

ACADEMY = UUID(int=7)
YEAR = Span("2025-26", dt.date(2025, 9, 1), dt.date(2026, 8, 31))
CALENDAR = WorkingCalendar(
    terms=(
        Span("Summer term", dt.date(2025, 4, 21), dt.date(2025, 7, 18)),
        Span("Autumn term", dt.date(2025, 9, 8), dt.date(2025, 12, 19)),
        Span("Spring term", dt.date(2026, 1, 5), dt.date(2026, 3, 27)),
        Span("Summer term", dt.date(2026, 4, 13), dt.date(2026, 7, 17)),
    ),
    years=(Span("2024-25", dt.date(2024, 9, 1), dt.date(2025, 8, 31)), YEAR),
)
AREAS = {"curriculum": "Curriculum", "welfare": "Welfare"}


def rule(kind="TRUST", *, area=None, tier=None, months=None, every=None):
    named = Area(lineage=area, short_name=AREAS[area], name=AREAS[area]) if area else None
    every = every or ("MONTHS" if months else "TERM")
    return CadenceRule(review_kind=kind, area=named, tier=tier, every=every, months=months)


def asked(*found, today=dt.date(2025, 9, 1)):
    return Asked(
        rules=found,
        settings={},
        version="Policy version 3",
        areas=AREAS,
        starts_on=YEAR.starts_on,
        ends_on=YEAR.ends_on,
        today=today,
    )


def subject(*looks, tier=3, since=dt.date(2024, 9, 1)):
    return Subject(
        academy_id=ACADEMY, tier=tier, since=since, rhythm=rhythm(CALENDAR, {}), looks=looks
    )


def look(day, kind="TRUST", *areas):
    return Look(kind, frozenset(areas or AREAS), dt.date.fromisoformat(day))


def due(question, whom):
    return [(it.kind, it.area, str(it.due_on)) for it in rules.needs(question, whom)]


def test_needs_come_once_a_term_where_the_policy_says_so():
    assert due(asked(rule()), subject(look("2025-06-10"))) == [
        ("TRUST", "", "2025-12-19"),
        ("TRUST", "", "2026-03-27"),
        ("TRUST", "", "2026-07-17"),
    ]


def test_needs_count_months_from_the_last_look():
    assert due(asked(rule(months=12)), subject(look("2025-03-10"))) == [("TRUST", "", "2026-03-10")]


def test_needs_are_none_of_another_year():
    assert due(asked(rule(months=24)), subject(look("2025-03-10"))) == []


def test_needs_leave_out_what_is_held_and_planned_in_the_year():
    held, planned = look("2025-10-03"), look("2026-02-11")

    assert due(asked(rule(), today=dt.date(2025, 11, 12)), subject(held, planned)) == [
        ("TRUST", "", "2026-07-17")
    ]


@pytest.mark.parametrize(
    ("today", "before"),
    [
        ("2025-09-01", [("TRUST", "", "2025-12-19")]),  # it can still be held in time
        ("2026-01-05", []),  # the one that is planned comes late for it
    ],
)
def test_needs_fill_the_gap_before_what_is_planned_for_a_later_turn(today, before):
    question = asked(rule(), today=dt.date.fromisoformat(today))

    assert due(question, subject(look("2025-06-10"), look("2026-02-11"))) == [
        *before,
        ("TRUST", "", "2026-07-17"),
    ]


def test_needs_that_are_overdue_stay_with_their_day():
    overdue = asked(rule(months=12), today=dt.date(2025, 11, 12))

    assert due(overdue, subject(look("2024-10-01"))) == [("TRUST", "", "2025-10-01")]


def test_what_follows_an_overdue_turn_keeps_its_key_from_day_to_day():
    def keys(today):
        known = subject(look("2025-04-01"))
        return [need.key for need in rules.needs(asked(rule(months=6), today=today), known)]

    first, second = keys(dt.date(2025, 11, 12)), keys(dt.date(2025, 11, 13))

    assert first == second
    assert len(set(first)) == len(first) == 2


def test_needs_of_the_year_before_are_left_to_it_while_it_runs():
    early = asked(rule(months=12), today=dt.date(2025, 7, 1))

    assert due(early, subject(look("2024-08-10"))) == [("TRUST", "", "2026-08-10")]


def test_needs_of_no_named_area_take_the_one_looked_at_longest_ago():
    known = look("2025-03-01", "DEEP_DIVE", "curriculum")

    assert due(asked(rule("DEEP_DIVE", months=12)), subject(known)) == [
        ("DEEP_DIVE", "welfare", "2026-03-01")
    ]


def test_a_deep_dive_of_a_named_area_is_one_in_some_area_too():
    named, some = rule("DEEP_DIVE", area="welfare", months=12), rule("DEEP_DIVE", months=12)
    looked_at = look("2025-02-01", "DEEP_DIVE", "welfare")

    assert due(asked(named, some), subject(looked_at)) == [("DEEP_DIVE", "welfare", "2026-02-01")]


def test_needs_say_why_in_a_sentence_and_never_begin_before_the_year():
    [need] = rules.needs(asked(rule(months=12)), subject(look("2025-03-10")))

    assert need.why == (
        "Policy version 3 promises: trust review every year. The last one ended on 10 March 2025."
    )
    assert need.earliest_on == YEAR.starts_on
    assert need.key == f"{ACADEMY}/TRUST//2026-03-10"
    assert rules.needs(asked(rule(months=12)), subject())[0].why.endswith("None so far.")


@pytest.mark.parametrize(
    ("kind", "settings", "shape"),
    [
        ("TRUST", {}, (2, 3, 8)),
        ("DEEP_DIVE", {}, (1, 2, 4)),
        ("SELF", {}, (1, 0, 6)),
        ("EXTERNAL", {"programme": {"team_size": 4, "fieldwork_days": 1}}, (1, 4, 8)),
    ],
    ids=["whole review", "deep dive", "the academy's own", "as the policy says"],
)
def test_shape_is_a_setting_of_the_policy(kind, settings, shape):
    assert rules.shape(kind, settings) == shape


def test_external_reviews_are_led_from_outside():
    [need] = rules.needs(
        asked(rule("EXTERNAL", months=12)), subject(look("2025-03-10", "EXTERNAL"))
    )

    assert need.is_led_from_outside
    assert need.label == rules.label("EXTERNAL") == "external review"
