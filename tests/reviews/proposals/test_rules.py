"""A year is proposed with reasons, and never breaks a hard rule."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reviews.proposals.years import (
    AUTUMN,
    DUNLOW,
    FEMI,
    GARETH,
    SALTWYKE,
    SIMONE,
    SPRING,
    need,
    place,
    reviewer,
    slot,
    weekdays,
    year,
)
from trigpoint.reviews.assignment.rules import Year, breaches
from trigpoint.reviews.proposals.rules import propose


def only(proposal):
    assert proposal.unplaced == ()
    [proposed] = proposal.placed
    return proposed


def test_propose_takes_the_week_it_falls_due_in():
    found = only(propose(year(need())))

    assert found.slot.monday == date(2026, 11, 9)
    assert found.slot.ends_on <= date(2026, 11, 13)
    assert found.reasons[:2] == (
        "The policy asks for it.",
        "Due by 13 November 2026, and proposed in that week.",
    )


def test_propose_goes_round_a_week_that_is_taken_and_says_so():
    found = only(propose(year(need(), fixed=[slot(label="deep dive", people=())])))

    assert found.slot.monday == date(2026, 11, 2)
    assert found.reasons[1:3] == (
        "Due by 13 November 2026, and proposed 1 week before.",
        "The week of 9 November 2026 has a deep dive there already.",
    )


def test_propose_keeps_the_ends_of_a_term_free_where_it_can():
    found = only(propose(year(need(due_on=date(2026, 12, 18)))))

    assert found.slot.monday == date(2026, 12, 7)
    assert "The week of 14 December 2026 is at the start or end of a term." in found.reasons


def test_propose_is_late_rather_than_without_notice_and_says_why():
    asked = year(need(), places=[place(not_before=date(2026, 11, 23))])

    found = only(propose(asked))

    assert found.slot.starts_on == date(2026, 11, 23)
    assert found.reasons[1] == (
        "Due by 13 November 2026, which is past or too near to give notice: proposed as soon as "
        "may be."
    )


def test_propose_chooses_who_knows_the_area_to_lead():
    people = [reviewer(GARETH), reviewer(SIMONE, areas=frozenset({"reading"})), reviewer(FEMI)]
    asked = need(area="reading", area_name="Reading", kind="DEEP_DIVE")

    found = only(propose(year(asked, reviewers=people)))

    assert found.slot.people[0] == SIMONE
    assert found.reasons[2] == (
        "Simone leads: knows Reading, 2 of 12 days in Autumn term taken, this one included."
    )


def test_propose_passes_over_a_conflict_and_says_whose():
    people = [
        reviewer(GARETH, conflicts={SALTWYKE: "worked there until 31 July 2025"}),
        reviewer(SIMONE),
        reviewer(FEMI),
    ]

    found = only(propose(year(need(), reviewers=people)))

    assert set(found.slot.people) == {SIMONE, FEMI}
    assert found.reasons[-1] == "Gareth was passed over: worked there until 31 July 2025."


def test_propose_spreads_the_days_over_people():
    asked = [
        need(f"{n}", due_on=date(2026, 11, 13) - timedelta(weeks=n), seats=1) for n in range(4)
    ]

    found = propose(year(*asked))

    assert len({it.slot.people for it in found.placed}) == 4


def test_propose_says_why_something_found_no_place():
    people = [reviewer(GARETH), reviewer(SIMONE)]
    found = propose(year(need(is_led_from_outside=True, label="external review"), reviewers=people))

    assert found.placed == ()
    assert found.unplaced[0].why == (
        "The external review at Saltwyke found no place: in 27 weeks nobody from outside the trust "
        "is free to lead. Give reviewers more days, add a reviewer, or plan it by hand."
    )


def test_propose_says_why_an_academy_without_open_days_finds_none():
    found = propose(year(need(), places=[place(works_on=frozenset())]))

    assert "there is no week by 26 March 2027 with 2 open days in a row" in found.unplaced[0].why


def test_propose_answers_the_same_whatever_the_order():
    needs = [need(f"{n}", (SALTWYKE, DUNLOW)[n % 2], due_on=date(2026, 11, 2)) for n in range(8)]
    asked = year(*needs)
    turned = year(*reversed(needs), reviewers=list(reversed(asked.reviewers)))

    assert propose(asked) == propose(turned)


def test_propose_that_looks_for_another_week_leaves_out_those_its_academy_has_taken():
    away = [
        slot(f"{day}", DUNLOW, (GARETH,), starts_on=day, ends_on=day)
        for day in (date(2026, 11, 9) + timedelta(days=n) for n in range(5))
    ]
    own = need("own", seats=0, days=1, due_on=date(2026, 11, 6))
    asked = year(own, need("b", seats=1), reviewers=[reviewer(GARETH)], fixed=away)

    found = propose(asked)

    assert {it.need.key: it.slot.monday for it in found.placed} == {
        "own": date(2026, 11, 2),
        "b": date(2026, 10, 26),
    }


@pytest.mark.parametrize("seats", [0, 1], ids=["the academy's own", "one reviewer"])
def test_propose_seats_as_many_as_are_asked_for(seats):
    assert len(only(propose(year(need(seats=seats)))).slot.people) == seats


ACADEMIES = [UUID(int=number) for number in range(1, 5)]
PEOPLE = [UUID(int=number) for number in range(11, 17)]
DAYS = sorted(weekdays(AUTUMN.starts_on, SPRING.ends_on))


@st.composite
def years(draw):
    """Return years that are tight in every way: closed days, few people, conflicts, old plans."""
    dates = st.sampled_from(DAYS)
    places = [
        place(
            academy,
            *draw(st.lists(dates, max_size=25)),
            not_before=draw(st.sampled_from(DAYS[:40])),
            ceiling_hours=draw(st.integers(8, 60)),
        )
        for academy in ACADEMIES
    ]
    reviewers = [
        reviewer(
            person,
            days_a_term=draw(st.integers(0, 8)),
            conflicts=dict.fromkeys(draw(st.sets(st.sampled_from(ACADEMIES), max_size=2)), "why"),
            home_id=draw(st.sampled_from([None, *ACADEMIES])),
            is_external=draw(st.booleans()),
        )
        for person in PEOPLE
    ]
    needs = [
        need(
            f"{number}",
            draw(st.sampled_from(ACADEMIES)),
            due_on=draw(dates),
            days=draw(st.integers(1, 3)),
            seats=seats,
            is_led_from_outside=seats > 0 and draw(st.booleans()),
        )
        for number, seats in enumerate(draw(st.lists(st.integers(0, 3), max_size=14)))
    ]
    fixed = [
        slot(
            f"fixed {number}",
            draw(st.sampled_from(ACADEMIES)),
            (draw(st.sampled_from(PEOPLE)),),
            starts_on=day,
            ends_on=day,
            is_fixed=True,
        )
        for number, day in enumerate(draw(st.lists(dates, max_size=6)))
    ]
    return Year(
        terms=(AUTUMN, SPRING), places=places, reviewers=reviewers, needs=needs, fixed=fixed
    )


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(years())
def test_propose_never_breaks_a_hard_rule(asked):
    found = propose(asked)

    needs = {it.key: it for it in asked.needs}
    assert breaches(asked, [it.slot for it in found.placed]) == []
    assert sorted([it.need.key for it in (*found.placed, *found.unplaced)]) == sorted(needs)
    for it in found.placed:
        assert len(set(it.slot.people)) == needs[it.need.key].seats
        assert needs[it.need.key].earliest_on <= it.slot.starts_on
        assert it.slot.ends_on <= needs[it.need.key].latest_on
    assert all(it.why for it in found.unplaced)
