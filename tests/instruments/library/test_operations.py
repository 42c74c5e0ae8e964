import datetime as dt

import pytest

from tests.factories import InstrumentVersionFactory, TrustFactory, person
from trigpoint.instruments.library import operations, queries
from trigpoint.instruments.models import ActivityKind, Instrument, InstrumentVersion
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 1)


def test_install_ready_made_brings_one_published_instrument_for_each_kind():
    trust = TrustFactory.create()

    operations.install_ready_made(trust=trust, by=None, on=DAY)

    found = queries.system_published(trust.pk)
    assert set(found) == set(ActivityKind.values)
    assert {version.published_on for version in found.values()} == {DAY}


def test_install_ready_made_twice_changes_nothing():
    trust = TrustFactory.create()
    lead = person(Role.QA_LEAD, at=trust)

    first = operations.install_ready_made(trust=trust, by=lead, on=DAY)
    entries = HistoryEntry.objects.count()
    second = operations.install_ready_made(trust=trust, by=lead, on=DAY)

    assert (len(first), second) == (10, [])
    assert Instrument.objects.filter(trust=trust).count() == 10
    assert HistoryEntry.objects.count() == entries


def test_install_ready_made_leaves_other_trusts_alone():
    other = TrustFactory.create()

    operations.install_ready_made(trust=TrustFactory.create(), by=None, on=DAY)

    assert queries.system_published(other.pk) == {}


def test_publish_refuses_what_is_published_already():
    version = InstrumentVersionFactory.create()

    with pytest.raises(Refused, match="Published"):
        operations.publish(version=version, by=None, on=DAY)


def test_publish_gives_a_draft_its_day():
    draft = InstrumentVersionFactory.create(
        status=InstrumentVersion.Status.DRAFT, published_on=None
    )

    version = operations.publish(version=draft, by=None, on=DAY)

    assert (version.status, version.published_on) == (InstrumentVersion.Status.PUBLISHED, DAY)
