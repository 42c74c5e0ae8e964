"""Who can be on a review, who cannot and why, and who is found for several that begin together."""

from datetime import date

from tests.reviews.proposals.years import (
    DUNLOW,
    FEMI,
    GARETH,
    NUALA,
    SALTWYKE,
    SIMONE,
    need,
    reviewer,
    slot,
    year,
)
from trigpoint.reviews.staffing.rules import Rota, seat_together

MONDAY = date(2026, 11, 9)


def test_hindrance_says_what_is_in_the_way():
    worn = reviewer(FEMI, days_a_term=1)
    torn = reviewer(SIMONE, conflicts={SALTWYKE: "is related to the headteacher"})
    rota = Rota(year(reviewers=[reviewer(), torn, worn], fixed=[slot(people=(GARETH,))]))

    assert [rota.hindrance(one, need(), MONDAY) for one in rota.reviewers] == [
        "is on another review on those days",
        "is related to the headteacher",
        "has fewer than 2 days left in Autumn term",
    ]


def test_hindrance_is_none_for_whoever_is_free():
    assert Rota(year()).hindrance(reviewer(), need(), MONDAY) == ""


def test_shortage_names_what_is_missing():
    rota = Rota(year(reviewers=[reviewer()]))

    assert rota.shortage(need(), MONDAY) == "fewer than 2 reviewers are free and without a conflict"
    outside = need(seats=1, is_led_from_outside=True)
    assert rota.shortage(outside, MONDAY) == "nobody from outside the trust is free to lead"
    assert rota.shortage(need(seats=1), MONDAY) == ""


def test_seat_together_gives_each_person_one_seat():
    found = seat_together(Rota(year()), [need("a"), need("b", DUNLOW)], MONDAY)

    assert sorted(pk for it in found for pk in it.people) == [GARETH, SIMONE, NUALA, FEMI]


def test_seat_together_never_lets_an_academy_review_itself():
    people = [reviewer(GARETH, home_id=SALTWYKE), reviewer(SIMONE)]

    [found] = seat_together(Rota(year(reviewers=people)), [need()], MONDAY)

    assert found.people == (SIMONE, GARETH)


def test_seat_together_keeps_those_from_outside_for_what_they_must_lead():
    people = [reviewer(GARETH, is_external=True), reviewer(SIMONE)]

    [found] = seat_together(Rota(year(reviewers=people)), [need(seats=1)], MONDAY)

    assert found.people == (SIMONE,)


def test_seat_together_leaves_out_what_finds_too_few_and_takes_nobody_s_day():
    rota = Rota(year(reviewers=[reviewer()]))

    assert seat_together(rota, [need()], MONDAY) == []
    assert rota.used == {}
