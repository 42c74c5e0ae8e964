from collections import Counter

import pytest

from trigpoint.demo.programme.rules import open_now
from trigpoint.demo.visiting import rules

pytestmark = pytest.mark.django_db


def test_visits_put_nobody_in_two_places_at_once(told):
    for script in open_now(told.cast.places, told.today):
        made = rules.visits(script, told.cast.reviewers[:3], told)
        assert max(Counter((visit.by, visit.starts_at) for visit in made).values()) == 1
        assert {visit.area for visit in made} <= {*script.areas}


def test_lines_ask_about_standards_of_their_area(told):
    script = told.finished[-1].script
    asked = rules.lines(script, told)

    assert len(asked) == len(script.areas) * (2 if script.kind == "DEEP_DIVE" else 1)
    assert all(line.standards and line.wanted for line in asked)


def test_rotated_starts_with_another_each_turn(told):
    people = told.cast.reviewers
    assert rules.rotated(people, 1) == [*people[1:], people[0]]
