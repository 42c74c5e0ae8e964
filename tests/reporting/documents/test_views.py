"""Downloads of a report."""

import io

import docx
import pypdf
import pytest
from django.urls import reverse

from tests.factories import (
    AreaFactory,
    CitationFactory,
    JudgementFactory,
    PersonFactory,
    PostFactory,
    ReportFactory,
    ReportStatementFactory,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.reporting.models import Report

pytestmark = pytest.mark.django_db


def a_report(**more):
    """Build a final report with a judgement, a claim, evidence, and a name that slipped in."""
    report = ReportFactory.create(**{"final": True, **more})
    judgement = JudgementFactory.create(review=report.review)
    ReportStatementFactory.create(
        report=report,
        part="JUDGEMENT",
        claim=None,
        judgement=judgement,
        level=judgement.level,
        text="Most teaching checks.",
    )
    claim = ReportStatementFactory.create(report=report, text="Mrs Canaryname reads daily.").claim
    CitationFactory.create(claim=claim, record__author__name="Observer Canary")
    teacher = PersonFactory.create(trust=report.trust, name="Jo Canaryname")
    PostFactory.create(academy=report.academy, person=teacher)
    return report


def text_of(verb, content):
    if verb == "pdf":
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())
    document = docx.Document(io.BytesIO(content))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return " ".join([*(p.text for p in document.paragraphs), *cells])


def download(client, verb, report, role):
    client.force_login(person(role, at=report.trust))
    return client.get(reverse(f"reporting:documents-{verb}", args=[report.pk]))


@pytest.mark.parametrize("verb", ["pdf", "word"])
def test_document_says_what_contradicted_a_statement_and_the_answer(client, verb):
    report = a_report()
    said = "E30 contradicted this. It was explained: Mrs Canaryname was away that week."
    report.statements.filter(part="CLAIM").update(against=[said])

    answer = download(client, verb, report, Role.TRUSTEE)

    printed = text_of(verb, answer.content)
    assert "E30 contradicted this. It was explained: [name removed] was away that week." in printed


@pytest.mark.parametrize("role", [Role.QA_LEAD, Role.TRUSTEE])
@pytest.mark.parametrize("verb", ["pdf", "word"])
def test_document_holds_the_judgement_and_nobodys_name(client, verb, role):
    answer = download(client, verb, a_report(), role)
    said = text_of(verb, answer.content)

    assert answer.headers["Content-Disposition"].startswith('attachment; filename="reading-deep-')
    assert "Meets standard" in said
    assert "Most teaching checks." in said
    assert "[name removed] reads daily." in said
    assert "Canary" not in said


def test_pdf_is_a_stranger_to_those_who_may_not_read_it(client):
    draft = ReportFactory.create()
    foreign = a_report()

    assert download(client, "pdf", draft, Role.TRUSTEE).status_code == 404
    assert download(client, "pdf", draft, Role.STAFF).status_code == 403
    client.force_login(person(Role.QA_LEAD, at=ReportFactory.create().trust))
    assert client.get(reverse("reporting:documents-pdf", args=[foreign.pk])).status_code == 404


def test_word_of_a_draft_says_that_it_is_one(client):
    draft = ReportFactory.create()

    answer = download(client, "word", draft, Role.REVIEWER)

    assert "not for onward sharing" in text_of("word", answer.content)


def test_pdf_says_when_it_is_a_demonstration(client, settings):
    settings.TRIGPOINT_DEMO = True

    answer = download(client, "pdf", a_report(), Role.TRUSTEE)

    assert "Demonstration data" in text_of("pdf", answer.content)
    assert "demo-" in answer.headers["Content-Disposition"]
    assert Report.objects.count() == 1


@pytest.mark.parametrize("verb", ["pdf", "word"])
def test_document_names_the_scale_of_each_level_where_it_has_several(client, verb):
    report = a_report()
    alone = text_of(verb, download(client, verb, report, Role.QA_LEAD).content)
    area = AreaFactory.create(
        version=report.review.policy_version, scale__code="MN", scale__name="Met or not"
    )
    made = JudgementFactory.create(review=report.review, area=area)
    ReportStatementFactory.create(
        report=report, part="JUDGEMENT", claim=None, judgement=made, level=made.level
    )

    both = text_of(verb, download(client, verb, report, Role.QA_LEAD).content)

    assert "Meets standard (" not in alone
    assert "Meets standard (Five levels)" in both
    assert "Meets standard (Met or not)" in both
