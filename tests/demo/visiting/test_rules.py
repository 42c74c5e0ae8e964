from dataclasses import replace
from datetime import timedelta

import pytest

from trigpoint.demo.cast.rules import Diary
from trigpoint.demo.programme.rules import open_now
from trigpoint.demo.visiting import rules

pytestmark = pytest.mark.django_db


def test_visits_put_nobody_in_two_places_at_once_however_many_reviews_there_are(told):
    story, people = replace(told, diary=Diary()), told.cast.reviewers[:3]
    made = []
    for script in open_now(told.cast.places, told.today):
        same_days = replace(script, starts_on=told.today, ends_on=told.today)
        here = rules.visits(same_days, people, story)
        assert {visit.area for visit in here} <= {*script.areas}
        made += here

    for who in people:
        theirs = sorted((it for it in made if it.by == who), key=lambda it: it.starts_at)
        ends = [it.starts_at + timedelta(minutes=it.minutes) for it in theirs]
        assert len(theirs) > 2
        assert all(end <= after.starts_at for end, after in zip(ends, theirs[1:], strict=False))


def test_lines_ask_about_standards_of_their_area(told):
    script = told.finished[-1].script
    asked = rules.lines(script, told)

    assert len(asked) == len(script.areas) * (2 if script.kind == "DEEP_DIVE" else 1)
    assert all(line.standards and line.wanted for line in asked)


def test_rotated_starts_with_another_each_turn(told):
    people = told.cast.reviewers
    assert rules.rotated(people, 1) == [*people[1:], people[0]]
