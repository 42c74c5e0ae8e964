"""Builders for instruments."""

import datetime as dt

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from tests.factories.trusts import TrustFactory
from trigpoint.instruments.models import ActivityKind, Instrument, InstrumentVersion


class InstrumentFactory(DjangoModelFactory[Instrument]):
    class Meta:
        model = Instrument

    trust = SubFactory(TrustFactory)
    kind = ActivityKind.LESSON_VISIT
    name = Sequence(lambda n: f"Instrument {n}")


class InstrumentVersionFactory(DjangoModelFactory[InstrumentVersion]):
    """A published version with one question."""

    class Meta:
        model = InstrumentVersion

    instrument = SubFactory(InstrumentFactory)
    trust = SelfAttribute("instrument.trust")
    number = 1
    status = InstrumentVersion.Status.PUBLISHED
    published_on = dt.date(2025, 9, 1)
    content = LazyAttribute(
        lambda _: {
            "sections": [
                {
                    "title": "What was seen",
                    "questions": [{"key": "focus", "type": "short_text", "label": "Focus"}],
                }
            ]
        }
    )
