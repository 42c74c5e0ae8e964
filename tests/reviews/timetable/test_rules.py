"""What is on, what is missing, and who could do it."""

import datetime as dt
from uuid import uuid4

import pytest

from trigpoint.reviews.timetable import rules
from trigpoint.reviews.timetable.rules import Appointment, Line

DAY = dt.date(2025, 11, 12)
GARETH, NUALA = (uuid4(), "Gareth Pellow"), (uuid4(), "Nuala Brisco")


def at(clock, day=DAY):
    return dt.datetime.combine(day, dt.time.fromisoformat(clock), tzinfo=dt.UTC)


def an_appointment(starts="09:00", ends="09:30", people=(), **facts):
    day = facts.pop("day", DAY)
    return Appointment(
        **{
            "pk": uuid4(),
            "title": "Lesson",
            "kind": "LESSON_VISIT",
            "place": "",
            "with_whom": "",
            "starts_at": at(starts, day),
            "ends_at": at(ends, day),
            "status": "PLANNED",
            "people": tuple(people),
            **facts,
        }
    )


def a_line(wanted, planned=None):
    return Line(uuid4(), 4, "Is vocabulary taught?", wanted, planned or {})


def test_by_day_groups_and_orders():
    late, early = an_appointment("11:00", "11:30"), an_appointment("09:00", "09:30")
    next_day = an_appointment(day=DAY + dt.timedelta(days=1))

    days = rules.by_day([next_day, late, early], at=at("11:10"))

    assert [(day.on, day.appointments) for day in days] == [
        (DAY, ((early, "past"), (late, "now"))),
        (DAY + dt.timedelta(days=1), ((next_day, "later"),)),
    ]


def test_an_appointment_says_where_and_what_became_of_it():
    it = an_appointment(place="Room 6", with_whom="six pupils", status="MISSED")

    assert (it.where, it.kind_label) == ("Room 6, six pupils", "Lesson visit")
    assert (it.is_missed, it.is_planned) == (True, False)


def test_gaps_name_what_is_missing_and_who_is_free_first():
    busy = an_appointment("09:00", "10:00", people=[GARETH])
    line = a_line({"STUDENT_VOICE": 1})

    (gap,) = rules.gaps([line], [busy], [GARETH, NUALA], day=DAY, at=at("08:00"))

    assert gap.words == "No student voice is planned"
    assert (gap.free_person, gap.free_at) == ("Nuala Brisco", at("09:00"))


def test_gaps_hold_each_free_half_hour_for_one_of_them():
    line = a_line({"STUDENT_VOICE": 1, "STAFF_VOICE": 1})

    found = rules.gaps([line], [], [NUALA], day=DAY, at=at("13:40"))

    assert [gap.free_at for gap in found] == [at("14:00"), at("14:30")]


def test_gaps_offer_nobody_when_the_day_is_over_or_past():
    line = a_line({"STUDENT_VOICE": 1})

    (over,) = rules.gaps([line], [], [NUALA], day=DAY, at=at("15:01"))
    (past,) = rules.gaps([line], [], [NUALA], day=None, at=at("08:00"))

    assert (over.free_person, past.free_at) == ("", None)


def test_gaps_count_a_missed_visit_as_free_time():
    missed = an_appointment("09:00", "10:00", people=[NUALA], status="MISSED")

    (gap,) = rules.gaps([a_line({"STAFF_VOICE": 1})], [missed], [NUALA], day=DAY, at=at("08:00"))

    assert gap.free_at == at("09:00")


def test_gaps_take_one_book_look_for_many_books():
    wanted = {"BOOK_SCRUTINY": 10, "LESSON_VISIT": 4}
    line = a_line(wanted, {"BOOK_SCRUTINY": 1, "LESSON_VISIT": 3})

    (gap,) = rules.gaps([line], [], [], day=DAY, at=at("08:00"))

    assert gap.words == "Lesson visit: 3 of 4 planned"


def test_parts_say_wanted_and_planned_in_the_order_of_the_kinds():
    line = a_line({"STAFF_VOICE": 1, "LESSON_VISIT": 4}, {"LESSON_VISIT": 2})

    assert [(it.label, it.wanted, it.planned) for it in line.parts] == [
        ("Lesson visit", 4, 2),
        ("Staff voice", 1, 0),
    ]


@pytest.mark.parametrize(
    ("on", "day"),
    [
        pytest.param(DAY - dt.timedelta(days=7), DAY, id="before: the first day"),
        pytest.param(DAY + dt.timedelta(days=1), DAY + dt.timedelta(days=1), id="during: today"),
        pytest.param(DAY + dt.timedelta(days=3), None, id="afterwards: none"),
    ],
)
def test_day_to_fill_is_the_next_one_there_is_time_in(on, day):
    assert rules.day_to_fill(DAY, DAY + dt.timedelta(days=1), on=on) == day


def test_hours_leave_out_what_was_missed():
    happened = [an_appointment("09:00", "09:45"), an_appointment("10:00", "10:30")]
    missed = an_appointment("11:00", "12:00", status="MISSED")

    assert rules.hours([*happened, missed]) == 1.0
