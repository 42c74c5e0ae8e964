import pytest
from django.urls import reverse

from tests.factories import DraftSecretFactory, TrustFactory, person
from trigpoint.evidence.models import DraftSecret
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


def test_unlock_answers_whoever_is_signed_in_and_is_kept_nowhere_on_the_way(client):
    reviewer = person(Role.REVIEWER, at=TrustFactory.create())
    client.force_login(reviewer)

    answer = client.post(reverse("api:devices-unlock"))

    assert answer.json() == {
        "person_id": str(reviewer.person_id),
        "name": reviewer.person.name,
        "secret": DraftSecret.objects.get().secret,
    }
    assert answer["Cache-Control"] == "no-store"


def test_unlock_outlives_the_role_of_whoever_wrote_there(client):
    wrote = DraftSecretFactory.create(person=person(Role.TRUSTEE, at=TrustFactory.create()).person)
    DraftSecretFactory.create()
    client.force_login(wrote.person.user)

    assert client.post(reverse("api:devices-unlock")).json()["secret"] == wrote.secret

    wrote.person.grants.all().delete()
    assert client.post(reverse("api:devices-unlock")).json()["secret"] == wrote.secret


def test_unlock_is_for_those_who_capture_or_did(client):
    client.force_login(person(Role.TRUSTEE, at=TrustFactory.create()))

    assert client.post(reverse("api:devices-unlock")).status_code == 403
    assert not DraftSecret.objects.exists()
