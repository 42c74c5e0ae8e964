"""Builders for reports."""

from factory import SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from tests.factories.evidence import NOON
from tests.factories.judgements import ClaimFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import ReviewFactory
from trigpoint.reporting.models import FactualComment, Report, ReportStatement


class ReportFactory(DjangoModelFactory[Report]):
    """A draft; ``final=True`` for a locked one."""

    class Meta:
        model = Report

    class Params:
        final = Trait(status=Report.Status.FINAL, finalised_at=NOON, content_sha256="0" * 64)

    review = SubFactory(ReviewFactory)
    academy = SelfAttribute("review.academy")
    trust = SelfAttribute("review.trust")
    title = Sequence(lambda n: f"Reading deep dive: report {n}")
    written_by = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))


class ReportStatementFactory(DjangoModelFactory[ReportStatement]):
    class Meta:
        model = ReportStatement

    report = SubFactory(ReportFactory)
    trust = SelfAttribute("report.trust")
    position = Sequence(lambda n: n % 30_000)
    part = ReportStatement.Part.CLAIM
    text = "Most pupils who fall behind catch up within two terms."
    claim = SubFactory(
        ClaimFactory,
        review=SelfAttribute("..report.review"),
        statement=SelfAttribute("..text"),
        agreed=True,
    )


class FactualCommentFactory(DjangoModelFactory[FactualComment]):
    class Meta:
        model = FactualComment

    statement = SubFactory(ReportStatementFactory)
    report = SelfAttribute("statement.report")
    trust = SelfAttribute("report.trust")
    author = SubFactory(PersonFactory, trust=SelfAttribute("..trust"))
    text = "The school has three, not two, phonics leads."
    made_at = NOON
