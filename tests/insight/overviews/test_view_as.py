"""Overviews read through an outside framework: ours, regrouped, and never converted."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    AreaFactory,
    CadenceRuleFactory,
    CrosswalkFactory,
    OutsideFrameworkFactory,
    PolicyVersionFactory,
    ScaleFactory,
    person,
)
from tests.insight.overviews.test_views import judged
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
TRUST = reverse("insight:overviews-trust")
OFSTED = "Ofsted (November 2025)"
AS = "as=ofsted-november-2025"


@pytest.fixture(autouse=True)
def february():
    with time_machine.travel(dt.datetime(2026, 2, 10, 9, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def areas(client):
    """Teaching and Welfare meet Inclusion, Teaching meets Achievement, nothing the rest."""
    version = PolicyVersionFactory.create(in_force=True)
    CadenceRuleFactory.create(version=version, months=12)
    ScaleFactory.create(version=version)
    teaching, welfare = (
        AreaFactory.create(version=version, name=name, short_name=name, lineage=name.lower(),
                           position=place)
        for place, name in enumerate(("Teaching", "Welfare"))
    )  # fmt: skip
    for area, item in ((teaching, "Inclusion"), (welfare, "Inclusion"), (teaching, "Achievement")):
        CrosswalkFactory.create(area=area, framework=OFSTED, item=item, fit="NARROWER")
    client.force_login(person(Role.QA_LEAD, at=version.trust))
    return teaching, welfare


def academy_at(areas, *ranks):
    academy = AcademyFactory.create(trust=areas[0].trust)
    for area, rank in zip(areas, ranks, strict=False):
        judged(area, academy=academy, rank=rank)
    return academy


def test_trust_offers_what_the_policy_is_mapped_to_and_no_more(client, areas):
    page = client.get(TRUST).content.decode()

    assert f"?{AS}" in page
    assert "teachers-standards" not in page


def test_trust_shows_the_lowest_of_our_areas_under_each_item(client, areas):
    academy_at(areas, 2, 4)

    page = client.get(f"{TRUST}?{AS}")

    inclusion, achievement = page.context["rows"][0].cells
    assert page.context["columns"] == ["Inclusion", "Achievement"]
    assert (inclusion.level.letter, inclusion.note, inclusion.count) == (
        "A",
        "lowest of 2 areas",
        2,
    )
    assert (achievement.level.letter, achievement.note) == ("S", "from 1 area")
    text = page.content.decode()
    assert "Inclusion: Needs attention, fair evidence" in re.sub(r"thin|strong", "fair", text)
    assert "none is turned into a level of theirs" in text
    assert "Nothing of ours covers Curriculum and teaching, " in text


def test_trust_says_where_an_area_behind_an_item_is_not_judged(client, areas):
    academy_at(areas, 3)

    inclusion, _ = client.get(f"{TRUST}?{AS}").context["rows"][0].cells

    assert (inclusion.level.letter, inclusion.note) == ("M", "from 1 area, 1 not judged")


def test_levels_of_two_scales_stand_beside_each_other(client, areas):
    _, welfare = areas
    welfare.scale = ScaleFactory.create(version=welfare.version, code="SU", name="Two levels")
    welfare.save()
    welfare.scale.levels.filter(letter__in="EMA").delete()
    academy = academy_at(areas, 2)
    judged(welfare, academy=academy, rank=5)
    AcademyFactory.create(trust=academy.trust, name="Zennor")

    page = client.get(f"{TRUST}?{AS}")
    inclusion, _ = page.context["rows"][0].cells
    listed = client.get(f"{reverse('insight:overviews-academies')}?{AS}")

    assert (inclusion.level, inclusion.note, inclusion.count) == (None, "2 areas on 2 scales", 2)
    assert [level.letter for level in inclusion.apart] == ["S", "U"]
    assert "Inclusion: Strong standard, Urgent improvement, 2 areas on 2 scales" in (
        page.content.decode()
    )
    assert [it.letter for it in listed.context["rows"][0][1][0][0]] == ["S", "U"]
    behind = client.get(inclusion.url, headers={"HX-Request": "true"}).content.decode()
    assert behind.count("from 1 area") == 2


def test_trust_walks_from_an_item_to_our_areas_and_on_to_the_judgement(client, areas):
    academy = academy_at(areas, 2, 4)
    cell = client.get(f"{TRUST}?{AS}").context["rows"][0].cells[0]

    behind = client.get(cell.url, headers={"HX-Request": "true"})
    parts = behind.context["behind"]["it"].parts
    why = client.get(parts[1].held.url, headers={"HX-Request": "true"}).context["why"]

    assert [(part.source.area, part.held.level.letter) for part in parts] == [
        ("Teaching", "S"),
        ("Welfare", "A"),
    ]
    assert "ours is narrower" in behind.content.decode()
    assert AS in parts[1].held.url
    assert (why["academy"], why["area"], why["latest"].level.letter) == (academy, areas[1], "A")


def test_trust_keeps_the_view_in_its_links(client, areas):
    academy = academy_at(areas, 2)

    page = client.get(f"{TRUST}?{AS}").content.decode()
    due = client.get(f"{TRUST}?{AS}&due=soon").content.decode()

    assert f"{reverse('insight:overviews-academy', args=[academy.pk])}?{AS}" in page
    assert f"?due=soon&amp;{AS}#grid" in page
    assert f"{TRUST}?{AS}" in due


@pytest.mark.parametrize("query", ["as=nothing", "as=", "item=inclusion", f"{AS}&item=x&at=y"])
def test_trust_takes_any_address(client, areas, query):
    academy_at(areas, 2)

    page = client.get(f"{TRUST}?{query}")

    assert page.status_code == 200
    assert len(page.context["rows"][0].cells) == 2


def test_trust_says_when_nothing_is_mapped(client, areas):
    academy_at(areas, 2)

    page = client.get(f"{TRUST}?as=teachers-standards")

    assert "not mapped to this framework" in page.content.decode()


def test_trust_explains_no_academy_of_elsewhere(client, areas):
    foreign = AcademyFactory.create()

    page = client.get(f"{TRUST}?{AS}&item=inclusion&at={foreign.pk}")

    assert page.status_code == 200
    assert page.context["behind"] is None


def test_trust_reads_through_a_framework_of_the_trust(client, areas):
    own = OutsideFrameworkFactory.create(trust=areas[0].trust)
    foreign = OutsideFrameworkFactory.create()
    CrosswalkFactory.create(area=areas[0], framework=own.label, item="Worship")
    academy_at(areas, 2)

    page = client.get(f"{TRUST}?as={own.key}")

    assert page.context["columns"] == ["Worship"]
    assert client.get(f"{TRUST}?as={foreign.key}").context["view"].chosen is None


def test_trust_through_a_framework_costs_the_same_for_any_number(client, areas, assert_flat):
    assert_flat(f"{TRUST}?{AS}", add_row=lambda: academy_at(areas, 2, 4), at_most=15)


def test_academies_show_the_lowest_of_our_areas_too(client, areas, assert_flat):
    academies = [academy_at(areas, 2, 4), academy_at(areas, 5)]

    url = reverse("insight:overviews-academies")
    page = client.get(f"{url}?{AS}")

    assert page.context["columns"] == ["Inclusion", "Achievement"]
    shown = {
        academy.name: [level.letter for (level,), _ in levels]
        for academy, levels in page.context["rows"]
    }
    assert shown == {academies[0].name: ["A", "S"], academies[1].name: ["U", "U"]}
    assert_flat(f"{url}?{AS}", add_row=lambda: academy_at(areas, 2, 4), at_most=10)


def test_academy_lists_every_item_with_our_areas_behind_it(client, areas):
    academy = academy_at(areas, 2, 4)
    url = reverse("insight:overviews-academy", args=[academy.pk])

    page = client.get(f"{url}?{AS}")

    found = {it.item.name: it for it in page.context["seen"]}
    assert len(found) == 9
    assert [part.source.area for part in found["Inclusion"].parts] == ["Teaching", "Welfare"]
    assert found["Inclusion"].lowest.held.level.letter == "A"
    text = page.content.decode()
    for part in found["Inclusion"].parts:
        assert f'href="{part.held.url}"' in text
    assert text.count("Nothing of ours covers it") == 7
    assert client.get(url).context["seen"] is None


def test_academy_through_a_framework_stays_within_its_budget(client, areas):
    academy = academy_at(areas, 2, 4)
    url = reverse("insight:overviews-academy", args=[academy.pk]) + f"?{AS}"
    client.get(url)

    with CaptureQueriesContext(connection) as queries:
        client.get(url)

    assert len(queries) <= 12
