import pytest
from django.urls import reverse

from tests.factories import FindingFactory, person
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


def test_index_narrows_by_kind(client):
    finding = FindingFactory.create(published=True)
    FindingFactory.create(review=finding.review, published=True, kind="STRENGTH")
    client.force_login(person(Role.HEADTEACHER, at=finding.academy))

    answer = client.get(reverse("api:findings-index"), {"kind": "DEVELOPMENT"}).json()

    assert [it["id"] for it in answer["items"]] == [str(finding.pk)]


def test_show_is_for_those_who_may_read_it(client):
    finding = FindingFactory.create()
    url = reverse("api:findings-show", args=[finding.pk])

    client.force_login(person(Role.QA_LEAD, at=finding.trust))
    assert client.get(url).json()["title"] == finding.title
    client.force_login(person(Role.HEADTEACHER, at=finding.academy))
    assert client.get(url).status_code == 404
