"""The disk is full, or the database may only be read: each save is told to come again, none halves.

Real faults: SQLite is given no more pages, a connection is made read-only, a file may not grow.
"""

import json
import resource
import signal
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from tests.evidence.uploads.test_api import Device, noise
from tests.factories import ActivityFactory, EvidenceRecordFactory, person
from trigpoint.evidence.models import EvidenceRecord
from trigpoint.people.roles import Role
from trigpoint.web.busy import SHUT_RETRY_AFTER_SECONDS
from trigpoint.web.errors import SHUT

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Pupils retrieve last week's words without help. " * 80


@contextmanager
def full_disk():
    """Give SQLite no page beyond those it has, and use up the free ones."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        yield
        cursor.execute("PRAGMA max_page_count = 1073741823")


@contextmanager
def read_only():
    """Let this connection only read, as on a standby or a file without the right to write."""
    told = {
        "sqlite": ("PRAGMA query_only = 1", "PRAGMA query_only = 0"),
        "postgresql": (
            "SET default_transaction_read_only = on",
            "SET default_transaction_read_only = off",
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(told[0])
        yield
        cursor.execute(told[1])


FAULTS = [
    pytest.param(full_disk, id="disk full", marks=pytest.mark.sqlite),
    pytest.param(read_only, id="read only"),
]


def everything():
    """Return every row of the product's own tables."""
    return {
        model._meta.label: list(model.objects.order_by("pk").values())
        for area in ("evidence", "records", "reviews")
        for model in apps.get_app_config(area).get_models()
    }


def is_told_to_come_again(answer):
    return (
        answer.status_code == 503
        and answer["Retry-After"] == str(SHUT_RETRY_AFTER_SECONDS)
        and answer.json()["detail"] == SHUT
    )


@pytest.fixture
def visit(client):
    activity = ActivityFactory.create()
    client.force_login(person(Role.REVIEWER, at=activity.trust))
    client.get(reverse("evidence:entries-new"))  # writes the session
    return activity


def put(client, record_id, activity, notes, base=None):
    content = {
        "activity_id": str(activity.pk),
        "title": "Reading",
        "notes": [{"key": str(n), "text": f"{n} {LONG}"} for n in range(notes)],
    }
    return client.put(
        reverse("api:entries-save", args=[record_id]),
        json.dumps({"content": content, "base_revision": base}),
        content_type="application/json",
    )


@pytest.mark.parametrize("fault", FAULTS)
def test_save_is_refused_whole_and_taken_once_there_is_room(client, visit, fault):
    begun, fresh = uuid4(), uuid4()
    put(client, begun, visit, 1)
    before = everything()

    with fault():
        answers = [put(client, fresh, visit, 200), put(client, begun, visit, 200, base=1)]
        after = everything()

    assert all(map(is_told_to_come_again, answers))
    assert after == before
    again = [put(client, fresh, visit, 200), put(client, begun, visit, 200, base=1)]
    assert [answer.status_code for answer in again] == [201, 200]
    assert [len(one.notes.all()) for one in EvidenceRecord.objects.all()] == [200, 200]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_piece_of_a_photo_is_refused_whole_and_goes_on_once_there_is_room(client, visit, fault):
    record_id = uuid4()
    put(client, record_id, visit, 1)
    device = Device(client, record_id, noise(600))
    cut = len(device.data) // 3
    device.send(0, cut)
    before = everything()

    with fault():
        answer = device.send(cut)
        after = everything()

    assert is_told_to_come_again(answer)
    assert after == before
    assert device.send(device.far()["received"]).status_code == 201


def test_a_photo_the_store_has_no_room_for_goes_on_once_it_has(client, settings, tmp_path):
    store = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path},
    }
    settings.STORAGES = settings.STORAGES | {"default": store}
    record = EvidenceRecordFactory.create()
    author = person(Role.REVIEWER, at=record.trust)
    record.author = author.person
    record.save()
    client.force_login(author)
    device = Device(client, record.pk)
    device.send(0, 1000)
    before = everything()
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA temp_store = MEMORY")
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, allowed[1]))
    try:
        answer = device.send(1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, allowed)

    assert is_told_to_come_again(answer)
    assert everything() == before
    assert [found for found in tmp_path.rglob("*") if found.is_file()] == []
    assert device.send(device.far()["received"]).status_code == 201
