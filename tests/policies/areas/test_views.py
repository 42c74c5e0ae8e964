import pytest
from django.urls import reverse

from tests.factories import AreaFactory
from tests.policies.writing import a_draft, answers_of
from trigpoint.policies.models import Area, PolicyVersion
from trigpoint.records.models import HistoryEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def area(client):
    lead, _, standard = a_draft()
    client.force_login(lead)
    return standard.area


def url(verb, row):
    return reverse(f"policies:areas-{verb}", args=[row.pk])


def test_add_puts_an_area_at_the_end_once(client, area):
    said = {"code": "X", "name": "Sixth form", "short_name": "Sixth form"}

    for _ in range(2):
        assert client.post(url("add", area.version), said).status_code == 302

    made = area.version.areas.get(code="X")
    assert (made.lineage, made.position) == ("sixth-form", area.position + 1)


def test_add_refuses_a_code_that_is_taken_and_a_bad_one(client, area):
    said = {"code": "T", "name": "Talk", "short_name": "Talk"}

    taken = client.post(url("add", area.version), said)
    wrong = client.post(url("add", area.version), said | {"code": "t1"})

    assert (taken.status_code, wrong.status_code) == (409, 422)
    assert "The code T is taken by Teaching" in taken.content.decode()


def test_add_gives_a_lineage_the_policy_never_had(client, area):
    earlier = PolicyVersion.objects.create(trust=area.trust, policy=area.version.policy, number=1,
                                           status="WITHDRAWN", withdrawn_because="x")  # fmt: skip
    AreaFactory.create(version=earlier, lineage="sixth-form")

    client.post(
        url("add", area.version), {"code": "X", "name": "Sixth form", "short_name": "Sixth form"}
    )

    assert area.version.areas.get(code="X").lineage == "sixth-form-2"


def test_reword_changes_words_and_keeps_the_lineage_and_both_versions(client, area):
    opened = answers_of(client.get(url("reword", area)))
    area.name = "Teaching and learning"

    client.post(url("reword", area), opened | {"name": "Teaching and learning"})
    other = client.post(url("reword", area), opened | {"name": "Learning"})

    area.refresh_from_db()
    assert (area.name, area.lineage) == ("Teaching and learning", "teaching")
    assert other.status_code == 409
    entry = HistoryEntry.objects.get(verb="area reworded")
    assert entry.detail["before"]["name"] == "Teaching"


def test_move_changes_places(client, area):
    second = AreaFactory.create(version=area.version, position=area.position + 1)

    client.post(url("move", second), {"to": "up"})
    client.post(url("move", second), {"to": "up"})

    assert list(area.version.areas.order_by("position")) == [second, area]


def test_remove_asks_first_and_takes_its_standards_along(client, area):
    page = client.get(url("remove", area)).content.decode()

    client.post(url("remove", area))

    assert "T1 Clear" in page
    assert not Area.objects.filter(pk=area.pk).exists()


def test_remove_is_refused_once_people_are_reading(client, area):
    PolicyVersion.objects.filter(pk=area.version_id).update(
        status="CONSULTATION", consult_until="2026-10-16"
    )

    answer = client.post(url("remove", area))

    assert answer.status_code == 409
    assert "Take it back to a draft" in answer.content.decode()
    assert Area.objects.filter(pk=area.pk).exists()
