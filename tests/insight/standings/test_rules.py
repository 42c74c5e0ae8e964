import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trigpoint.insight.standings import rules
from trigpoint.policies.models import Area, CadenceRule


def rule(months=None, *, every="MONTHS", area=None, tier=None, kind="TRUST"):
    return CadenceRule(
        review_kind=kind,
        every=every,
        months=months,
        tier=tier,
        area=Area(lineage=area) if area else None,
    )


@pytest.mark.parametrize(
    ("promised", "expected"),
    [
        pytest.param([], None, id="nothing promised"),
        pytest.param([rule(12)], 12, id="for all"),
        pytest.param([rule(12), rule(6, area="assessment")], 6, id="the area's own"),
        pytest.param([rule(3), rule(6, tier=3)], 6, id="the tier's own beats the general one"),
        pytest.param([rule(every="TERM", tier=3), rule(12)], 4, id="termly"),
        pytest.param([rule(every="HALF_TERM", tier=3)], 2, id="half-termly"),
        pytest.param([rule(12), rule(9, kind="DEEP_DIVE")], 9, id="the most frequent of equals"),
        pytest.param([rule(4, kind="SELF")], None, id="a self-review is no look by others"),
        pytest.param([rule(4, tier=1), rule(5, area="curriculum")], None, id="for others only"),
    ],
)
def test_months_between_looks(promised, expected):
    assert rules.months_between_looks(promised, area="assessment", tier=3) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2025, 8, 31), 6, dt.date(2026, 2, 28)),
        (dt.date(2025, 11, 12), 2, dt.date(2026, 1, 12)),
        (dt.date(2025, 12, 1), 12, dt.date(2026, 12, 1)),
    ],
)
def test_add_months(day, months, expected):
    assert rules.add_months(day, months) == expected


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
@given(day=st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), months=st.integers(1, 60))
def test_add_months_lands_in_the_right_month(day, months):
    later = rules.add_months(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


def test_next_due_counts_from_the_promise_when_nobody_has_looked():
    since = dt.date(2025, 9, 1)

    assert rules.next_due(last_on=None, since=since, months=12) == dt.date(2026, 9, 1)
    assert rules.next_due(last_on=None, since=since, months=None) is None
