"""Working days: examples people can check by hand, and a walk day by day for all the rest."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.trusts.calendars.rules import Closed, Span, WorkingCalendar, may_close_days
from trigpoint.trusts.models import Closure

YEAR = Span("2025-26", dt.date(2025, 9, 1), dt.date(2026, 8, 31))
AUTUMN = Span("Autumn", dt.date(2025, 9, 1), dt.date(2025, 12, 19))
SPRING = Span("Spring", dt.date(2026, 1, 5), dt.date(2026, 3, 27))
HALF_TERM = Closed("Half term", dt.date(2025, 10, 25), dt.date(2025, 11, 2))
INSET = Closed("Staff training", dt.date(2025, 11, 7), dt.date(2025, 11, 7), Closure.Kind.INSET)
SCHOOL = WorkingCalendar((AUTUMN, SPRING), (HALF_TERM,), (YEAR,))
STRIKE = Closed("Boiler", dt.date(2025, 11, 4), dt.date(2025, 11, 5), Closure.Kind.OTHER)


def test_add_skips_half_term():
    assert SCHOOL.add(dt.date(2025, 10, 20), 10) == dt.date(2025, 11, 10)


def test_add_gives_another_date_with_an_inset_day():
    calendar = WorkingCalendar((AUTUMN, SPRING), (HALF_TERM, INSET), (YEAR,))

    assert calendar.add(dt.date(2025, 10, 20), 10) == dt.date(2025, 11, 11)


def test_add_counts_backwards_and_leaves_zero_alone():
    assert SCHOOL.add(dt.date(2025, 11, 10), -10) == dt.date(2025, 10, 20)
    assert SCHOOL.add(dt.date(2025, 11, 9), 0) == dt.date(2025, 11, 9)


def test_add_passes_over_the_holidays_between_terms():
    assert SCHOOL.add(dt.date(2025, 12, 19), 1) == dt.date(2026, 1, 5)


def test_add_refuses_a_calendar_without_a_working_day():
    never = WorkingCalendar(closures=(Closed("Shut", dt.date(2020, 1, 1), dt.date(2050, 1, 1)),))

    with pytest.raises(ValueError, match="ten years"):
        never.add(dt.date(2026, 1, 1), 1)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        pytest.param(dt.date(2025, 11, 8), "a Saturday", id="weekend"),
        pytest.param(dt.date(2025, 12, 25), "a bank holiday (Christmas Day)", id="bank holiday"),
        pytest.param(dt.date(2025, 11, 7), "an INSET day", id="INSET"),
        pytest.param(dt.date(2025, 10, 27), "a school holiday (Half term)", id="holiday"),
        pytest.param(dt.date(2025, 11, 4), "a day the academy is closed (Boiler)", id="other"),
        pytest.param(dt.date(2025, 12, 22), "outside term", id="between terms"),
        pytest.param(dt.date(2025, 11, 12), "", id="a working day"),
        pytest.param(dt.date(2027, 11, 10), "", id="a weekday of a year nobody has entered"),
    ],
)
def test_why_closed_names_the_reason(day, why):
    calendar = WorkingCalendar((AUTUMN, SPRING), (HALF_TERM, INSET, STRIKE), (YEAR,))

    assert calendar.why_closed(day) == why


def test_basis_says_when_there_are_no_terms():
    assert "every weekday" in WorkingCalendar().basis
    assert "own term dates" in SCHOOL.basis


def test_an_academy_without_terms_counts_weekdays_less_bank_holidays():
    calendar = WorkingCalendar()

    assert calendar.add(dt.date(2025, 12, 24), 2) == dt.date(2025, 12, 30)
    assert not calendar.is_known(dt.date(2025, 12, 24))


def test_sentences_name_single_days_and_runs():
    calendar = WorkingCalendar((AUTUMN, SPRING), (HALF_TERM, INSET), (YEAR,))

    assert calendar.sentences(dt.date(2025, 10, 20), dt.date(2025, 11, 10)) == [
        "27 to 31 October is a school holiday (Half term) there, so those days do not count.",
        "7 November is an INSET day there, so it does not count.",
    ]


def test_sentences_name_both_months_when_a_run_crosses_them():
    said = SCHOOL.sentences(dt.date(2025, 12, 20), dt.date(2025, 12, 24))
    across = Closed("Flood", dt.date(2025, 9, 30), dt.date(2025, 10, 1), Closure.Kind.OTHER)
    crossing = WorkingCalendar(closures=(across,))

    assert said == ["22 to 24 December is outside term there, so those days do not count."]
    assert crossing.sentences(dt.date(2025, 9, 29), dt.date(2025, 10, 3))[0].startswith(
        "30 September to 1 October"
    )


def test_sentences_keep_two_inset_days_apart_and_join_neighbours():
    days = (3, 14, 17)
    insets = tuple(
        Closed("Training", dt.date(2025, 11, n), dt.date(2025, 11, n), Closure.Kind.INSET)
        for n in days
    )
    calendar = WorkingCalendar((AUTUMN,), insets, (YEAR,))

    assert calendar.sentences(dt.date(2025, 11, 3), dt.date(2025, 11, 20)) == [
        "3 November is an INSET day there, so it does not count.",
        "14 to 17 November are INSET days there, so those days do not count.",
    ]


def test_sentences_call_christmas_one_holiday():
    assert SCHOOL.sentences(dt.date(2025, 12, 19), dt.date(2026, 1, 6)) == [
        "22 December to 2 January are holidays there, so those days do not count.",
    ]


def test_the_term_after_a_day_is_found():
    assert SCHOOL.term_after(dt.date(2025, 9, 10)) == SPRING
    assert SCHOOL.term_after(dt.date(2026, 2, 1)) is None


def test_may_work_on_says_the_next_day_that_would_do():
    assert SCHOOL.may_work_on(dt.date(2025, 11, 12), academy="Thornmere").allowed
    refused = SCHOOL.may_work_on(dt.date(2025, 10, 27), academy="Thornmere")

    assert refused.reason == (
        "27 October 2025 is a school holiday (Half term) at Thornmere, so nobody can visit. "
        "The next working day there is 3 November 2025."
    )


def days(first="2024-01-01", last="2028-12-31"):
    return st.dates(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


@st.composite
def calendars(draw):
    """Draw calendars with up to three terms of 2025-26 and a handful of closures, overlaps allowed."""
    starts = draw(st.lists(st.dates(YEAR.starts_on, dt.date(2026, 6, 1)), max_size=3, unique=True))
    terms = tuple(
        Span(f"Term {n}", first, first + dt.timedelta(days=draw(st.integers(0, 90))))
        for n, first in enumerate(sorted(starts))
    )
    closures = tuple(
        Closed("Closed", first, first + dt.timedelta(days=draw(st.integers(0, 12))), kind)
        for first, kind in draw(
            st.lists(st.tuples(days(), st.sampled_from(Closure.Kind.values)), max_size=6)
        )
    )
    return WorkingCalendar(terms, closures, (YEAR,) if terms else ())


@given(calendar=calendars(), day=days("2025-06-01", "2027-01-01"), n=st.integers(-30, 30))
def test_add_agrees_with_a_walk_day_by_day(calendar, day, n):
    walked, seen = day, 0
    while seen < abs(n):
        walked += dt.timedelta(days=1 if n > 0 else -1)
        seen += not calendar.why_closed(walked)

    assert calendar.add(day, n) == walked


@given(calendar=calendars(), day=days("2025-06-01", "2027-01-01"), n=st.integers(-30, 30))
def test_between_undoes_add(calendar, day, n):
    assert calendar.between(day, calendar.add(day, n)) == n


@given(calendar=calendars(), first=days("2025-06-01", "2026-06-01"), length=st.integers(0, 120))
def test_every_weekday_either_counts_or_is_skipped_with_a_reason(calendar, first, length):
    last = first + dt.timedelta(days=length)
    weekdays = sum((first + dt.timedelta(days=n)).weekday() < 5 for n in range(length + 1))
    skipped = calendar.skipped(first, last)
    working = calendar.between(first - dt.timedelta(days=1), last)

    assert working + len(skipped) == weekdays
    assert all(why for _, why in skipped)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-01-01", "2099-12-31", "at most 100 days"),
        ("0001-01-01", "0001-01-02", "between 2000 and 2100"),
        ("9999-12-30", "9999-12-31", "between 2000 and 2100"),
    ],
)
def test_may_close_days_refuses_days_no_calendar_can_count(first, last, words):
    closed = Closed("Shut", dt.date.fromisoformat(first), dt.date.fromisoformat(last))

    assert words in may_close_days(closed, []).reason
