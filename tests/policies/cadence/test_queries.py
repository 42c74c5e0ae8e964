"""Since when a rule has been promised, from one version of the policy to the next."""

import datetime as dt

import pytest

from tests.factories import AreaFactory, CadenceRuleFactory, PolicyFactory, PolicyVersionFactory
from trigpoint.policies.cadence.queries import system_standing_rules

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = (dt.date(year, 9, 1) for year in (2023, 2024, 2025))
YEARLY = {"months": 12}


def versions(*promised, statuses=("SUPERSEDED", "SUPERSEDED", "IN_FORCE")):
    """Write one version a year, each with the rules given for it; return the last."""
    policy, version = PolicyFactory.create(), None
    for began, status, rules in zip((FIRST, SECOND, THIRD), statuses, promised, strict=True):
        version = PolicyVersionFactory.create(
            policy=policy,
            in_force=True,
            status=status,
            effective_on=began,
            review_due_on=dt.date(2027, 9, 1),
            superseded_on=began.replace(year=began.year + 1) if status == "SUPERSEDED" else None,
            withdrawn_because="Not yet" if status == "WITHDRAWN" else "",
        )
        area = AreaFactory.create(version=version, lineage="curriculum")
        for rule in rules:
            of_area = {"area": area} if rule.get("area") else {}
            CadenceRuleFactory.create(version=version, **rule | of_area)
    return version


@pytest.mark.parametrize(
    ("before", "since"),
    [
        pytest.param(([YEARLY], [YEARLY]), FIRST, id="said in every version"),
        pytest.param(([], [YEARLY]), SECOND, id="said since the second"),
        pytest.param(([YEARLY], []), THIRD, id="the version before promised nothing"),
        pytest.param(([YEARLY], [{"months": 24}]), THIRD, id="another interval"),
        pytest.param(([YEARLY], [YEARLY | {"tier": 3}]), THIRD, id="only one tier"),
        pytest.param(([YEARLY], [YEARLY | {"area": True}]), THIRD, id="only one area"),
        pytest.param(([YEARLY], [YEARLY | {"review_kind": "PEER"}]), THIRD, id="another kind"),
    ],
)
def test_a_promise_keeps_its_first_day_while_versions_say_the_same(before, since):
    [rule] = system_standing_rules(versions(*before, [YEARLY]))

    assert rule.promised_since == since


def test_a_promise_about_an_area_is_the_same_in_the_area_of_the_same_lineage():
    of_area = YEARLY | {"area": True}

    [rule] = system_standing_rules(versions([of_area], [of_area], [of_area]))

    assert rule.promised_since == FIRST


@pytest.mark.parametrize(("status", "since"), [("APPROVED", FIRST), ("DRAFT", FIRST)])
def test_a_version_to_come_carries_on_what_is_in_force(status, since):
    version = versions([YEARLY], [YEARLY], [YEARLY], statuses=("SUPERSEDED", "IN_FORCE", status))

    [rule] = system_standing_rules(version)

    assert rule.promised_since == since


def test_a_version_that_was_given_up_promised_nothing_and_breaks_nothing():
    version = versions(
        [YEARLY], [{"months": 24}], [YEARLY], statuses=("SUPERSEDED", "WITHDRAWN", "IN_FORCE")
    )

    [rule] = system_standing_rules(version)

    assert rule.promised_since == FIRST


def test_a_version_costs_one_query(django_assert_num_queries):
    version = versions([YEARLY], [YEARLY], [YEARLY])

    with django_assert_num_queries(1):
        system_standing_rules(version)
