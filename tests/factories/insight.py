"""Builders for rollup rows."""

from factory import SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from tests.factories.trusts import AcademyFactory
from trigpoint.insight.models import Standing


class StandingFactory(DjangoModelFactory[Standing]):
    class Meta:
        model = Standing

    academy = SubFactory(AcademyFactory)
    trust = SelfAttribute("academy.trust")
    area_lineage = Sequence(lambda n: f"area-{n}")
