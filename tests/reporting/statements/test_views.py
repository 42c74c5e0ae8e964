"""The words a judgement went out with, on the page of that judgement."""

import pytest
from django.urls import reverse

from tests.factories import (
    AreaFactory,
    ClaimFactory,
    JudgementFactory,
    ReportFactory,
    ReportStatementFactory,
    ReviewFactory,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.reporting.models import Report

pytestmark = pytest.mark.django_db
WORDS = "Every pupil has an adult they trust."


@pytest.fixture
def judgement():
    area = AreaFactory.create(version__policy__trust=ReviewFactory.create().trust)
    return in_words(area)


def in_words(area, **more):
    """Judge an area in words, with reasons that only its team reads."""
    scale = area.version.scales.filter(code="words").first()
    scale = scale or AreaFactory.create(version=area.version, scale__in_words=True).scale
    return JudgementFactory.create(
        review=ReviewFactory.create(policy_version=area.version, **more),
        area=area,
        level=scale.levels.get(),
        rationale="The team’s own words.",
        perspective="SELF" if more.get("kind") == "SELF" else "TRUST",
    )


def told(judgement, **more):
    """Let a report tell the judgement, after another statement of the same area."""
    report = ReportFactory.create(review=judgement.review, title="Welfare", **more)
    ReportStatementFactory.create(
        report=report,
        position=1,
        claim=ClaimFactory.create(review=judgement.review, standard__area=judgement.area),
    )
    return ReportStatementFactory.create(
        report=report, position=2, part="JUDGEMENT", claim=None, judgement=judgement,
        level=judgement.level, text=WORDS,
    )  # fmt: skip


def read(client, judgement, role=Role.TRUSTEE):
    client.force_login(person(role, at=judgement.trust))
    url = reverse("reporting:statements-for_judgement", args=[judgement.pk])
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_for_judgement_shows_a_trustee_the_words_of_the_final_report(client, judgement):
    statement = told(judgement, final=True)

    page = read(client, judgement)

    assert WORDS in page
    assert "The team’s own words." not in page
    where = reverse("reporting:reports-show", args=[statement.report_id])
    assert f'href="{where}#s1.2"' in page
    assert 'id="s1.2"' in client.get(where).content.decode()


def test_for_judgement_says_who_reads_the_words_before_the_report_is_final(client, judgement):
    told(judgement, status=Report.Status.FACTUAL_ACCURACY)

    page = read(client, judgement)

    assert WORDS not in page
    assert "Until it is final the review’s team" in page


def test_for_judgement_says_who_reads_the_words_without_a_report(client, judgement):
    assert "The review has no report" in read(client, judgement)


def test_for_judgement_says_who_reads_the_schools_own_words(client, judgement):
    own = in_words(judgement.area, academy=judgement.academy, kind="SELF")

    assert "Ask the head for them" in read(client, own)


def test_for_judgement_is_not_there_for_another_trust(client, judgement):
    client.force_login(person(Role.TRUSTEE, at=ReviewFactory.create().trust))

    url = reverse("reporting:statements-for_judgement", args=[judgement.pk])

    assert client.get(url).status_code == 404


def test_the_page_of_a_judgement_leads_a_trustee_to_its_words(client, judgement):
    url = reverse("judgements:levels-show", args=[judgement.pk])
    words = reverse("reporting:statements-for_judgement", args=[judgement.pk])

    client.force_login(person(Role.TRUSTEE, at=judgement.trust))
    seen = client.get(url).content.decode()
    client.force_login(person(Role.HEADTEACHER, at=judgement.academy))
    own = client.get(url).content.decode()

    assert f'hx-get="{words}"' in seen
    assert "The team’s own words." not in seen
    assert words not in own
    assert "The team’s own words." in own
    assert "What was found" in seen
    assert "Why this level" not in seen
