"""What a file of term dates is taken for, and what is refused."""

import re
from pathlib import Path

import pytest

from tests.trusts.term_files.calendar import a_year, calendar, day
from trigpoint.records.refusals import Refused
from trigpoint.trusts.calendars.rules import Closed, Span, WorkingCalendar
from trigpoint.trusts.models import Closure
from trigpoint.trusts.term_files.rules import LARGEST, Reading, Taken, read, year_of

SHEFFIELD = (
    Path(__file__).resolve().parents[4]
    / "shared/data/calendar/sheffield_leas_sheffield_school_holidays.ics"
)


def test_read_finds_terms_between_long_holidays_and_knows_bank_holidays():
    reading = read(a_year())

    assert reading.derived
    assert reading.terms == (
        Span("Autumn term", day("2025-09-01"), day("2025-12-19")),
        Span("Spring term", day("2026-01-05"), day("2026-03-27")),
        Span("Summer term", day("2026-04-13"), day("2026-07-20")),
    )
    assert Closed("School holiday", day("2025-10-25"), day("2025-11-02")) in reading.closures
    assert not [it for it in reading.closures if "Bank" in it.name]
    bank = next(event for event in reading.events if event.taken is Taken.BANK_HOLIDAY)
    assert bank.problem == "Already known, so it needs no entry of its own."


def test_read_prefers_terms_the_file_names():
    reading = read(
        calendar(
            ("Autumn term", "20250902", "20251220"),
            ("Spring term starts", "20260105", "20260106"),
            ("Spring term ends", "20260327", "20260328"),
        )
    )

    assert not reading.derived
    assert reading.terms == (
        Span("Autumn term", day("2025-09-02"), day("2025-12-19")),
        Span("Spring term", day("2026-01-05"), day("2026-03-27")),
    )


@pytest.mark.parametrize(
    ("event", "taken", "last"),
    [
        pytest.param(("INSET day", "20251107", ""), Taken.INSET, "2025-11-07", id="no end"),
        pytest.param(
            ("Staff training day", "20251107", "20251107"), Taken.INSET, "2025-11-07", id="same"
        ),
        pytest.param(
            ("Closed: snow", "20251107T080000", "", "DTEND:20251108T000000"),
            Taken.OTHER,
            "2025-11-07",
            id="ends at midnight",
        ),
        pytest.param(
            ("School closed", "20251107", "", "DURATION:P2D"), Taken.OTHER, "2025-11-08",
            id="a length",
        ),
        pytest.param(
            ("Closed: polling", "20251107T000000Z", "", "DTEND:20251108T000000Z"), Taken.OTHER,
            "2025-11-07", id="a whole day of winter in UTC",
        ),
        pytest.param(("Sports day", "20251107", "20251108"), Taken.LEFT_OUT, "2025-11-07", id="no"),
        pytest.param(
            ("Half term", "20251107", "20251101"), Taken.LEFT_OUT, "2025-11-07", id="backwards"
        ),
        pytest.param(
            ("INSET day", "20251107", "", "RRULE:FREQ=WEEKLY"), Taken.LEFT_OUT, "2025-11-07",
            id="repeats",
        ),
    ],
)  # fmt: skip
def test_read_says_what_each_event_is_taken_for(event, taken, last):
    reading = read(a_year(event))

    (found,) = [it for it in reading.events if it.starts_on == day("2025-11-07")]
    assert (found.taken, found.ends_on) == (taken, day(last))
    assert bool(found.problem) is (taken is Taken.LEFT_OUT)


@pytest.mark.parametrize(
    ("start", "extra", "last"),
    [
        pytest.param("20260611T230000Z", "DTEND:20260612T230000Z", "2026-06-12", id="one day"),
        pytest.param("20260611T230000Z", "DTEND:20260614T230000Z", "2026-06-14", id="three days"),
        pytest.param("20260611T230000Z", "DURATION:P1D", "2026-06-12", id="a length"),
        pytest.param("20260611T230000Z", "TRANSP:OPAQUE", "2026-06-12", id="no end"),
        pytest.param("20260612T073000Z", "DTEND:20260612T143000Z", "2026-06-12", id="school hours"),
        pytest.param("20260612T000000", "DTEND:20260613T000000", "2026-06-12", id="no zone"),
    ],
)
def test_read_takes_moments_for_the_days_they_are_in_england(start, extra, last):
    reading = read(a_year(("INSET day", start, "", extra)))

    (found,) = [it for it in reading.events if it.taken is Taken.INSET]
    assert (found.starts_on, found.ends_on) == (day("2026-06-12"), day(last))


def test_read_keeps_a_bank_holiday_that_england_does_not_know():
    reading = read(a_year(("Bank holiday", "20260612", "20260613")))

    assert Closed("Bank holiday", day("2026-06-12"), day("2026-06-12"), Closure.Kind.OTHER) in (
        reading.closures
    )


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["DTSTART;VALUE=DATE:20260230"], id="a day in no calendar"),
        pytest.param(["DTSTART;VALUE=DATE:00000101"], id="year 0"),
        pytest.param(["DTSTART;VALUE=TIME:080000"], id="a time"),
        pytest.param(["DTSTART;VALUE=PERIOD:20251107T080000Z/PT3H"], id="a period"),
        pytest.param(["DTSTART;VALUE=DURATION:P1D"], id="a length"),
        pytest.param(["DTSTART;VALUE=DATE:20251107", "DTSTART;VALUE=DATE:20251108"], id="two"),
        pytest.param(
            ["DTSTART;VALUE=DATE:20251107", "DTEND;VALUE=TIME:080000"], id="ends at eight"
        ),
        pytest.param(
            ["DTSTART;VALUE=DATE:20251107", "DTEND;VALUE=DATE:00010101"], id="before time"
        ),
        pytest.param(["DTSTART:99991231T235959Z", "DURATION:PT3H"], id="after time"),
        pytest.param(["DTSTART;VALUE=DATE:20251107", "DURATION:-P999999D"], id="millennia ago"),
        pytest.param(["DTSTART;VALUE=DATE:20251107", "DURATION:P9999999999D"], id="no length"),
    ],
)
def test_read_leaves_out_an_event_it_cannot_read_and_names_it(lines):
    start = b"DTSTART;VALUE=DATE:20251107"
    odd = a_year(("INSET day", "20251107", "")).replace(start, "\r\n".join(lines).encode())

    reading = read(odd)

    (sentence,) = reading.unread
    assert re.match(r"INSET day: Its (first day|end|length|last day) .+\.$", sentence)
    assert not [it for it in reading.closures if it.kind == Closure.Kind.INSET]
    assert len(reading.terms) == 3


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        pytest.param(
            ("INSET day", "00010101", ""), "Give a date between 2000 and 2100.", id="year 1"
        ),
        pytest.param(
            ("Bank holiday", "99991231", ""), "Give a date between 2000 and 2100.", id="year 9999"
        ),
        pytest.param(
            ("Autumn term", "19990901", "19991220"),
            "Give a date between 2000 and 2100.",
            id="a term",
        ),
        pytest.param(
            ("School closed", "20251107", "20260301"),
            "One closure lasts at most 100 days. Check the last day.",
            id="too long a closure",
        ),
    ],
)
def test_read_holds_days_against_the_rules_of_the_calendar(event, sentence):
    reading = read(a_year(event))

    (found,) = [it for it in reading.events if it.problem == sentence]
    assert (found.title, found.taken) == (event[0], Taken.LEFT_OUT)
    assert len(reading.closures) == 7
    assert reading.derived


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(
            calendar(("Autumn term", "20251301", "")),
            "no event.*Autumn term: Its first",
            id="broken",
        ),
        pytest.param(
            a_year(("INSET \0 day", "20251107", "")), "cannot be stored", id="a foreign sign"
        ),
        pytest.param(b"URN,Name\r\n1,School", "not an iCalendar file", id="a CSV"),
        pytest.param(b"", "not an iCalendar file", id="empty"),
        pytest.param(
            a_year().replace(b"END:VEVENT", b"TZID:X\r\nEND:VTIMEZONE", 1),
            "not an iCalendar file",
            id="an event that is a time zone",
        ),
        pytest.param(calendar(), "no event with a date", id="no events"),
        pytest.param(calendar(("Sports day", "20251107", "")), "no term", id="no term"),
        pytest.param(b" " * (LARGEST + 1), "larger than 1 MB", id="too large"),
        pytest.param(
            calendar(
                ("Autumn term", "20250902", "20260110"), ("Spring term", "20260105", "20260328")
            ),
            r"2 September 2025 to 9 January 2026.*5 January 2026 to 27 March 2026.*overlap",
            id="terms overlap",
        ),
    ],
)
def test_read_refuses_faulty_files_in_words(data, sentence):
    with pytest.raises(Refused, match=sentence):
        read(data)


@pytest.mark.parametrize(
    ("on", "first_month", "name"),
    [("2025-09-01", 9, "2025-26"), ("2026-08-31", 9, "2025-26"), ("2099-09-01", 9, "2099-00")],
)
def test_year_of_names_the_academic_year(on, first_month, name):
    year = year_of(day(on), first_month=first_month)

    assert year.name == name
    assert day(on) in year


@pytest.mark.real_data
@pytest.mark.skipif(not SHEFFIELD.exists(), reason="the real file is not on this machine")
def test_ten_working_days_skip_half_term_on_a_real_calendar():
    reading: Reading = read(SHEFFIELD.read_bytes())
    year = year_of(day("2025-10-20"), first_month=9)
    inset = Closed("Training", day("2025-11-07"), day("2025-11-07"), Closure.Kind.INSET)

    plain = WorkingCalendar(reading.terms, reading.closures, (year,))
    other = WorkingCalendar(reading.terms, (*reading.closures, inset), (year,))

    assert len(reading.terms) == 8
    assert plain.add(day("2025-10-20"), 10) == day("2025-11-10")
    assert other.add(day("2025-10-20"), 10) == day("2025-11-11")
