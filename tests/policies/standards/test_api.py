import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    DescriptorFactory,
    LookForFactory,
    PolicyVersionFactory,
    StandardFactory,
    person,
)
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


def test_index_lists_the_standards_in_force_of_one_s_own_trust(client):
    standard = StandardFactory.create(area__version__in_force=True, code="T2")
    look_for = LookForFactory.create(standard=standard, lineage="t2-boards", text="Boards are used")
    DescriptorFactory.create(standard=standard, text="Most answer")
    StandardFactory.create(
        area__version=PolicyVersionFactory.create(policy=standard.version.policy)
    )
    StandardFactory.create()
    client.force_login(person(Role.STAFF, at=standard.trust))

    answer = client.get(reverse("api:standards-index")).json()

    assert [(it["code"], it["version"]) for it in answer] == [("T2", standard.version.number)]
    assert answer[0]["look_fors"] == [
        {"id": str(look_for.pk), "lineage": "t2-boards", "text": "Boards are used"}
    ]
    assert answer[0]["descriptors"] == [
        {"letter": "M", "level": "Meets standard", "text": "Most answer"}
    ]


def test_index_costs_the_same_with_more_standards(client):
    standard = StandardFactory.create(area__version__in_force=True)
    client.force_login(person(Role.STAFF, at=standard.trust))
    url, counts = reverse("api:standards-index"), []
    client.get(url)  # the first answer of a session also writes the session

    for _ in range(2):
        LookForFactory.create(standard=StandardFactory.create(area=standard.area))
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 6
