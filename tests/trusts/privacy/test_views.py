import pytest
from django.urls import reverse

from tests.factories import TrustFactory, person
from tests.policies.writing import answers_of
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
SHOW = reverse("trusts:privacy-show")
SET = reverse("trusts:privacy-set_privacy")


@pytest.fixture
def trust():
    return TrustFactory.create(name="Wetherlow")


@pytest.mark.parametrize("role", [Role.STAFF, Role.TRUSTEE, Role.DPO])
def test_show_tells_everybody_how_they_are_protected(client, trust, role):
    client.force_login(person(role, at=trust))

    page = client.get(SHOW).content.decode()

    assert "Visits to one person" in page
    assert "Never" in page
    assert "Nothing yet" in page
    assert client.get(SET).status_code == 403


def test_set_privacy_holds_at_once_and_shows_what_changed(client, trust):
    client.force_login(person(Role.ADMINISTRATOR, at=trust))
    opened = answers_of(client.get(SET))

    wrong = client.post(SET, opened | {"may_level_named_records": "on"})
    too_few = client.post(SET, opened | {"suppress_below": "1"})
    answer = client.post(SET, opened | {"suppress_below": "8"})

    trust.refresh_from_db()
    assert (wrong.status_code, too_few.status_code, answer.status_code) == (409, 422, 302)
    assert trust.suppress_below == 8
    page = client.get(SHOW).content.decode()
    assert "Totals are not shown over fewer than: 8 instead of 5" in page


def test_set_privacy_by_two_at_once_shows_both(client, trust):
    client.force_login(person(Role.ADMINISTRATOR, at=trust))
    opened = answers_of(client.get(SET))
    client.post(SET, opened | {"suppress_below": "8"})

    other = client.post(SET, opened | {"suppress_below": "10"})

    assert other.status_code == 409
    assert "Stored now" in other.content.decode()
