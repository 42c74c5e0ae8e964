import pytest
from django.urls import reverse

from tests.factories import JudgementFactory, person
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


def test_index_lists_what_one_may_see_and_names_nobody(client):
    judgement = JudgementFactory.create()
    JudgementFactory.create()
    client.force_login(person(Role.TRUSTEE, at=judgement.academy))

    answer = client.get(reverse("api:levels-index")).json()

    assert [it["level"] for it in answer["items"]] == ["Meets standard"]
    assert str(judgement.made_by_id) not in str(answer)


def test_what_is_provisional_is_not_listed_or_found_even_by_those_who_judge(client):
    judgement = JudgementFactory.create(provisional=True)
    client.force_login(person(Role.QA_LEAD, at=judgement.trust))

    assert client.get(reverse("api:levels-index")).json()["items"] == []
    assert client.get(reverse("api:levels-show", args=[judgement.pk])).status_code == 404


def test_show_is_not_found_by_a_stranger(client):
    judgement = JudgementFactory.create()
    client.force_login(person(Role.QA_LEAD, at=judgement.trust))
    url = reverse("api:levels-show", args=[judgement.pk])

    assert client.get(url).json()["strength_facts"]["records"] == 6
    client.force_login(person(Role.QA_LEAD, at=JudgementFactory.create().trust))
    assert client.get(url).status_code == 404
