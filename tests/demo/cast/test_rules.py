import datetime as dt

import pytest

from trigpoint.demo.cast.rules import Cast, Diary, address

DAY = dt.date(2026, 11, 3)


def test_diary_books_nobody_twice_on_a_day(told):
    diary, people = Diary(), told.cast.reviewers

    first = diary.free(people, [DAY], count=2)
    second = diary.free(people, [DAY, DAY + dt.timedelta(1)], count=2)

    assert first == people[:2]
    assert second == people[2:4]
    assert diary.free(people, [DAY + dt.timedelta(2)], count=1) == people[:1]


def test_diary_names_nobody_more_often_than_the_story_allows(told):
    place = told.cast.places[0]
    team = place.teams[0]
    diary = Diary()

    named = [diary.name(place, team, year=2026) for _ in range(30)]

    assert named[-1] is None
    assert all(named.count(user) <= 2 for user in named if user)


@pytest.mark.parametrize("subject", ["Mathematics", "Reading", "Art"])
def test_team_for_is_one_of_the_academys_own(told, subject):
    for place in told.cast.places:
        assert place.team_for(subject, place.years[-1]).academy == place.academy


def test_address_is_of_a_domain_nobody_owns():
    assert address("staff") == "staff@wetherlow.example"
    assert Cast.__doc__
