from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import AcademyFactory, ReviewFactory, person
from trigpoint.people.roles import Role
from trigpoint.reviews.samples import rules
from trigpoint.reviews.samples.rules import Frame

WORDS = st.lists(st.sampled_from("abcdefghij"), min_size=1, max_size=7, unique=True)
FRAMES = st.builds(
    Frame,
    subjects=WORDS,
    year_groups=st.lists(st.sampled_from("RSTUVWX"), min_size=1, max_size=7, unique=True),
    observers=st.lists(st.sampled_from("123"), min_size=1, max_size=3, unique=True),
)


@settings(deadline=None)
@given(frame=FRAMES, count=st.integers(1, 49), seed=st.integers(1, 999_999))
def test_a_draw_is_even_over_years_and_observers_and_never_goes_twice(frame, count, seed):
    count = min(count, len(frame.cells))

    picks = rules.draw(frame, count=count, seed=seed)

    cells = [(it.subject, it.year_group) for it in picks]
    years = Counter(it.year_group for it in picks)
    observers = Counter(it.observer for it in picks)
    assert len(cells) == len(set(cells)) == count
    assert max(years.values()) - min(years[year] for year in frame.year_groups) <= 1
    assert max(observers.values()) - min(observers[it] for it in frame.observers) <= 1
    assert rules.draw(frame, count=count, seed=seed) == picks


@settings(deadline=None)
@given(frame=FRAMES, seed=st.integers(1, 999_999), data=st.data())
def test_what_was_seen_before_comes_last(frame, seed, data):
    seen = data.draw(st.lists(st.sampled_from(frame.cells), unique=True))
    fresh = len(frame.cells) - len(seen)

    picks = rules.draw(frame, count=fresh, seed=seed, seen=seen) if fresh else []

    assert not {(it.subject, it.year_group) for it in picks} & set(seen)
    left = rules.unseen(frame.cells, [*seen, *((it.subject, it.year_group) for it in picks)])
    assert left == []


def test_other_seeds_draw_otherwise():
    frame = Frame([f"S{n}" for n in range(6)], [f"Y{n}" for n in range(6)], ["1", "2"])

    draws = {tuple(rules.draw(frame, count=6, seed=seed)) for seed in range(1, 12)}

    assert len(draws) > 8


def test_is_drawable_says_how_many_there_are():
    frame = Frame(["English"], ["Year 3", "Year 4"], ["1"])

    assert rules.is_drawable(frame, 2)
    assert "There are 2 places to choose from and 3 were asked for" in (
        rules.is_drawable(frame, 3).reason
    )


def test_unseen_is_said_by_year_group():
    cells = [("English", "Year 3"), ("Music", "Year 3"), ("English", "Year 4")]

    assert rules.unseen(cells, [("English", "Year 3")]) == [
        ("Year 3", ["Music"]),
        ("Year 4", ["English"]),
    ]


@pytest.mark.parametrize(
    ("ages", "years"),
    [
        ((3, 6), ["Nursery", "Reception", "Year 1"]),
        ((11, 13), ["Year 7", "Year 8"]),
        ((None, 11), []),
    ],
)
def test_year_groups_are_those_of_the_ages_taught(ages, years):
    academy = AcademyFactory.build(age_from=ages[0], age_to=ages[1])

    assert rules.year_groups(academy) == years


@pytest.mark.django_db
def test_may_draw_is_for_who_runs_the_review_until_it_is_written_up():
    review = ReviewFactory.create()
    lead = person(Role.QA_LEAD, at=review.trust)

    assert rules.may_draw(lead, review)
    assert not rules.may_draw(person(Role.HEADTEACHER, at=review.academy), review)
    review.status = "REPORTING"
    assert "being written up" in rules.may_draw(lead, review).reason
