"""Terms, half terms and due days found by walking every day; asks the product nothing but shapes."""

import datetime as dt

import holidays
from hypothesis import strategies as st

from trigpoint.trusts.calendars.rules import Closed, Span, WorkingCalendar

DAY = dt.timedelta(days=1)

BANK = holidays.country_holidays("GB", subdiv="ENG", years=range(2024, 2029))


@st.composite
def calendars(draw):
    """Draw two school years of three terms with holidays and INSET days anywhere."""
    terms, years = [], []
    for start in (2025, 2026):
        for month in (9, 1, 4):
            first = dt.date(start + (month < 9), month, draw(st.integers(1, 14)))
            terms.append(Span(f"{month}", first, first + DAY * draw(st.integers(20, 100))))
        years.append(Span(f"{start}", dt.date(start, 9, 1), dt.date(start + 1, 8, 31)))
    closures = []
    for _ in range(draw(st.integers(0, 8))):
        first = dt.date(2025, 9, 1) + DAY * draw(st.integers(0, 700))
        last = first + DAY * draw(st.integers(0, 12))
        closures.append(Closed("Away", first, last, draw(st.sampled_from(["HOLIDAY", "INSET"]))))
    return WorkingCalendar(tuple(terms), tuple(closures), tuple(years))


def shut_days(calendar):
    """Return each day with whether it is free anyway, and whether the academy closes it."""
    days = {}
    for n in range(365 * 3):
        day = dt.date(2025, 1, 1) + DAY * n
        shut = any(it.starts_on <= day <= it.ends_on for it in calendar.closures)
        days[day] = (day.weekday() > 4 or day in BANK, shut)
    return days


def weeks_away(days):
    """Return the days of every run without school that holds a closure and a whole week."""
    away, run = set(), []
    for day in [*days, None]:
        if day and any(days[day]):
            run.append(day)
            continue
        weeks = [it for it in run if it.weekday() == 0 and it + 4 * DAY in run]
        if weeks and any(days[it][1] for it in run):
            away |= set(run)
        run = []
    return away


def walked(calendar, every):
    """Return first day and last school day of each term or half term, walking every day."""
    days = shut_days(calendar)
    away = weeks_away(days) if every == "HALF_TERM" else set()
    stretches = []
    for term in calendar.terms:
        stretch = []
        for n in range((term.ends_on - term.starts_on).days + 2):
            day = term.starts_on + DAY * n
            if day <= term.ends_on and day not in away:
                stretch.append(day)
                continue
            school = [it for it in stretch if not any(days[it])]
            if school:
                stretches.append((stretch[0], school[-1]))
            stretch = []
    return stretches


def months_on(day, months):
    """Go one month at a time; a month that is too short ends the count on its last day."""
    reached = day
    for _ in range(months):
        month = dt.date(reached.year + reached.month // 12, reached.month % 12 + 1, 1)
        ends = (month.replace(day=28) + 4 * DAY).replace(day=1) - DAY
        reached = month.replace(day=min(day.day, ends.day))
    return reached


def next_due(calendar, every, last_on, since, months=None):
    """Return when a look is due: in the first term that begins after the last, or months on."""
    day = last_on or since
    if every != "MONTHS":
        after = [
            it for it in walked(calendar, every) if it[0] > day or (not last_on and it[0] == day)
        ]
        if any(year.starts_on <= day <= year.ends_on for year in calendar.years) and after:
            return after[0][1]
    return months_on(day, {"TERM": 4, "HALF_TERM": 2, "MONTHS": months}[every])
