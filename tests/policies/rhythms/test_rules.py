"""Half terms are what whole weeks away leave of a term; both end on a school day."""

import datetime as dt

from trigpoint.policies.rhythms.rules import rhythm
from trigpoint.trusts.calendars.rules import Closed, Span, WorkingCalendar

YEAR = Span("2025-26", dt.date(2025, 9, 1), dt.date(2026, 8, 31))
AUTUMN = Span("Autumn", dt.date(2025, 9, 2), dt.date(2025, 12, 19))
HALF_TERM = Closed("October half term", dt.date(2025, 10, 27), dt.date(2025, 10, 31))
LAST_DAY = Closed("INSET", dt.date(2025, 12, 19), dt.date(2025, 12, 19), "INSET")
A_DAY = Closed("Polling day", dt.date(2025, 11, 13), dt.date(2025, 11, 13))


def days(spans):
    return [(str(it.starts_on), str(it.ends_on)) for it in spans]


def test_a_week_away_halves_a_term_and_a_single_day_does_not():
    found = rhythm(WorkingCalendar((AUTUMN,), (HALF_TERM, LAST_DAY, A_DAY), (YEAR,)), {})

    assert days(found.terms) == [("2025-09-02", "2025-12-18")]
    assert days(found.half_terms) == [("2025-09-02", "2025-10-24"), ("2025-11-03", "2025-12-18")]


def test_without_a_calendar_the_policys_months_stand_in():
    found = rhythm(None, {"cadence": {"months_a_term": 5}})

    assert (found.terms, found.half_terms, found.months_a_term) == ((), (), 5)
