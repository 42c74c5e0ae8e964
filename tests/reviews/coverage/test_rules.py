"""What a cell says, in words."""

import datetime as dt

import pytest

from trigpoint.policies.cadence import rules as cadence
from trigpoint.policies.models import Area, CadenceRule
from trigpoint.policies.rhythms.rules import rhythm
from trigpoint.reviews.coverage import rules
from trigpoint.reviews.coverage.rules import Column, Ground

ON = dt.date(2026, 11, 1)
CURRICULUM = Column("curriculum", "Curriculum", "Curriculum", area="curriculum")
EXTERNAL = Column("EXTERNAL", "External review", "External review")


def ground(*promised, tier=3, looks=None):
    return Ground(
        promised=cadence.promises(promised, tier=tier),
        since=dt.date(2025, 9, 1),
        by=rhythm(None, {}),
        looks=looks or {},
    )


def rule(months, *, kind="TRUST", tier=None, area=None):
    area = Area(lineage=area, short_name=area.title()) if area else None
    return CadenceRule(review_kind=kind, every="MONTHS", months=months, tier=tier, area=area)


def measured(column, on_ground):
    return rules.measure(column, on_ground, on=ON, soon_days=28)


@pytest.mark.parametrize(
    ("looks", "words"),
    [
        pytest.param(
            {},
            "Trust review every year for tier 3: no look yet, was due by 1 September 2026.",
            id="never looked at",
        ),
        pytest.param(
            {("TRUST", "curriculum"): dt.date(2025, 10, 12)},
            "Trust review every year for tier 3: last look 12 October 2025, was due by 12 October "
            "2026.",
            id="overdue",
        ),
        pytest.param(
            {("DEEP_DIVE", "curriculum"): dt.date(2025, 11, 12)},
            "Trust review every year for tier 3: last look 12 November 2025, deep dive, due by 12 "
            "November 2026.",
            id="due, after another kind of review",
        ),
        pytest.param(
            {("TRUST", "curriculum"): dt.date(2026, 10, 12)},
            "Trust review every year for tier 3: last look 12 October 2026, next due by 12 October "
            "2027.",
            id="done",
        ),
    ],
)
def test_a_cell_says_by_whose_rule_it_is_as_it_is(looks, words):
    assert measured(CURRICULUM, ground(rule(12, tier=3), looks=looks)).words == words


def test_a_cell_shows_the_worst_of_what_is_promised_and_the_earliest_day():
    cell = measured(
        CURRICULUM,
        ground(
            rule(12),
            rule(24, kind="DEEP_DIVE", area="curriculum"),
            looks={
                ("TRUST", "curriculum"): dt.date(2026, 10, 1),
                ("DEEP_DIVE", "curriculum"): dt.date(2024, 10, 1),
            },
        ),
    )

    assert (cell.state, cell.due_on, cell.last_on) == (
        "OVERDUE",
        dt.date(2026, 10, 1),
        dt.date(2024, 10, 1),
    )
    assert [it.state.value for it in cell.required] == ["OVERDUE", "DONE"]
    assert rules.kinds_of(cell) == cadence.BY_OTHERS


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (CURRICULUM, "The policy promises no look at this area in this tier."),
        (EXTERNAL, "The policy promises no external review in this tier."),
    ],
)
def test_a_cell_says_that_nothing_is_required(column, words):
    cell = measured(column, ground(rule(12, kind="SELF")))

    assert (cell.state, cell.due_on, cell.last_on, cell.words) == (
        "NOT_REQUIRED",
        None,
        None,
        words,
    )
    assert rules.due_on(column, ground(rule(12, kind="SELF"))) is None


def test_counts_names_every_state():
    cells = [measured(EXTERNAL, ground()), measured(CURRICULUM, ground(rule(12)))]

    assert rules.counts(cells) == {"OVERDUE": 1, "DUE": 0, "DONE": 0, "NOT_REQUIRED": 1}
