"""Builders for instruments."""

import datetime as dt

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from tests.factories.trusts import AcademyFactory, TrustFactory
from trigpoint.instruments.models import (
    ActivityKind,
    Instrument,
    InstrumentLabels,
    InstrumentVersion,
)


class InstrumentFactory(DjangoModelFactory[Instrument]):
    class Meta:
        model = Instrument

    trust = SubFactory(TrustFactory)
    kind = ActivityKind.LESSON_VISIT
    name = Sequence(lambda n: f"Instrument {n}")


class InstrumentVersionFactory(DjangoModelFactory[InstrumentVersion]):
    """A published version with one question; ``draft=True`` is one to work on."""

    class Meta:
        model = InstrumentVersion

    class Params:
        draft = Trait(status=InstrumentVersion.Status.DRAFT, published_on=None)

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
                    "key": "part",
                    "questions": [{"key": "focus", "type": "short_text", "label": "Focus"}],
                }
            ]
        }
    )


class InstrumentLabelsFactory(DjangoModelFactory[InstrumentLabels]):
    """An academy's own word for the one question of a form."""

    class Meta:
        model = InstrumentLabels

    academy = SubFactory(AcademyFactory)
    trust = SelfAttribute("academy.trust")
    instrument = SubFactory(InstrumentFactory, trust=SelfAttribute("..trust"))
    name = "Drop-in"
    labels = LazyAttribute(lambda _: {"focus": "What is it about?"})
