"""Coverage says what the facts say, whatever the policy, the tiers and the history."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import (
    AcademyFactory,
    AreaFactory,
    CadenceRuleFactory,
    PolicyVersionFactory,
    ReviewFactory,
    TierChangeFactory,
    person,
)
from tests.reviews.coverage.histories import TODAY, by_hand, days, histories, turning_points, write
from trigpoint.insight.models import Standing
from trigpoint.insight.standings import operations as standings
from trigpoint.people.models import User
from trigpoint.people.roles import Role
from trigpoint.reviews.coverage import queries, rules
from trigpoint.trusts.models import Academy

pytestmark = pytest.mark.django_db
SLOWLY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def counted(viewer, on, today=TODAY):
    return {
        (row.academy.pk, cell.column.key): (cell.state.value, cell.due_on)
        for of_kinds in (False, True)
        for row in queries.sheet(viewer=viewer, on=on, today=today, of_kinds=of_kinds).rows
        for cell in row.cells
    }


@pytest.mark.slow
@SLOWLY
@given(history=histories(), chosen=st.data())
def test_coverage_equals_a_recount_by_hand(history, chosen):
    on = chosen.draw(days | st.sampled_from(turning_points(history)))
    with transaction.atomic():
        write(history)
        viewer = person(Role.QA_LEAD, at=history.trust)

        assert counted(viewer, on) == by_hand(history, on)

        transaction.set_rollback(True)


@pytest.mark.slow
@SLOWLY
@given(history=histories())
def test_the_overview_and_coverage_never_disagree_today(history):
    with transaction.atomic():
        write(history)
        viewer = person(Role.QA_LEAD, at=history.trust)

        standings.system_rebuild(history.trust.pk)

        sheet = queries.sheet(viewer=viewer, on=TODAY, today=TODAY)
        shown = {
            (row.academy.pk, cell.column.key): cell.due_on
            for row in sheet.rows
            for cell in row.cells
        }
        kept = {(it.academy_id, it.area_lineage): it.due_on for it in Standing.objects.all()}
        assert {key: kept[key] for key in shown if key in kept} == {
            key: day for key, day in shown.items() if key in kept
        }
        assert {key for key in shown if key not in kept} <= {
            (it.row.pk, area)
            for it in history.schools
            if it.closed_on
            for area in ("curriculum", "welfare")
        }

        transaction.set_rollback(True)


@pytest.fixture
def version():
    return PolicyVersionFactory.create(in_force=True)  # from 1 September 2025


@pytest.fixture
def area(version):
    return AreaFactory.create(version=version, lineage="curriculum", short_name="Curriculum")


def only(viewer, on, *, of_kinds=False, today=TODAY):
    [row] = queries.sheet(viewer=viewer, on=on, today=today, of_kinds=of_kinds).rows
    return row


def test_sheet_takes_the_version_and_the_tier_of_the_day(version, area):
    earlier = PolicyVersionFactory.create(
        policy=version.policy,
        in_force=True,
        status="SUPERSEDED",
        effective_on=dt.date(2024, 9, 1),
        superseded_on=version.effective_on,
    )
    AreaFactory.create(version=earlier, lineage="curriculum")
    CadenceRuleFactory.create(version=earlier, months=24)
    CadenceRuleFactory.create(version=version, tier=3, months=3)
    academy = AcademyFactory.create(trust=version.trust, tier=3)
    TierChangeFactory.create(academy=academy, tier=3, decided_on=dt.date(2026, 1, 10))
    viewer = person(Role.QA_LEAD, at=version.trust)

    facts = [
        (row.tier, row.cells[0].state, row.cells[0].due_on)
        for row in (
            only(viewer, on)
            for on in (dt.date(2025, 8, 31), dt.date(2025, 9, 1), dt.date(2026, 1, 10))
        )
    ]

    assert facts == [
        (2, "DUE", dt.date(2026, 9, 1)),
        (2, "NOT_REQUIRED", None),
        (3, "OVERDUE", dt.date(2025, 12, 1)),
    ]


def test_sheet_of_a_day_before_any_policy_is_empty(version):
    AcademyFactory.create(trust=version.trust)
    viewer = person(Role.QA_LEAD, at=version.trust)

    sheet = queries.sheet(viewer=viewer, on=dt.date(2025, 8, 31), today=TODAY)

    assert (sheet.version, list(sheet.rows)) == (None, [])


@pytest.mark.parametrize(
    ("status", "on", "is_next"),
    [
        pytest.param("DRAFT", dt.date(2026, 9, 1), False, id="a draft asks nothing"),
        pytest.param("APPROVED", dt.date(2026, 9, 1), True, id="approved for a day to come"),
        pytest.param("APPROVED", dt.date(2026, 8, 31), False, id="before that day"),
        pytest.param("WITHDRAWN", dt.date(2026, 9, 1), False, id="withdrawn"),
    ],
)
def test_a_day_to_come_is_held_to_what_is_approved_for_it(version, status, on, is_next):
    to_come = PolicyVersionFactory.create(
        policy=version.policy,
        in_force=True,
        status=status,
        effective_on=dt.date(2026, 9, 1),
        review_due_on=dt.date(2027, 9, 1),
        withdrawn_because="Not yet" if status == "WITHDRAWN" else "",
    )

    found = queries.system_version_on(version.trust_id, on=on, today=TODAY)

    assert found == (to_come if is_next else version)


def test_sheet_counts_academies_from_the_day_they_join_until_they_close(version, area):
    joined, closed = dt.date(2025, 10, 1), dt.date(2026, 3, 1)
    AcademyFactory.create(trust=version.trust, joined_on=joined, closed_on=closed)
    viewer = person(Role.QA_LEAD, at=version.trust)
    day = dt.timedelta(days=1)

    there = [
        len(queries.sheet(viewer=viewer, on=on, today=TODAY).rows)
        for on in (joined - day, joined, closed - day, closed)
    ]

    assert there == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("kind", "status", "state"),
    [
        pytest.param("TRUST", "CORROBORATING", "DONE", id="fieldwork is over"),
        pytest.param("DEEP_DIVE", "CLOSED", "DONE", id="any look by others"),
        pytest.param("SELF", "CLOSED", "DUE", id="a self-review is no look by others"),
        pytest.param("TRUST", "FIELDWORK", "DUE", id="fieldwork goes on"),
        pytest.param("TRUST", "PLANNED", "DUE", id="only planned"),
        pytest.param("TRUST", "CANCELLED", "DUE", id="cancelled"),
    ],
)
def test_what_counts_as_a_look(version, area, kind, status, state):
    CadenceRuleFactory.create(version=version, months=12)
    academy = AcademyFactory.create(trust=version.trust)
    ReviewFactory.create(
        academy=academy,
        policy_version=version,
        kind=kind,
        status=status,
        closed_on=dt.date(2025, 12, 1) if status == "CLOSED" else None,
        cancelled_because="Snow" if status == "CANCELLED" else "",
        areas=[area],
    )

    row = only(person(Role.QA_LEAD, at=version.trust), dt.date(2026, 1, 5))

    assert row.cells[0].state == state


def test_a_self_review_keeps_what_asks_for_one(version, area):
    CadenceRuleFactory.create(version=version, review_kind="SELF", months=12)
    academy = AcademyFactory.create(trust=version.trust)
    ReviewFactory.create(
        academy=academy, policy_version=version, kind="SELF", looked_on=dt.date(2025, 12, 1)
    )

    row = only(person(Role.QA_LEAD, at=version.trust), dt.date(2026, 1, 5), of_kinds=True)

    assert [(it.column.key, it.state.value) for it in row.cells] == [("SELF", "DONE")]


def test_a_look_of_the_same_area_under_an_earlier_version_counts(version, area):
    CadenceRuleFactory.create(version=version, months=12)
    earlier = AreaFactory.create(
        version=PolicyVersionFactory.create(policy=version.policy), lineage=area.lineage
    )
    academy = AcademyFactory.create(trust=version.trust)
    ReviewFactory.create(
        academy=academy,
        policy_version=earlier.version,
        looked_on=dt.date(2025, 6, 1),
        areas=[earlier],
    )

    row = only(person(Role.QA_LEAD, at=version.trust), dt.date(2026, 1, 5))

    assert row.cells[0].due_on == dt.date(2026, 6, 1)


def test_a_review_that_ended_early_counts_today_and_not_in_the_past(version, area):
    CadenceRuleFactory.create(version=version, months=12)
    academy = AcademyFactory.create(trust=version.trust)
    ReviewFactory.create(
        academy=academy,
        policy_version=version,
        status="CORROBORATING",
        fieldwork_starts_on=TODAY,
        fieldwork_ends_on=TODAY + dt.timedelta(days=1),
        areas=[area],
    )
    viewer = person(Role.QA_LEAD, at=version.trust)

    assert only(viewer, TODAY).cells[0].last_on == TODAY + dt.timedelta(days=1)
    assert only(viewer, TODAY - dt.timedelta(days=1)).cells[0].last_on is None


@pytest.mark.parametrize(
    ("on", "state"),
    [
        pytest.param(dt.date(2026, 3, 29), "DUE", id="the day itself, as the clocks go forward"),
        pytest.param(dt.date(2026, 3, 30), "OVERDUE", id="the day after"),
        pytest.param(dt.date(2026, 3, 1), "DUE", id="four weeks before"),
        pytest.param(dt.date(2026, 2, 28), "DONE", id="earlier"),
    ],
)
def test_days_are_right_across_the_clock_change(version, area, on, state):
    CadenceRuleFactory.create(version=version, months=5)
    academy = AcademyFactory.create(trust=version.trust)
    ReviewFactory.create(
        academy=academy, policy_version=version, looked_on=dt.date(2025, 10, 29), areas=[area]
    )

    assert only(person(Role.QA_LEAD, at=version.trust), on).cells[0].state == state


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("place", ["trust", "own", "sibling", "foreign"])
def test_one_sees_exactly_the_academies_the_rule_allows(version, role, place):
    own, sibling = AcademyFactory.create_batch(2, trust=version.trust)
    at = {
        "trust": version.trust,
        "own": own,
        "sibling": sibling,
        "foreign": AcademyFactory.create(),
    }
    viewer = User.objects.get(pk=person(role, at=at[place]).pk)

    listed = set(queries.academies(viewer=viewer, on=TODAY))

    assert listed == {it for it in Academy.objects.all() if rules.may_view(viewer, it)}


def test_looks_lead_from_a_cell_to_the_reviews_behind_it(version, area):
    CadenceRuleFactory.create(version=version, months=12)
    academy = AcademyFactory.create(trust=version.trust)
    common = {"academy": academy, "policy_version": version}
    counted_one = ReviewFactory.create(**common, looked_on=dt.date(2025, 12, 1), areas=[area])
    ReviewFactory.create(**common, kind="SELF", looked_on=dt.date(2025, 12, 2), areas=[area])
    ReviewFactory.create(**common, looked_on=dt.date(2025, 12, 3))
    planned = ReviewFactory.create(**common, areas=[area])
    viewer = person(Role.QA_LEAD, at=version.trust)
    on = dt.date(2026, 1, 5)

    _, row = queries.cell(
        viewer=viewer, on=on, today=TODAY, academy_id=academy.pk, column="curriculum"
    )

    assert queries.looks(row, viewer=viewer, on=on, today=TODAY) == [(counted_one, True)]
    assert list(queries.to_come(row, viewer=viewer)) == [planned]
