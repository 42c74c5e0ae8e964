import datetime as dt

import pytest

from trigpoint.demo.programme import rules
from trigpoint.reviews.models import Review

MONDAY, SUNDAY, AUGUST = dt.date(2026, 11, 23), dt.date(2027, 2, 7), dt.date(2027, 8, 4)


@pytest.mark.parametrize("today", [MONDAY, SUNDAY, AUGUST], ids=str)
def test_open_now_has_a_review_in_every_state_whatever_the_day(told, today):
    scripts = rules.open_now(told.cast.places, today)

    states = {script.until for script in scripts}
    assert states == {*Review.Status.values} - {Review.Status.CLOSED}
    assert {script.stage for script in scripts} == {"", "draft", "qa", "check", "answered"}
    assert all(script.days for script in scripts)


def test_history_is_settled_by_today(told):
    scripts = rules.history(told.cast.places, MONDAY)

    assert {script.kind for script in scripts} == {*Review.Kind.values}
    assert all(script.ends_on < MONDAY - dt.timedelta(days=25) for script in scripts)
    assert scripts == sorted(scripts, key=lambda script: script.starts_on)


def test_rank_moves_with_the_course(told):
    place = told.cast.places[1]  # Saltwyke, falling
    before = sum(rules.rank(place, area, dt.date(2024, 10, 1), MONDAY) for area in rules.AREAS)
    after = sum(rules.rank(place, area, MONDAY, MONDAY) for area in rules.AREAS)

    assert place.course == "falling"
    assert after > before


@pytest.mark.parametrize(("level", "tone"), [(1, "good"), (3, "mixed"), (5, "weak")])
def test_tone_follows_the_level(level, tone):
    assert rules.tone(level) == tone


def test_working_moves_on_to_a_day_that_is_open(told):
    calendar = told.cast.places[0].calendar
    assert rules.working(calendar, MONDAY) == MONDAY
    assert rules.working(calendar, dt.date(2026, 11, 22)) == MONDAY
    assert rules.today_at(calendar, AUGUST) < AUGUST
