"""The sentences that go with a proposal."""

from datetime import date

import pytest

from tests.reviews.proposals.years import (
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
from trigpoint.reviews.proposals.rules import propose
from trigpoint.reviews.reasons.rules import reasons, scene
from trigpoint.reviews.staffing.rules import Rota, Seating

MONDAY = date(2026, 11, 9)


def said(asked, wanted, starts_on=MONDAY, people=(GARETH, SIMONE)):
    rota, seating = Rota(asked), Seating(wanted, starts_on, people)
    rota.seat(seating)
    return reasons(scene(asked, rota, [seating]), seating)


def test_reasons_say_why_the_policy_asks_why_then_and_why_they():
    wanted = need(area="reading", area_name="Reading")
    people = [reviewer(GARETH), reviewer(SIMONE, areas=frozenset({"reading"})), reviewer(NUALA)]

    assert said(year(reviewers=people), wanted) == (
        "The policy asks for it.",
        "Due by 13 November 2026, and proposed in that week.",
        "Gareth leads: 2 of 12 days in Autumn term taken, this one included.",
        "Simone joins: knows Reading.",
    )


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (
            year(places=[place(not_before=date(2026, 11, 16))]),
            "leaves Saltwyke less than its notice",
        ),
        (
            year(places=[place(SALTWYKE, *(date(2026, 11, day) for day in (9, 11, 13)))]),
            "has no 2 days in a row on which Saltwyke is open",
        ),
        (year(fixed=[slot(label="deep dive", people=())]), "has a deep dive there already"),
        (year(), "would give reviewers or the academy too much at once"),
    ],
    ids=["notice", "closed", "taken", "crowded"],
)
def test_reasons_say_what_is_in_the_way_of_the_week_it_falls_due(asked, why):
    told = said(asked, need(), starts_on=date(2026, 11, 16))

    assert f"The week of 9 November 2026 {why}." in told


def test_reasons_say_how_late_it_is():
    told = said(year(), need(), starts_on=date(2026, 11, 23))

    assert told[1] == (
        "Due by 13 November 2026, and proposed 2 weeks late, because no week in time has a place "
        "for it."
    )


def test_reasons_name_who_was_passed_over_and_count_the_others():
    people = [
        reviewer(GARETH),
        reviewer(SIMONE),
        reviewer(NUALA, conflicts={SALTWYKE: "worked there"}),
        reviewer(FEMI, days_a_term=0),
    ]

    assert said(year(reviewers=people), need())[-2:] == (
        "Nuala was passed over: worked there.",
        "1 other has a conflict, another review or no days left.",
    )


def test_reasons_say_that_an_external_review_is_led_from_outside():
    people = [reviewer(GARETH, is_external=True), reviewer(SIMONE)]
    told = said(year(reviewers=people), need(is_led_from_outside=True))

    assert "Gareth leads, from outside the trust: 2 of 12 days in Autumn term" in told[2]


def test_why_unplaced_counts_the_weeks_by_what_is_in_the_way():
    asked = year(need(), reviewers=[reviewer(GARETH)], fixed=[])

    assert propose(asked).unplaced[0].why == (
        "The review at Saltwyke found no place: in 27 weeks fewer than 2 reviewers are free and "
        "without a conflict. Give reviewers more days, add a reviewer, or plan it by hand."
    )
