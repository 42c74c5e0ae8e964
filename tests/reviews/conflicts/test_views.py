"""Conflicts of interest through the browser's door."""

import pytest
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    ConflictOfInterestFactory,
    PersonFactory,
    ReviewerProfileFactory,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.reviews.models import ConflictOfInterest

pytestmark = pytest.mark.django_db


@pytest.fixture(name="reviewer")
def _reviewer(client):
    user = person(Role.REVIEWER, at=AcademyFactory.create().trust)
    ReviewerProfileFactory.create(person=user.person)
    client.force_login(user)
    return user


def test_declare_offers_the_academies_of_the_trust_and_keeps_it(client, reviewer):
    academy = AcademyFactory.create(trust=reviewer.person.trust, name="Saltwyke")
    foreign = AcademyFactory.create()
    url = reverse("reviews:conflicts-declare", args=[reviewer.person_id])

    asked = client.get(url).content.decode()
    answer = client.post(url, {"academy": academy.pk, "kind": "RELATED", "words": "My sister."})

    assert "Saltwyke" in asked
    assert foreign.name not in asked
    assert answer.status_code == 302
    assert ConflictOfInterest.objects.get().academy == academy


def test_declare_asks_again_for_what_is_missing_and_refuses_what_cannot_be(client, reviewer):
    url = reverse("reviews:conflicts-declare", args=[reviewer.person_id])
    academy = AcademyFactory.create(trust=reviewer.person.trust)
    dates = {"starts_on": "2025-11-12", "ends_on": "2025-11-01"}

    empty = client.post(url, {})
    wrong = client.post(url, {"academy": academy.pk, "kind": "RELATED", **dates})

    assert (empty.status_code, wrong.status_code) == (422, 409)
    assert "The last day is before the first" in wrong.content.decode()


def test_declare_is_not_for_a_colleague(client, reviewer):
    colleague = PersonFactory.create(trust=reviewer.person.trust)

    assert client.get(reverse("reviews:conflicts-declare", args=[colleague.pk])).status_code == 404


def test_end_asks_why(client, reviewer):
    row = ConflictOfInterestFactory.create(
        person=reviewer.person, academy__trust=reviewer.person.trust, academy__name="Saltwyke"
    )
    url = reverse("reviews:conflicts-end", args=[row.pk])

    assert "Saltwyke" in client.get(url).content.decode()
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"because": "She moved away."}).status_code == 302
    assert client.post(url, {"because": "Again"}).status_code == 409
    row.refresh_from_db()
    assert row.ended_because == "She moved away."
