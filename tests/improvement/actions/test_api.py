import pytest
from django.urls import reverse

from tests.factories import ActionFactory, TrustFactory, person
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


def test_index_lists_what_the_screen_lists(client):
    action = ActionFactory.create()
    ActionFactory.create()
    client.force_login(person(Role.HEADTEACHER, at=action.academy))

    answer = client.get(reverse("api:actions-index")).json()

    assert [item["id"] for item in answer["items"]] == [str(action.pk)]
    assert answer["count"] == 1


def test_show_tells_done_and_worked_apart(client):
    action = ActionFactory.create(done=True)
    client.force_login(person(Role.HEADTEACHER, at=action.academy))

    answer = client.get(reverse("api:actions-show", args=[action.pk])).json()

    assert (answer["done_on"], answer["outcome"]) == ("2026-01-30", "")


def test_show_is_not_found_by_a_stranger(client):
    action = ActionFactory.create()
    client.force_login(person(Role.QA_LEAD, at=TrustFactory.create()))

    answer = client.get(reverse("api:actions-show", args=[action.pk]))

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
