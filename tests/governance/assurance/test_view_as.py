"""The assurance table read through an outside framework."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    AreaFactory,
    CrosswalkFactory,
    PolicyVersionFactory,
    person,
)
from tests.governance.assurance.test_views import judge
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
URL = reverse("governance:assurance-show")
AS = f"{URL}?as=ofsted-november-2025"
ON = dt.date(2025, 12, 9)


@pytest.fixture
def areas(client):
    version = PolicyVersionFactory.create(in_force=True)
    areas = [AreaFactory.create(version=version, position=place) for place in range(2)]
    for area in areas:
        CrosswalkFactory.create(area=area, framework="Ofsted (November 2025)", item="Inclusion")
    client.force_login(person(Role.TRUSTEE, at=version.trust))
    return areas


def test_show_puts_our_rows_under_the_items_they_map_to(client, areas):
    academy = AcademyFactory.create(trust=areas[0].trust)
    for area, mark in zip(areas, "SA", strict=True):
        judge(academy, area, mark, ON)

    page = client.get(AS)

    inclusion, *rest = page.context["seen"]
    assert (inclusion.lowest.held.level.letter, inclusion.words) == ("A", "lowest of 2 areas")
    assert not any(it.parts for it in rest)
    text = page.content.decode()
    for area in areas:
        assert reverse("governance:assurance-area", args=[area.lineage]) in text
    assert "Nothing of ours covers it" in text
    assert "Assurance by area" not in text


def test_show_by_our_areas_offers_the_other_view(client, areas):
    judge(AcademyFactory.create(trust=areas[0].trust), areas[0], "S", ON)

    text = client.get(URL).content.decode()

    assert "?as=ofsted-november-2025" in text
    assert "Assurance by area" in text


def test_show_through_a_framework_costs_the_same_for_any_number(client, areas, assert_flat):
    def add():
        academy = AcademyFactory.create(trust=areas[0].trust)
        for area in areas:
            judge(academy, area, "M", ON)

    assert_flat(AS, add_row=add, at_most=12)
