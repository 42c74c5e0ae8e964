import datetime as dt

import pytest

from tests.factories import (
    AreaFactory,
    PolicyFactory,
    PolicyVersionFactory,
    ScaleFactory,
    StandardFactory,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.policies.standards import queries

pytestmark = pytest.mark.django_db


def version_of(policy, number, status):
    days = {"superseded_on": dt.date(2026, 9, 1)} if status == "SUPERSEDED" else {}
    return PolicyVersionFactory.create(
        policy=policy, number=number, in_force=True, **{"status": status, **days}
    )


def test_breaks_are_where_the_meaning_or_the_scale_changed(django_assert_num_queries):
    policy = PolicyFactory.create()
    statuses = ("SUPERSEDED", "SUPERSEDED", "SUPERSEDED", "IN_FORCE")
    versions = [version_of(policy, n, status) for n, status in enumerate(statuses, start=1)]
    for version in versions:
        scale = ScaleFactory.create(version=version, in_words=version.number == 3)
        area = AreaFactory.create(
            version=version,
            scale=scale,
            lineage="teaching",
            meaning_changed="The bar rose." if version.number in (2, 4) else "",
        )
        StandardFactory.create(area=area, lineage="clear")
        AreaFactory.create(version=version, lineage="welfare")
    reader = person(Role.STAFF, at=policy.trust)
    assert reader.access.holds("policies.view")

    with django_assert_num_queries(1):
        _, together = queries.areas_and_breaks(viewer=reader)
    with django_assert_num_queries(1):
        apart = queries.breaks(viewer=reader)
    with django_assert_num_queries(1):
        full = queries.breaks_in_full(viewer=reader)

    words = "It is judged in words, without a level."
    levels = "It is judged on the scale “Five levels”."
    assert together == apart
    assert full.areas == apart.areas
    assert full.areas["teaching"] == (
        (2, "The bar rose."),
        (3, words),
        (4, f"The bar rose. {levels}"),
    )
    assert full.standards["clear"] == ((3, words), (4, levels))
    assert "welfare" not in full.areas


def test_a_standard_that_moves_to_an_area_on_another_scale_breaks_its_trend():
    policy = PolicyFactory.create()
    for number, status in ((1, "SUPERSEDED"), (2, "IN_FORCE")):
        version = version_of(policy, number, status)
        words = ScaleFactory.create(version=version, in_words=True)
        levels = AreaFactory.create(version=version, lineage="teaching")
        in_words = AreaFactory.create(version=version, lineage="welfare", scale=words)
        StandardFactory.create(area=levels if number == 1 else in_words, lineage="kind")
        StandardFactory.create(area=levels, lineage="clear")

    full = queries.breaks_in_full(viewer=person(Role.STAFF, at=policy.trust))

    assert full.standards == {"kind": ((2, "It is judged in words, without a level."),)}
    assert full.areas == {}
