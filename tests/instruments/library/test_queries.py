import datetime as dt

import pytest

from tests.factories import InstrumentFactory, InstrumentVersionFactory, TrustFactory, person
from trigpoint.instruments.library import queries
from trigpoint.instruments.models import ActivityKind, InstrumentVersion
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


def test_published_returns_the_newest_published_version_of_each():
    trust = TrustFactory.create()
    walk = InstrumentFactory.create(trust=trust, kind=ActivityKind.LEARNING_WALK)
    visit = InstrumentFactory.create(trust=trust, kind=ActivityKind.LESSON_VISIT)
    InstrumentVersionFactory.create(instrument=walk, number=1)
    newest = InstrumentVersionFactory.create(instrument=walk, number=2)
    InstrumentVersionFactory.create(
        instrument=walk, number=3, status=InstrumentVersion.Status.DRAFT, published_on=None
    )
    only = InstrumentVersionFactory.create(instrument=visit)
    InstrumentVersionFactory.create()

    found = queries.published(viewer=person(Role.REVIEWER, at=trust))

    assert list(found) == [newest, only]


def test_published_shows_nothing_to_a_role_without_instruments():
    version = InstrumentVersionFactory.create()

    found = queries.published(viewer=person(Role.STAFF, at=version.trust))

    assert list(found) == []


def test_system_published_prefers_the_instrument_published_last():
    trust = TrustFactory.create()
    InstrumentVersionFactory.create(instrument__trust=trust)
    later = InstrumentVersionFactory.create(
        instrument__trust=trust, published_on=dt.date(2026, 1, 5)
    )

    assert queries.system_published(trust.pk) == {ActivityKind.LESSON_VISIT: later}
