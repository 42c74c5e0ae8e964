"""Builders for trusts and their parts."""

import datetime as dt

from factory import LazyFunction, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from trigpoint.trusts.models import (
    AcademicYear,
    Academy,
    Body,
    Closure,
    Cluster,
    ImportRun,
    Team,
    Term,
    TierChange,
    Trust,
)


class TrustFactory(DjangoModelFactory[Trust]):
    class Meta:
        model = Trust

    name = Sequence(lambda n: f"Trust {n}")


class ClusterFactory(DjangoModelFactory[Cluster]):
    class Meta:
        model = Cluster

    trust = SubFactory(TrustFactory)
    name = Sequence(lambda n: f"Cluster {n}")


class AcademyFactory(DjangoModelFactory[Academy]):
    class Meta:
        model = Academy

    trust = SubFactory(TrustFactory)
    name = Sequence(lambda n: f"Academy {n}")
    urn = Sequence(lambda n: 100_000 + n)
    phase = Academy.Phase.PRIMARY


class TeamFactory(DjangoModelFactory[Team]):
    class Meta:
        model = Team

    academy = SubFactory(AcademyFactory)
    trust = SelfAttribute("academy.trust")
    kind = Team.Kind.DEPARTMENT
    name = Sequence(lambda n: f"Team {n}")


class BodyFactory(DjangoModelFactory[Body]):
    """A committee of the trust; give ``kind`` and ``academy`` for a local governing body."""

    class Meta:
        model = Body

    trust = SubFactory(TrustFactory)
    kind = Body.Kind.COMMITTEE
    name = Sequence(lambda n: f"Standards committee {n}")


class TierChangeFactory(DjangoModelFactory[TierChange]):
    class Meta:
        model = TierChange

    academy = SubFactory(AcademyFactory)
    trust = SelfAttribute("academy.trust")
    tier = Academy.Tier.SECURE
    reason = "Outcomes held."
    decided_on = dt.date(2026, 3, 2)


class AcademicYearFactory(DjangoModelFactory[AcademicYear]):
    class Meta:
        model = AcademicYear
        django_get_or_create = ("trust", "starts_on")

    trust = SubFactory(TrustFactory)
    name = "2025-26"
    starts_on = dt.date(2025, 9, 1)
    ends_on = dt.date(2026, 8, 31)


class TermFactory(DjangoModelFactory[Term]):
    """Autumn term 2025."""

    class Meta:
        model = Term

    academy = SubFactory(AcademyFactory)
    trust = SelfAttribute("academy.trust")
    year = SubFactory(AcademicYearFactory, trust=SelfAttribute("..trust"))
    name = "Autumn"
    starts_on = dt.date(2025, 9, 2)
    ends_on = dt.date(2025, 12, 19)


class ClosureFactory(DjangoModelFactory[Closure]):
    """Half term in October 2025."""

    class Meta:
        model = Closure

    academy = SubFactory(AcademyFactory)
    trust = SelfAttribute("academy.trust")
    kind = Closure.Kind.HOLIDAY
    name = "Half term"
    starts_on = dt.date(2025, 10, 27)
    ends_on = dt.date(2025, 10, 31)


class ImportRunFactory(DjangoModelFactory[ImportRun]):
    """Files that were read; ``previewed=True`` also gives it a trust and one row to import."""

    class Meta:
        model = ImportRun

    class Params:
        previewed = Trait(
            status=ImportRun.Status.PREVIEWED,
            group_uid="4119",
            group_name="ASH TRUST",
            rows=LazyFunction(
                lambda: [
                    {
                        "row": 2,
                        "urn": "136001",
                        "name": "Ash Primary",
                        "outcome": "CREATE",
                        "words": "New to the trust.",
                        "facts": {"name": "Ash Primary", "urn": 136001, "phase": "PRIMARY"},
                    }
                ]
            ),
        )

    trust = SubFactory(TrustFactory)
    register = LazyFunction(
        lambda: {
            "groups": {"4119": ["ASH TRUST", "6", "OPEN", "Ely", ""]},
            "links": {"4119": [["2", "136001", "Ash Primary", "Academy converter", "2", "", "0"]]},
            "places": {},
        }
    )
