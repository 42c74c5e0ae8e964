"""What saving one record costs, from asking who is there to the answer: at most eight queries."""

import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import ActivityFactory, person
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
FRAME = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


@pytest.fixture
def save(client):
    """Save a record; return its queries, without the marks of where a transaction begins and ends."""
    activity = ActivityFactory.create()
    client.force_login(person(Role.REVIEWER, at=activity.trust))
    client.get(reverse("people:accounts-show"))  # the first page of a session writes the session
    where = reverse("api:entries-save", args=[uuid4()])

    def send(*texts, base=None):
        notes = [{"key": str(place), "text": text} for place, text in enumerate(texts)]
        content = {"activity_id": str(activity.pk), "title": "Reading", "notes": notes}
        body = json.dumps({"content": content, "base_revision": base})
        with CaptureQueriesContext(connection) as queries:
            answer = client.put(where, body, content_type="application/json")
        assert answer.status_code in (200, 201)
        return [one["sql"] for one in queries if not one["sql"].startswith(FRAME)]

    return send


def test_a_new_record_costs_eight_queries(save):
    assert len(save("Calm start.", "Books are marked.")) <= 8


def test_one_more_note_costs_eight_queries(save):
    save("Calm start.")

    assert len(save("Calm start.", "Books are marked.", base=1)) <= 8


@pytest.mark.parametrize(("base", "most"), [(None, 6), (1, 4)])
def test_a_repeat_costs_less(save, base, most):
    save("Calm start.")

    assert len(save("Calm start.", base=base)) <= most


def test_a_long_record_costs_no_more_than_a_short_one(save):
    save("0")

    assert len(save(*map(str, range(200)), base=1)) <= 9  # SQLite takes 111 notes at a time
