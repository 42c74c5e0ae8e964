import pytest
from django.urls import reverse

from tests.factories import (
    CrosswalkFactory,
    OutsideFrameworkFactory,
    StandardFactory,
    person,
)
from tests.policies.writing import a_draft
from trigpoint.people.roles import Role
from trigpoint.policies.models import Crosswalk

pytestmark = pytest.mark.django_db
OFSTED = "Ofsted (November 2025)"


@pytest.fixture
def standard(client):
    lead, _, standard = a_draft()
    client.force_login(lead)
    return standard


def url(verb, *args):
    return reverse(f"policies:crosswalks-{verb}", args=args)


def map_item(standard, key="ofsted-november-2025"):
    return url("map_item", standard.version.pk) + f"?framework={key}"


def test_index_says_what_is_mapped_what_nothing_covers_and_what_is_no_item(client, standard):
    facts = {"area": standard.area, "framework": OFSTED}
    CrosswalkFactory.create(item="Inclusion", **facts)
    CrosswalkFactory.create(item="Behaviour", standard=standard, **facts)

    page = client.get(url("index", standard.version.pk))

    text = page.content.decode()
    uncovered = {it.label: names for it, names, _ in page.context["frameworks"]}
    assert "Inclusion" not in uncovered[OFSTED]
    assert "Early years" in uncovered[OFSTED]
    assert "has no item “Behaviour”" in text
    assert "item=Early%20years" in text


def test_index_costs_the_same_however_many(client, standard, assert_flat):
    assert_flat(
        url("index", standard.version.pk),
        add_row=lambda: CrosswalkFactory.create(
            area=standard.area, standard=StandardFactory.create(area=standard.area)
        ),
        at_most=9,
    )


def test_map_item_asks_for_the_framework_first(client, standard):
    own = OutsideFrameworkFactory.create(trust=standard.trust)
    foreign = OutsideFrameworkFactory.create()

    text = client.get(url("map_item", standard.version.pk)).content.decode()

    assert f"?framework={own.key}" in text
    assert foreign.label not in text


def test_map_item_for_an_area_and_for_a_standard(client, standard):
    for about in (standard.area.pk, standard.pk):
        said = {"about": about, "item": "Inclusion", "fit": "NARROWER"}
        assert client.post(map_item(standard), said).status_code == 302

    rows = Crosswalk.objects.order_by("created_at")
    assert [(row.area, row.standard) for row in rows] == [
        (standard.area, None),
        (standard.area, standard),
    ]
    assert {(row.framework, row.item) for row in rows} == {(OFSTED, "Inclusion")}


def test_map_item_takes_nothing_of_elsewhere(client, standard):
    said = {"about": standard.pk, "item": "Inclusion", "fit": "SAME"}
    foreign = StandardFactory.create()

    for wrong in ({"about": foreign.pk}, {"item": "Behaviour"}, {"fit": ""}, {"about": ""}):
        assert client.post(map_item(standard), said | wrong).status_code == 422
    assert not Crosswalk.objects.exists()


def test_map_item_keeps_what_was_typed_when_the_version_is_no_draft(client, standard):
    version = standard.version
    version.status, version.consult_until = "CONSULTATION", "2026-10-16"
    version.save()
    said = {"about": standard.pk, "item": "Inclusion", "fit": "SAME"}

    page = client.post(map_item(standard), said)

    assert page.status_code == 409
    assert "Take it back to a draft" in page.content.decode()


def test_carry_over_maps_to_the_edition_that_follows(client, standard):
    CrosswalkFactory.create(area=standard.area, framework=OFSTED, item="Inclusion")
    index = client.get(url("index", standard.version.pk)).content.decode()
    there = url("carry_over", standard.version.pk, "ofsted-september-2026")

    answer = client.post(there)

    assert f'action="{there}"' in index
    assert answer.status_code == 302
    assert Crosswalk.objects.filter(framework="Ofsted (September 2026)").count() == 1
    for key in ("ofsted-november-2025", "nothing"):  # follows none; is none
        assert client.post(url("carry_over", standard.version.pk, key)).status_code == 404


def test_everything_here_is_for_the_writers(client, standard):
    row = CrosswalkFactory.create(area=standard.area)
    client.force_login(person(Role.HEADTEACHER, at=standard.trust))

    assert client.get(url("index", standard.version.pk)).status_code == 403
    assert client.get(map_item(standard)).status_code == 403
    assert client.post(url("unmap", row.pk)).status_code == 403


def test_unmap_takes_it_out_once(client, standard):
    row = CrosswalkFactory.create(area=standard.area)

    assert client.post(url("unmap", row.pk)).status_code == 302
    assert not Crosswalk.objects.exists()
    assert client.post(url("unmap", row.pk)).status_code == 404
