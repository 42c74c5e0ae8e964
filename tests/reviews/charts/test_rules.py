"""What the page of the year draws."""

import datetime as dt

from tests.reviews.proposals.years import DUNLOW, SALTWYKE, place, reviewer, year
from trigpoint.reviews.assignment.rules import Breach, Rule, Term
from trigpoint.reviews.charts import rules
from trigpoint.reviews.charts.rules import Event, Facts

TODAY = dt.date(2026, 11, 12)


def event(key="a", day="2026-11-09", academy=SALTWYKE, state="proposed", **facts):
    return Event(
        **{
            "key": key,
            "academy_id": academy,
            "academy": "Saltwyke",
            "kind": "DEEP_DIVE",
            "starts_on": dt.date.fromisoformat(day),
            "state": state,
            **facts,
        }
    )


def drawn(*events, term=None, **facts):
    asked = year(**facts)
    tiers = dict.fromkeys((SALTWYKE, DUNLOW), 2)
    return rules.chart(
        Facts(year=asked, tiers=tiers, teachers={SALTWYKE: 8}, events=events, on=TODAY, term=term)
    )


def test_chart_numbers_the_school_weeks_and_names_their_months():
    chart = drawn()

    assert [week.number for week in chart.weeks] == [*range(1, 16), *range(1, 13)]
    assert chart.months == (("Sep", 4), ("Oct", 4), ("Nov", 5), ("Dec", 2), ("Jan", 4), ("Feb", 4), ("Mar", 4))  # fmt: skip
    assert [week.monday for week in chart.weeks if week.is_now] == [dt.date(2026, 11, 9)]
    ends = [week.monday for week in chart.weeks if week.is_term_end]
    assert ends == [dt.date(2026, 12, 14), dt.date(2027, 3, 22)]


def test_a_week_of_holidays_in_a_term_has_its_number_as_in_the_frame_of_every_page():
    off = [dt.date(2026, 10, day) for day in range(26, 31)]
    chart = drawn(places=[place(SALTWYKE, *off), place(DUNLOW, *off)])
    numbers = {week.monday: week.number for week in chart.weeks}

    assert dt.date(2026, 10, 26) not in numbers
    before, after = numbers[dt.date(2026, 10, 19)], numbers[dt.date(2026, 11, 2)]
    assert after == before + 2
    assert [week.number for week in chart.weeks][-1] == 12


def test_chart_puts_events_in_their_academy_s_week_and_what_falls_in_holidays_before_them():
    chart = drawn(event(), event("b", "2026-12-24"), event("c", academy=DUNLOW))

    held = [
        (row.place.name, cell.week.monday, it.key)
        for row in chart.rows
        for cell in row.cells
        for it in cell.events
    ]
    assert held == [
        ("Saltwyke", dt.date(2026, 11, 9), "a"),
        ("Saltwyke", dt.date(2026, 12, 14), "b"),
        ("Dunlow Vale", dt.date(2026, 11, 9), "c"),
    ]


def test_chart_adds_up_hours_visits_and_days():
    chart = drawn(event(hours=30, visits=4, days=6), event("b", "2027-01-11", hours=15, visits=2))

    saltwyke, dunlow = chart.rows
    assert (saltwyke.hours, saltwyke.visits, saltwyke.is_over) == (45, 0.75, True)
    assert (dunlow.hours, dunlow.visits, dunlow.is_over) == (0, None, False)
    assert (chart.days, chart.capacity, chart.days_there_are) == (6, 3, 81)  # 4 people x 24 / 27


def test_a_week_is_drawn_against_the_line_of_capacity_and_over_it_in_red():
    chart = drawn(event(days=6), event("b", "2027-01-11", days=3))
    over, full, none = (
        next(week for week in chart.weeks if week.monday == dt.date.fromisoformat(day))
        for day in ("2026-11-09", "2027-01-11", "2027-01-18")
    )

    assert [(it.top, it.height, it.is_over) for it in (over, full, none)] == [
        (0, 42, True),
        (15, 27, False),
        (42, 0, False),
    ]


def test_chart_of_a_term_shows_its_weeks_alone_and_the_year_s_hours():
    chart = drawn(event(hours=30), term=1)

    assert [week.number for week in chart.weeks] == list(range(1, 13))
    assert chart.rows[0].hours == 30


def test_a_week_an_academy_is_closed_in_is_marked():
    shut = place(DUNLOW, *(dt.date(2026, 11, day) for day in range(9, 14)))

    chart = drawn(places=[place(), shut])

    closed = [(row.place.name, cell.week.monday) for row in chart.rows for cell in row.cells if cell.is_closed]  # fmt: skip
    assert closed == [("Dunlow Vale", dt.date(2026, 11, 9))]


def test_a_year_without_weeks_or_reviewers_is_drawn_empty():
    chart = drawn(places=[place(works_on=frozenset())], reviewers=[reviewer(days_a_term=0)])

    assert (chart.weeks, chart.days, chart.capacity) == ((), 0, 0)


def test_events_say_what_they_are_and_how_they_stand():
    events = [
        event(),
        event(state="done", kind="TRUST"),
        event(state="agreed", kind="SELF", is_clash=True),
        event(state="overdue", area="Welfare"),
        event(is_behind=True),
    ]

    assert [(it.letter, it.what, it.how, it.look) for it in events] == [
        ("D", "Deep dive", "proposed", "is-prop"),
        ("R", "Whole review", "done", "is-done"),
        ("S", "Self-review", "agreed, clash", "is-clash"),
        ("D", "Deep dive of Welfare", "overdue", "is-late"),
        ("D", "Deep dive", "proposed, late", "is-prop is-late"),
    ]


def test_clashing_marks_those_named_but_not_for_a_term_s_days():
    broken = [Breach(Rule.TWICE, ("a", "x"), ""), Breach(Rule.CAPACITY, ("b",), "")]

    marked = rules.clashing([event("a"), event("b")], broken)

    assert [it.is_clash for it in marked] == [True, False]


def test_tally_counts_by_how_they_stand():
    assert rules.tally([event(), event("b"), event("c", state="done")]) == {
        "done": 1,
        "agreed": 0,
        "proposed": 2,
        "overdue": 0,
    }


def test_terms_to_show_are_the_year_and_each_term():
    terms = [Term("Autumn term", TODAY, TODAY), Term("Lent", TODAY, TODAY)]

    assert rules.terms_to_show(terms) == [("", "Year"), ("0", "Autumn"), ("1", "Lent")]
