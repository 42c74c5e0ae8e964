"""Every hard rule is told when it is broken, with what to say about it."""

from datetime import date

from tests.reviews.proposals.years import (
    DUNLOW,
    FEMI,
    GARETH,
    NUALA,
    SALTWYKE,
    SIMONE,
    place,
    reviewer,
    slot,
    year,
)
from trigpoint.reviews.assignment.rules import NO_PLACE, Rule, Spell, breaches


def told(asked, *slots):
    return [(breach.rule, breach.keys, breach.words) for breach in breaches(asked, slots)]


def test_a_year_that_keeps_every_rule_says_nothing():
    assert told(year(), slot("a"), slot("b", DUNLOW, (NUALA, FEMI))) == []


def test_a_conflict_is_told_of_the_days_it_lasts():
    spell = Spell(SALTWYKE, "works there as Deputy", date(2027, 1, 4))
    asked = year(reviewers=[reviewer(GARETH, spells=[spell]), reviewer(SIMONE)])
    in_march = slot(starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 2))

    assert told(asked, slot()) == []
    assert told(asked, in_march) == [
        (
            Rule.CONFLICT,
            ("slot",),
            "Gareth cannot review Saltwyke on 1 March 2027: works there as Deputy.",
        )
    ]


def test_somebody_who_is_no_longer_there_is_told_of_what_was_not_staffed_by_hand():
    asked = year(reviewers=[reviewer(GARETH)])

    assert told(asked, slot(is_by_hand=True)) == []
    assert told(asked, slot()) == [
        (
            Rule.AWAY,
            ("slot",),
            (
                "Somebody on the team for Saltwyke on 9 November 2026 is no longer available as a "
                "reviewer. Find people again."
            ),
        )
    ]


def test_a_review_at_an_academy_that_is_gone_is_told():
    assert told(year(places=[place(DUNLOW)]), slot()) == [(Rule.CLOSED, ("slot",), NO_PLACE)]


def test_a_closed_day_is_told_with_its_day():
    asked = year(places=[place(SALTWYKE, date(2026, 11, 10))])

    assert told(asked, slot()) == [
        (
            Rule.CLOSED,
            ("slot",),
            "Saltwyke does not work with pupils on 10 November 2026.",
        )
    ]


def test_too_little_notice_is_told_with_the_first_day_that_keeps_it():
    asked = year(places=[place(not_before=date(2026, 11, 16))])

    [(rule, _, words)] = told(asked, slot())

    assert (rule, words) == (
        Rule.NOTICE,
        (
            "9 November 2026 leaves Saltwyke less than its notice: the first day that keeps it is "
            "16 November 2026."
        ),
    )


def test_two_reviews_at_an_academy_in_a_week_are_told():
    later = slot(
        "b", people=(NUALA, FEMI), starts_on=date(2026, 11, 12), ends_on=date(2026, 11, 13)
    )

    assert told(year(), slot("a"), later) == [
        (
            Rule.WEEK,
            ("a", "b"),
            "Saltwyke would have 2 reviews in the week of 9 November 2026. One a week is the most.",
        )
    ]


def test_somebody_in_two_places_is_told_once_for_both_days():
    assert told(year(), slot("a"), slot("b", DUNLOW, (NUALA, GARETH))) == [
        (
            Rule.TWICE,
            ("a", "b"),
            "Gareth would be at Saltwyke and Dunlow Vale on 9 November 2026.",
        )
    ]


def test_two_reviews_at_one_academy_name_it_once():
    words = [it[2] for it in told(year(), slot("a"), slot("b")) if it[0] == Rule.TWICE]

    assert words
    assert all(" would be on two reviews at Saltwyke on 9 November 2026." in it for it in words)


def test_more_days_than_somebody_has_are_told():
    asked = year(reviewers=[reviewer(GARETH, days_a_term=1), reviewer(SIMONE)])

    assert told(asked, slot()) == [
        (Rule.CAPACITY, ("slot",), "Gareth would give 2 days in Autumn term, and has 1.")
    ]


def test_a_conflict_of_interest_is_told_with_its_reason():
    why = {SALTWYKE: "worked there until July 2025"}
    asked = year(reviewers=[reviewer(GARETH), reviewer(SIMONE, conflicts=why)])

    assert told(asked, slot()) == [
        (
            Rule.CONFLICT,
            ("slot",),
            "Simone cannot review Saltwyke on 9 November 2026: worked there until July 2025.",
        )
    ]


def test_a_team_all_from_the_academy_is_told():
    home = [reviewer(one, home_id=SALTWYKE) for one in (GARETH, SIMONE)]

    assert [rule for rule, *_ in told(year(reviewers=home), slot())] == [Rule.OUTSIDE]
    one_away = [home[0], reviewer(SIMONE, home_id=DUNLOW)]
    assert told(year(reviewers=one_away), slot()) == []


def test_an_external_review_is_led_from_outside_the_trust():
    people = [reviewer(GARETH), reviewer(NUALA, is_external=True)]
    inside = slot(people=(GARETH, NUALA), is_led_from_outside=True)
    outside = slot(people=(NUALA, GARETH), is_led_from_outside=True)

    assert [rule for rule, *_ in told(year(reviewers=people), inside)] == [Rule.EXTERNAL]
    assert told(year(reviewers=people), outside) == []


def test_what_stands_already_counts_but_is_not_told_by_itself():
    standing = [slot("old", is_fixed=True), slot("older", is_fixed=True)]
    asked = year(fixed=standing)

    assert told(asked) == []
    assert {rule for rule, *_ in told(asked, slot("new"))} == {Rule.WEEK, Rule.TWICE}
