"""Several first forms of one kind, published at the same moment."""

import datetime as dt

import pytest

from tests.factories import InstrumentVersionFactory, TrustFactory
from tests.parallel import HANDS, all_at_once
from trigpoint.instruments.library import operations
from trigpoint.instruments.models import Instrument, InstrumentVersion

DAY = dt.date(2026, 9, 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_publish_of_several_first_forms_at_once_leaves_one_usual():
    trust = TrustFactory.create()
    drafts = [
        InstrumentVersionFactory.create(
            instrument__trust=trust,
            instrument__kind="LESSON_VISIT",
            instrument__name=f"Visit {number}",
            status=InstrumentVersion.Status.DRAFT,
            published_on=None,
        )
        for number in range(HANDS)
    ]

    all_at_once(
        [lambda it=it: operations.publish(version=it, by=None, on=DAY).status for it in drafts]
    )

    assert Instrument.objects.filter(trust=trust, is_usual=True).count() == 1
    assert not InstrumentVersion.objects.filter(status="DRAFT").exists()
