"""Builders for policies and everything frozen with a version."""

import datetime as dt
from dataclasses import asdict

from django.utils.text import slugify
from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait, post_generation
from factory.django import DjangoModelFactory

from tests.factories.people import PersonFactory
from tests.factories.trusts import BodyFactory, TrustFactory
from tests.looks import FIVE, IN_WORDS
from trigpoint.policies.models import (
    Acknowledgement,
    Area,
    CadenceRule,
    Crosswalk,
    Descriptor,
    Level,
    LookFor,
    OutsideFramework,
    Policy,
    PolicyComment,
    PolicyVersion,
    Responsibility,
    Scale,
    Section,
    Standard,
)

SETTINGS = {
    "clock": {
        "notice": -10,
        "documents": -5,
        "draft": 5,
        "internal_qa": 7,
        "factual_accuracy": 12,
        "final": 15,
        "actions": 20,
        "impact_months": 6,
    },
    "strength": {
        "fair": {"kinds": 2, "observers": 1, "records": 3},
        "strong": {"kinds": 3, "observers": 2, "records": 6},
        "max_age_days": 365,
    },
    "sample": {"LESSON_VISIT": 4, "BOOK_SCRUTINY": 10, "STUDENT_VOICE": 2},
    "capture": {"feedback_days": 5, "max_visitors": 2},
}


class PolicyFactory(DjangoModelFactory[Policy]):
    class Meta:
        model = Policy

    trust = SubFactory(TrustFactory)
    name = Sequence(lambda n: f"Quality policy {n}")


class PolicyVersionFactory(DjangoModelFactory[PolicyVersion]):
    """A draft; ``in_force=True`` and ``in_consultation=True`` also give it what that needs."""

    class Meta:
        model = PolicyVersion

    class Params:
        in_consultation = Trait(
            status=PolicyVersion.Status.CONSULTATION, consult_until=dt.date(2026, 10, 16)
        )
        in_force = Trait(
            status=PolicyVersion.Status.IN_FORCE,
            effective_on=dt.date(2025, 9, 1),
            review_due_on=dt.date(2026, 9, 1),
            approved_on=dt.date(2025, 7, 1),
            approved_by=SubFactory(BodyFactory, trust=SelfAttribute("..trust")),
        )

    policy = SubFactory(PolicyFactory)
    trust = SelfAttribute("policy.trust")
    number = Sequence(lambda n: n % 20_000 + 10_001)  # above the numbers that tests choose
    settings = LazyAttribute(lambda _: SETTINGS)


class SectionFactory(DjangoModelFactory[Section]):
    class Meta:
        model = Section

    version = SubFactory(PolicyVersionFactory, in_force=True)
    trust = SelfAttribute("version.trust")
    position = Sequence(lambda n: n % 30_000)
    title = "Self-review"
    text = "Each academy reviews itself every year."


class ScaleFactory(DjangoModelFactory[Scale]):
    """The scale of five levels of a version, one a version; ``in_words=True`` is that of words."""

    class Meta:
        model = Scale
        django_get_or_create = ("version", "code")
        skip_postgeneration_save = True

    class Params:
        in_words = Trait(code=Scale.WORDS, name="In words", position=99)

    version = SubFactory(PolicyVersionFactory, in_force=True)
    trust = SelfAttribute("version.trust")
    code = "ESMAU"
    name = "Five levels"

    @post_generation
    def levels(self, create, _levels, **_more):
        """Give a new scale its levels."""
        if not create or self.levels.exists():
            return
        looks = [IN_WORDS] if self.is_in_words else FIVE
        Level.objects.bulk_create(
            Level(scale=self, trust=self.trust, **asdict(level)) for level in looks
        )


class LevelFactory(DjangoModelFactory[Level]):
    """A level of the five, by its rank."""

    class Meta:
        model = Level
        django_get_or_create = ("scale", "rank")

    scale = SubFactory(ScaleFactory)
    trust = SelfAttribute("scale.trust")
    rank = 3
    letter = LazyAttribute(lambda it: FIVE[it.rank - 1].letter)
    shape = LazyAttribute(lambda it: FIVE[it.rank - 1].shape)
    tone = LazyAttribute(lambda it: FIVE[it.rank - 1].tone)
    label = LazyAttribute(lambda it: FIVE[it.rank - 1].label)


class AreaFactory(DjangoModelFactory[Area]):
    class Meta:
        model = Area

    version = SubFactory(PolicyVersionFactory, in_force=True)
    scale = SubFactory(ScaleFactory, version=SelfAttribute("..version"))
    trust = SelfAttribute("version.trust")
    lineage = Sequence(lambda n: f"area-{n}")
    code = Sequence(lambda n: f"A{n}")
    name = Sequence(lambda n: f"Area {n}")
    short_name = SelfAttribute("name")
    position = Sequence(lambda n: n % 30_000)


class StandardFactory(DjangoModelFactory[Standard]):
    class Meta:
        model = Standard

    area = SubFactory(AreaFactory)
    version = SelfAttribute("area.version")
    trust = SelfAttribute("area.trust")
    lineage = Sequence(lambda n: f"standard-{n}")
    code = Sequence(lambda n: f"S{n}")
    title = Sequence(lambda n: f"Standard {n}")
    statement = "Teachers check what pupils have understood before moving on."
    expected_kinds = LazyAttribute(lambda _: ["LESSON_VISIT", "BOOK_SCRUTINY"])
    position = Sequence(lambda n: n % 30_000)


class LookForFactory(DjangoModelFactory[LookFor]):
    class Meta:
        model = LookFor

    standard = SubFactory(StandardFactory)
    trust = SelfAttribute("standard.trust")
    lineage = Sequence(lambda n: f"look-for-{n}")
    text = Sequence(lambda n: f"Look-for {n}")
    position = Sequence(lambda n: n % 30_000)


class DescriptorFactory(DjangoModelFactory[Descriptor]):
    class Meta:
        model = Descriptor

    standard = SubFactory(StandardFactory)
    trust = SelfAttribute("standard.trust")
    level = SubFactory(LevelFactory, scale=SelfAttribute("..standard.area.scale"))
    text = "Most teachers check and adapt."


class CrosswalkFactory(DjangoModelFactory[Crosswalk]):
    class Meta:
        model = Crosswalk

    area = SubFactory(AreaFactory)
    version = SelfAttribute("area.version")
    trust = SelfAttribute("area.trust")
    framework = "DfE trust quality pillars"
    item = "School improvement"
    fit = Crosswalk.Fit.PARTIAL


class OutsideFrameworkFactory(DjangoModelFactory[OutsideFramework]):
    """A framework of two items that the trust brought in itself."""

    class Meta:
        model = OutsideFramework

    class Params:
        name = Sequence(lambda n: f"Diocesan expectations {n}")

    trust = SubFactory(TrustFactory)
    code = LazyAttribute(lambda it: slugify(it.name))
    edition = "2026"
    key = LazyAttribute(lambda it: f"{it.code}-{it.edition}")
    label = LazyAttribute(lambda it: f"{it.name} ({it.edition})")
    content = LazyAttribute(
        lambda it: {
            "format": "trigpoint-outside/1",
            "code": it.code,
            "name": it.name,
            "edition": it.edition,
            "source": "A letter of the diocese.",
            "checked": "CHECKED",
            "items": [
                {"code": "worship", "name": "Worship", "summary": "How the school prays."},
                {"code": "service", "name": "Service", "summary": "How it serves others."},
            ],
        }
    )


class ResponsibilityFactory(DjangoModelFactory[Responsibility]):
    class Meta:
        model = Responsibility

    version = SubFactory(PolicyVersionFactory, in_force=True)
    trust = SelfAttribute("version.trust")
    part = Responsibility.Part.MONITORS
    role_name = "Director of Education"


class CadenceRuleFactory(DjangoModelFactory[CadenceRule]):
    class Meta:
        model = CadenceRule

    version = SubFactory(PolicyVersionFactory, in_force=True)
    trust = SelfAttribute("version.trust")
    review_kind = "TRUST"
    months = 12


class AcknowledgementFactory(DjangoModelFactory[Acknowledgement]):
    """Somebody has read the version in force."""

    class Meta:
        model = Acknowledgement

    version = SubFactory(PolicyVersionFactory, in_force=True)
    trust = SelfAttribute("version.trust")
    person = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))
    acknowledged_on = dt.date(2025, 9, 8)


class PolicyCommentFactory(DjangoModelFactory[PolicyComment]):
    class Meta:
        model = PolicyComment

    version = SubFactory(PolicyVersionFactory, in_consultation=True)
    trust = SelfAttribute("version.trust")
    author = SubFactory("tests.factories.people.PersonFactory", trust=SelfAttribute("..trust"))
    about = "The policy as a whole"
    text = Sequence(lambda n: f"Comment {n}")
    made_at = dt.datetime(2026, 9, 28, 10, 0, tzinfo=dt.UTC)
