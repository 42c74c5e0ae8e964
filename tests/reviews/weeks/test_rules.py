"""Which weeks a review could be held in, what each costs, and which are best together."""

from datetime import date

from tests.reviews.proposals.years import DUNLOW, SALTWYKE, need, place, slot, year
from trigpoint.reviews.weeks import rules


def test_starts_in_keeps_days_in_a_row_within_the_week():
    shut = place(SALTWYKE, date(2026, 11, 11))

    starts = rules.starts_in(date(2026, 11, 9), need(days=2), shut)

    assert starts == (date(2026, 11, 9), date(2026, 11, 12))


def test_starts_in_keeps_notice_and_the_last_day():
    near = place(not_before=date(2026, 11, 11))

    starts = rules.starts_in(date(2026, 11, 9), need(latest_on=date(2026, 11, 12)), near)

    assert starts == (date(2026, 11, 11),)


def test_choices_are_best_first_and_leave_out_weeks_that_are_taken():
    offers = rules.choices(year(need(), fixed=[slot(starts_on=date(2026, 11, 2))]))["need"]

    assert [it.monday for it in offers[:3]] == [
        date(2026, 11, 9),
        date(2026, 10, 26),
        date(2026, 10, 19),
    ]


def test_choices_begin_in_time_where_a_week_has_days_in_time():
    [best, *_] = rules.choices(year(need(due_on=date(2026, 11, 11))))["need"]

    assert best.starts == (date(2026, 11, 9), date(2026, 11, 10))


def test_cost_is_dearer_late_than_early_and_at_the_ends_of_a_term():
    asked, monday = need(), date(2026, 11, 9)
    prices = [
        rules.cost(asked, week, edges={date(2026, 11, 2)})
        for week in (monday, date(2026, 10, 26), date(2026, 11, 23), date(2026, 11, 2))
    ]

    assert prices == [0, 2, 6, 4]


def test_edge_weeks_are_as_many_as_the_policy_keeps_free():
    assert rules.edge_weeks(year(buffer_weeks=0)) == set()
    assert rules.edge_weeks(year(buffer_weeks=2)) >= {date(2026, 9, 14), date(2026, 12, 7)}


def test_chosen_gives_reviews_of_one_academy_weeks_of_their_own():
    asked = year(need("a"), need("b"), need("c", DUNLOW))

    found = rules.chosen(asked, rules.choices(asked))

    assert found["a"] != found["b"]
    assert set(found) == {"a", "b", "c"}


def test_chosen_leaves_out_what_the_days_of_the_reviewers_do_not_reach():
    asked = year(need("a"), need("b", DUNLOW), reviewers=[])

    assert rules.chosen(asked, rules.choices(asked)) == {}


def test_chosen_spreads_the_hours_of_an_academy_over_the_terms():
    facts = {"hours": 30, "due_on": date(2027, 1, 22)}
    asked = year(*(need(key, **facts, seats=0) for key in "abc"), places=[place(ceiling_hours=60)])

    found = rules.chosen(asked, rules.choices(asked))

    assert sorted({asked.term_of(monday) for monday in found.values()}) == [0, 1]
