import datetime as dt

from django.utils import timezone

from trigpoint.demo.stage.rules import moment


def test_moment_is_local_time():
    assert timezone.localtime(moment(dt.date(2026, 7, 1), 9, 30)).hour == 9


def test_held_counts_working_days_after_fieldwork(told):
    held = told.finished[0]
    calendar = held.script.place.calendar

    assert held.day(5) == calendar.add(held.script.ends_on, 5)
    assert held.is_recent(told) is False
    assert held.weighers == held.team
