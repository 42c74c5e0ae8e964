"""The nearest change that settles a clash."""

from dataclasses import replace
from datetime import date, timedelta

from tests.reviews.proposals.years import (
    DUNLOW,
    FEMI,
    GARETH,
    NUALA,
    SALTWYKE,
    SIMONE,
    need,
    place,
    reviewer,
    slot,
    year,
)
from trigpoint.reviews.remedies.rules import remedy

MONDAY = date(2026, 11, 9)


def test_remedy_asks_other_people_before_it_moves_anything():
    elsewhere = slot("other", DUNLOW, (GARETH, NUALA))

    found = remedy(year(fixed=[elsewhere]), need(), slot())

    assert (found.starts_on, set(found.people)) == (MONDAY, {SIMONE, FEMI})
    assert found.words.startswith("Keep the Saltwyke review there, with ")
    assert found.keeps == "Keeps policy."


def test_remedy_moves_it_to_the_nearest_days_that_are_free():
    people = [reviewer(GARETH), reviewer(SIMONE)]
    elsewhere = slot("other", DUNLOW, (GARETH,))

    found = remedy(year(fixed=[elsewhere], reviewers=people), need(), slot())

    assert (found.starts_on, found.people) == (date(2026, 11, 11), (GARETH, SIMONE))
    assert found.words == ("Move the Saltwyke review to 11 November 2026, with the same people")


def test_remedy_says_when_it_would_be_late():
    taken = [
        slot(f"{n}", SALTWYKE, (), starts_on=day, ends_on=day)
        for n, day in enumerate(MONDAY - timedelta(weeks=weeks) for weeks in range(6))
    ]

    found = remedy(year(fixed=taken), need(), slot())

    assert found.starts_on == date(2026, 11, 16)
    assert found.keeps == "It is late against policy then."


def test_remedy_of_an_academy_s_own_review_names_nobody():
    own = replace(slot(), people=())
    taken = slot("other", SALTWYKE, ())

    found = remedy(year(fixed=[taken]), need(seats=0), own)

    assert found.words == "Move the Saltwyke review to 2 November 2026"


def test_remedy_is_none_where_nothing_near_is_free():
    shut = place(works_on=frozenset())

    assert remedy(year(places=[shut, place(DUNLOW)]), need(), slot()) is None
