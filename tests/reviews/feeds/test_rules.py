import datetime as dt

from icalendar import Calendar

from trigpoint.reviews.feeds.rules import FOR_THE_ACADEMY, FOR_THE_LEAD, Entry, calendar
from trigpoint.reviews.models import Deadline

AT = dt.datetime(2025, 11, 12, 11, tzinfo=dt.UTC)


def test_calendar_of_the_same_is_the_same_to_the_byte():
    entries = [
        Entry(uid=f"{n}@trigpoint", title="T", starts=AT, ends=AT, changed_at=AT) for n in (1, 2)
    ]

    assert calendar(entries, name="N") == calendar(reversed(entries), name="N")


def test_calendar_of_nothing_is_a_calendar():
    assert Calendar.from_ical(calendar([], name="N")).walk("VEVENT") == []


def test_calendar_writes_words_that_mean_something_in_its_own_grammar():
    words = "Reading; phonics, “fluency”\nand more\\"
    entry = Entry(uid="1", title=words, starts=AT.date(), ends=AT.date(), changed_at=AT)

    [event] = Calendar.from_ical(calendar([entry], name="N")).walk("VEVENT")

    assert str(event["SUMMARY"]) == words


def test_every_step_of_the_clock_is_somebodys():
    assert FOR_THE_LEAD | FOR_THE_ACADEMY | {Deadline.Step.FIELDWORK} == set(Deadline.Step)
