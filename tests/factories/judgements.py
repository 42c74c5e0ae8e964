"""Builders for claims, judgements and findings."""

import datetime as dt

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from tests.factories.evidence import NOON, EvidenceRecordFactory
from tests.factories.people import PersonFactory
from tests.factories.policies import AreaFactory, LevelFactory, StandardFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.trusts import TrustFactory
from trigpoint.judgements.models import Citation, Claim, Finding, Judgement, Strength, Theme


class ClaimFactory(DjangoModelFactory[Claim]):
    """An open claim; ``agreed=True`` gives it the who and when it needs, ``with_level`` a level.

    ``standing=True`` for an agreed one that is read outside the team.
    """

    class Meta:
        model = Claim

    class Params:
        agreed = Trait(
            status=Claim.Status.AGREED,
            agreed_at=NOON,
            agreed_by=SubFactory(PersonFactory, trust=SelfAttribute("..trust")),
        )
        standing = Trait(agreed=True, stands_from=dt.date(2025, 12, 3))
        with_level = Trait(
            level=SubFactory(LevelFactory, scale=SelfAttribute("..standard.area.scale")),
        )

    review = SubFactory(ReviewFactory)
    academy = SelfAttribute("review.academy")
    trust = SelfAttribute("review.trust")
    standard = SubFactory(StandardFactory, area__version=SelfAttribute("...review.policy_version"))
    number = Sequence(lambda n: n % 20_000 + 10_001)  # above the numbers that tests choose
    statement = Sequence(lambda n: f"Most pupils who fall behind catch up within two terms ({n}).")
    proposed_by = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))
    proposed_at = NOON


class CitationFactory(DjangoModelFactory[Citation]):
    """Supporting evidence; give ``stance=CONTRADICTS`` for the other side."""

    class Meta:
        model = Citation

    claim = SubFactory(ClaimFactory)
    trust = SelfAttribute("claim.trust")
    record = SubFactory(
        EvidenceRecordFactory, review=SelfAttribute("..claim.review"), submitted=True
    )
    stance = Citation.Stance.SUPPORTS
    excerpt = "19 of 26 pupils on catch-up in September are back on track."
    cited_by = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))


class JudgementFactory(DjangoModelFactory[Judgement]):
    """A judgement of a whole area that stands; ``provisional=True`` before the report is final."""

    class Meta:
        model = Judgement

    class Params:
        provisional = Trait(stands_from=None)

    review = SubFactory(ReviewFactory)
    academy = SelfAttribute("review.academy")
    trust = SelfAttribute("review.trust")
    area = SubFactory(AreaFactory, version=SelfAttribute("..review.policy_version"))
    perspective = Judgement.Perspective.TRUST
    level = SubFactory(LevelFactory, scale=SelfAttribute("..area.scale"))
    rationale = "Most teaching checks understanding."
    strength = Strength.FAIR
    strength_facts = LazyAttribute(lambda _: {"records": 6, "kinds": 3, "observers": 2})
    made_by = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))
    made_on = dt.date(2025, 11, 19)
    stands_from = SelfAttribute("made_on")


class ThemeFactory(DjangoModelFactory[Theme]):
    class Meta:
        model = Theme

    trust = SubFactory(TrustFactory)
    name = Sequence(lambda n: f"Theme {n}")


class FindingFactory(DjangoModelFactory[Finding]):
    """An agreed development area of an academy; ``published=True`` for one that left the team."""

    class Meta:
        model = Finding

    class Params:
        published = Trait(status=Finding.Status.PUBLISHED, published_on=dt.date(2025, 12, 3))

    review = SubFactory(ReviewFactory)
    academy = SelfAttribute("review.academy")
    trust = SelfAttribute("review.trust")
    area = SubFactory(AreaFactory, version=SelfAttribute("..review.policy_version"))
    kind = Finding.Kind.DEVELOPMENT
    title = Sequence(lambda n: f"Check understanding before moving on {n}")
    raised_by = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))
    raised_on = dt.date(2025, 11, 13)
