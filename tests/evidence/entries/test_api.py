import json
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories import ActivityFactory, EvidenceRecordFactory, person
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    return ActivityFactory.create()


@pytest.fixture
def put(client, activity):
    client.force_login(person(Role.REVIEWER, at=activity.trust))

    def send(record_id, content, base=None):
        return client.put(
            reverse("api:entries-save", args=[record_id]),
            json.dumps({"content": content, "base_revision": base}),
            content_type="application/json",
        )

    return send


def note(text="Calm start."):
    return {"key": "a", "text": text, "kind": "WWW", "noted_at": "2025-11-12T09:41"}


def test_save_answers_with_a_receipt_once_created_then_the_same(put, activity):
    record_id = uuid4()
    content = {
        "activity_id": str(activity.pk),
        "title": "Reading",
        "notes": [note()],
        "observed_at": "2025-11-12T09:40",
    }

    first = put(record_id, content)
    again = put(record_id, content)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["revision"] == 1
    assert EvidenceRecord.objects.get().notes.get().noted_at.hour == 9


def test_save_of_another_version_shows_both(put, activity):
    record_id = uuid4()
    put(record_id, {"activity_id": str(activity.pk), "title": "One"})
    put(record_id, {"activity_id": str(activity.pk), "title": "Two"}, base=1)

    answer = put(record_id, {"activity_id": str(activity.pk), "title": "Three"}, base=1)

    assert answer.status_code == 409
    assert answer.json()["current"]["content"]["title"] == "Two"
    assert "changed somewhere else" in answer.json()["detail"]


def test_save_that_the_rules_refuse_is_a_problem_in_words(put, activity):
    content = {"activity_id": str(activity.pk), "title": "x" * 161}

    answer = put(uuid4(), content)

    assert answer.status_code == 409
    assert "Shorten the title" in answer.json()["detail"]


def test_save_of_a_strangers_record_is_answered_like_one_that_is_nowhere(put, activity):
    strangers = EvidenceRecordFactory.create()

    theirs = put(strangers.pk, {"title": "Mine now"}, base=1)
    nowhere = put(uuid4(), {"title": "Mine now"}, base=1)

    assert (theirs.status_code, theirs.json()) == (nowhere.status_code, nowhere.json())
    assert theirs.status_code == 404


def test_save_refuses_what_it_does_not_know(put, activity):
    assert put(uuid4(), {"activity_id": str(activity.pk), "autor": "x"}).status_code == 422


def test_save_is_not_for_staff(client, activity):
    client.force_login(person(Role.STAFF, at=activity.review.academy))

    answer = client.put(
        reverse("api:entries-save", args=[uuid4()]),
        "not even JSON",
        content_type="application/json",
    )

    assert answer.status_code == 403


def test_save_is_not_anonymous(client):
    assert client.put(reverse("api:entries-save", args=[uuid4()])).status_code == 401
