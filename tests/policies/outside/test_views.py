import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import (
    AreaFactory,
    CrosswalkFactory,
    OutsideFrameworkFactory,
    PolicyVersionFactory,
    StandardFactory,
    person,
)
from tests.policies.outside.files import FAULTY, FILE
from trigpoint.people.roles import Role
from trigpoint.policies.outside import rules
from trigpoint.policies.outside.models import OutsideFramework

pytestmark = pytest.mark.django_db
INDEX = reverse("policies:outside-index")
BRING_IN = reverse("policies:outside-bring_in")


@pytest.fixture
def area(client):
    area = AreaFactory.create(
        version=PolicyVersionFactory.create(in_force=True), name="Teaching", code="T"
    )
    client.force_login(person(Role.QA_LEAD, at=area.trust))
    return area


def show(key):
    return reverse("policies:outside-show", args=[key])


def upload(text):
    return SimpleUploadedFile("outside.yaml", text.encode())


def test_index_counts_the_items_ours_meets_and_says_what_follows_what(client, area):
    for item in ("Inclusion", "Achievement", "Achievement"):
        CrosswalkFactory.create(area=area, framework="Ofsted (November 2025)", item=item)

    page = client.get(INDEX).content.decode()

    assert "2 of 9 items" in page
    assert "followed by Ofsted (September 2026)" in page
    assert "Not checked" in page


def test_index_costs_the_same_however_many(client, area, assert_flat):
    def add():
        framework = OutsideFrameworkFactory.create(trust=area.trust)
        CrosswalkFactory.create(area=area, framework=framework.label, item="Worship")

    assert_flat(INDEX, add_row=add, at_most=8)


def test_show_says_which_of_ours_meets_each_item_and_what_nothing_covers(client, area):
    standard = StandardFactory.create(area=area, code="T1", title="Clear")
    facts = {"area": area, "framework": "Ofsted (November 2025)", "fit": "NARROWER"}
    CrosswalkFactory.create(item="Achievement", **facts)
    CrosswalkFactory.create(item="Inclusion", standard=standard, **facts)

    page = client.get(show("ofsted-november-2025"))

    rows = {item["name"]: rows for item, _, rows in page.context["items"]}
    assert [it.area for it in rows["Achievement"]] == [area]
    assert [it.standard for it in rows["Inclusion"]] == [standard]
    assert "Early years" in page.context["uncovered"]
    assert "ours is narrower" in page.content.decode()


def test_show_leaves_out_what_a_draft_maps_to(client, area):
    draft = AreaFactory.create(version=PolicyVersionFactory.create(policy=area.version.policy))
    CrosswalkFactory.create(area=draft, framework="Ofsted (November 2025)", item="Inclusion")

    assert "Inclusion" in client.get(show("ofsted-november-2025")).context["uncovered"]


def test_show_does_not_know_the_framework_of_another_trust(client, area):
    ours, theirs = (
        OutsideFrameworkFactory.create(trust=area.trust),
        OutsideFrameworkFactory.create(),
    )

    assert client.get(show(ours.key)).status_code == 200
    assert client.get(show(theirs.key)).status_code == 404
    assert client.get(show("nothing")).status_code == 404
    assert theirs.label not in client.get(INDEX).content.decode()


def test_show_is_for_everybody_who_reads_the_policy_and_changing_for_its_writers(client, area):
    own = OutsideFrameworkFactory.create(trust=area.trust)
    client.force_login(person(Role.TRUSTEE, at=area.trust))

    page = client.get(show(own.key))

    assert page.status_code == 200
    assert "Take out" not in page.content.decode()
    assert "Bring one in" not in client.get(INDEX).content.decode()
    assert client.get(BRING_IN).status_code == 403
    assert client.post(reverse("policies:outside-remove", args=[own.pk])).status_code == 403


def test_bring_in_previews_then_keeps(client, area):
    page = client.post(BRING_IN, {"file": upload(FILE)})
    text = page.content.decode()

    assert page.status_code == 200
    assert "Bring in Diocesan expectations (2026)?" in text
    assert "How it serves others." in text
    assert not OutsideFramework.objects.exists()

    answer = client.post(BRING_IN, dict(page.context["form"].answers()))

    assert answer.url == show("diocese-2026")
    assert OutsideFramework.objects.get().trust == area.trust


def test_bring_in_says_in_the_preview_that_the_edition_is_there(client, area):
    client.post(BRING_IN, {"text": FILE, "confirmed": "on"})

    page = client.post(BRING_IN, {"file": upload(FILE)})
    again = client.post(BRING_IN, {"text": FILE, "confirmed": "on"})

    assert "an edition never changes" in page.content.decode()
    assert again.status_code == 409
    assert OutsideFramework.objects.count() == 1


@pytest.mark.parametrize(("text", "words"), FAULTY)
def test_bring_in_refuses_a_faulty_file_with_its_lines_and_keeps_nothing(client, area, text, words):
    page = client.post(BRING_IN, {"file": upload(text), "confirmed": "on"})

    assert page.status_code == 422
    assert words.split(":", 1)[0] in page.content.decode()
    assert any(str(it).startswith(words) for it in page.context["form"].errors["file"])
    assert not OutsideFramework.objects.exists()


def test_bring_in_asks_for_the_file(client, area):
    page = client.post(BRING_IN, {})

    assert page.status_code == 422
    assert "Choose the file of the framework" in page.content.decode()


def test_remove_takes_out_what_nothing_maps_to(client, area):
    own = OutsideFrameworkFactory.create(trust=area.trust)
    row = CrosswalkFactory.create(area=area, framework=own.label, item="Worship")
    url = reverse("policies:outside-remove", args=[own.pk])

    refused = client.post(url)
    row.delete()

    assert refused.status_code == 409
    assert "Bring in a later edition" in refused.content.decode()
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 404
    foreign = OutsideFrameworkFactory.create()
    assert client.post(reverse("policies:outside-remove", args=[foreign.pk])).status_code == 404


def test_export_reads_back_as_the_same(client, area):
    own = OutsideFrameworkFactory.create(trust=area.trust)

    answer = client.get(reverse("policies:outside-export", args=[own.key]))

    assert rules.check(answer.content).outside.file == own.content
    assert f"{own.key}.yaml" in answer["Content-Disposition"]
    assert yaml.safe_load(answer.content)["name"] == own.content["name"]


def test_schema_is_handed_out(client, area):
    answer = client.get(reverse("policies:outside-schema"))

    assert answer.json()["$id"] == "urn:trigpoint:outside:1"
