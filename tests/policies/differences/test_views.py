import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import PolicyVersionFactory, person
from tests.policies.writing import a_draft
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


def url(version):
    return reverse("policies:differences-show", args=[version.pk])


def test_show_compares_with_the_version_before_or_the_one_asked_for(client):
    _, version, _ = a_draft(in_force=True, number=3)
    for number in (1, 2):
        PolicyVersionFactory.create(
            policy=version.policy,
            in_force=True,
            status="SUPERSEDED",
            superseded_on=dt.date(2025, 9, 1),
            number=number,
        )
    client.force_login(person(Role.TRUSTEE, at=version.trust))

    page = client.get(url(version)).content.decode()
    older = client.get(f"{url(version)}?since=1").content.decode()

    assert "Compared with version 2" in page
    assert "Compared with version 1" in older
    assert "T1 Clear" in page


def test_show_of_the_first_version_says_there_is_none_before(client):
    version = PolicyVersionFactory.create(in_force=True, number=1)
    client.force_login(person(Role.STAFF, at=version.trust))

    assert "The first version" in client.get(url(version)).content.decode()


def test_show_never_compares_with_a_draft_one_may_not_read(client):
    draft = PolicyVersionFactory.create(number=1)
    version = PolicyVersionFactory.create(policy=draft.policy, in_force=True, number=2)
    client.force_login(person(Role.STAFF, at=version.trust))

    page = client.get(f"{url(version)}?since=1").content.decode()

    assert "The first version" in page
    assert client.get(url(draft)).status_code == 404
