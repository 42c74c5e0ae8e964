import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    ActionFactory,
    AreaFactory,
    CadenceRuleFactory,
    ClaimFactory,
    ClusterFactory,
    FindingFactory,
    GoodPracticeFactory,
    JudgementFactory,
    PolicyVersionFactory,
    ReportFactory,
    ReviewFactory,
    ScaleFactory,
    StandardFactory,
    ThemeFactory,
    person,
)
from trigpoint.insight.standings import operations
from trigpoint.judgements.levels import operations as levels
from trigpoint.people.roles import Role
from trigpoint.reporting.drafts import operations as drafts
from trigpoint.reporting.models import Report
from trigpoint.reporting.reports import operations as reports

pytestmark = pytest.mark.django_db
TRUST = "insight:overviews-trust"


@pytest.fixture(autouse=True)
def february():
    with time_machine.travel(dt.datetime(2026, 2, 10, 9, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def version():
    version = PolicyVersionFactory.create(in_force=True)
    CadenceRuleFactory.create(version=version, months=12)
    ScaleFactory.create(version=version)
    return version


@pytest.fixture
def area(version):
    return AreaFactory.create(version=version, name="Assessment", lineage="assessment")


def judged(area, *, academy=None, rank=4, on=dt.date(2025, 11, 19), **fields):
    academy = academy or AcademyFactory.create(trust=area.trust)
    judgement = JudgementFactory.create(
        review=ReviewFactory.create(
            academy=academy, policy_version=area.version, looked_on=on, areas=[area]
        ),
        area=area,
        level=area.scale.levels.get(rank=rank),
        made_on=on,
        **fields,
    )
    operations.system_refresh(judgement.review_id)
    return judgement


def signed_in(client, role, at):
    user = person(role, at=at)
    client.force_login(user)
    return user


def test_trust_costs_the_same_for_any_number_of_academies(client, area, assert_flat):
    signed_in(client, Role.QA_LEAD, area.trust)

    assert_flat(reverse(TRUST), add_row=lambda: judged(area), at_most=15)


def test_trust_puts_academies_of_most_concern_first(client, area):
    fine, urgent, weak = (judged(area, rank=rank).academy for rank in (2, 5, 4))
    signed_in(client, Role.QA_LEAD, area.trust)

    rows = client.get(reverse(TRUST)).context["rows"]

    assert [row.name for row in rows] == [urgent.name, weak.name, fine.name]


def test_trust_counts_what_matters_this_week(client, area):
    late = judged(area, on=dt.date(2024, 11, 1)).academy
    ReportFactory.create(
        review__academy=late, status="FACTUAL_ACCURACY", comments_due_on=dt.date(2026, 2, 11)
    )
    finding = FindingFactory.create(review__academy=late, published=True)
    ActionFactory.create(finding=finding, done=True, check_due_on=dt.date(2026, 2, 1))
    signed_in(client, Role.QA_LEAD, area.trust)

    week = client.get(reverse(TRUST)).context["week"]

    assert (week.due, week.overdue) == (1, 1)
    assert (week.in_check, week.in_check_closing) == (1, 1)
    assert (week.awaiting_impact, week.impact_late) == (1, 1)


def test_trust_opens_from_each_tile_exactly_what_it_counts(client, area):
    late = judged(area, on=dt.date(2024, 11, 1)).academy
    ReportFactory.create(
        review__academy=late, status="FACTUAL_ACCURACY", comments_due_on=dt.date(2026, 2, 11)
    )
    ReportFactory.create(review__academy=late, final=True)
    signed_in(client, Role.QA_LEAD, area.trust)

    shown = client.get(reverse(TRUST))
    due = client.get(reverse(TRUST), {"due": "soon"})
    reports = f"{reverse('reporting:reports-index')}?status=FACTUAL_ACCURACY"

    for where in ("?due=soon#grid", reports, f"{reverse('improvement:needs-index')}?shared=3"):
        assert f'href="{where}"' in shown.content.decode()
    assert (shown.context["due"], len(due.context["due"])) == (None, shown.context["week"].due)
    assert [it.academy for it in due.context["due"]] == [late]
    assert len(client.get(reports).context["page_obj"]) == shown.context["week"].in_check


def test_trust_opens_from_each_small_figure_exactly_what_it_counts(client, area):
    academy = judged(area, on=dt.date(2024, 11, 1)).academy
    for day in (11, 27):
        ReportFactory.create(
            review__academy=academy,
            status="FACTUAL_ACCURACY",
            comments_due_on=dt.date(2026, 2, day),
        )
    signed_in(client, Role.QA_LEAD, area.trust)

    page = client.get(reverse(TRUST)).content.decode()
    strip = page.split('class="tp-strip"')[1].split("</section>")[0].replace("&amp;", "&")
    due, closing, impact = re.findall(r'<small>\s*<a href="([^"]+)"', strip)

    assert len(client.get(reverse(TRUST) + due.split("#")[0]).context["due"]) == 1
    assert client.get(closing).context["page_obj"].paginator.count == 1
    assert client.get(impact).context["show"] == "check_late"


def test_academy_leads_from_a_priority_to_its_findings(client, area):
    academy = judged(area).academy
    theme = ThemeFactory.create(trust=academy.trust)
    finding = FindingFactory.create(review__academy=academy, published=True, theme=theme)
    signed_in(client, Role.HEADTEACHER, academy)

    page = client.get(reverse("insight:overviews-academy", args=[academy.pk])).content.decode()
    asking = reverse("improvement:actions-asking")
    url = f"{asking}?academy={academy.pk}&amp;theme={theme.pk}"

    assert f'<a href="{url}">1 finding</a>' in page
    assert list(client.get(url.replace("&amp;", "&")).context["page_obj"]) == [finding]


def test_trust_explains_a_cell_with_the_sources_behind_it(client, area):
    StandardFactory.create(area=area, expected_kinds=["LESSON_VISIT", "STUDENT_VOICE"])
    first = judged(area, rank=3, on=dt.date(2025, 3, 1))
    facts = {"records": 3, "kinds": 1, "observers": 1, "by_kind": {"LESSON_VISIT": 3}}
    latest = judged(area, academy=first.academy, rank=4, strength_facts=facts)
    signed_in(client, Role.QA_LEAD, area.trust)

    answer = client.get(
        reverse(TRUST),
        {"at": str(first.academy_id), "area": "assessment"},
        headers={"HX-Request": "true"},
    )

    body = " ".join(answer.content.decode().split())
    assert "<td>3 of 4</td>" in body
    assert "<td>0 of 2</td>" in body
    assert "the judgement before it, of 1 Mar 2025, was Meets standard" in body
    assert reverse("judgements:levels-show", args=[latest.pk]) in body
    assert "<html" not in body


def test_trust_explains_a_cell_without_javascript_too(client, area):
    judgement = judged(area)
    signed_in(client, Role.QA_LEAD, area.trust)

    answer = client.get(reverse(TRUST), {"at": str(judgement.academy_id), "area": "assessment"})

    assert "Why this level" in answer.content.decode()
    assert "<html" in answer.content.decode()


def test_trust_says_when_nobody_has_judged_a_cell(client, area):
    academy = AcademyFactory.create(trust=area.trust)
    operations.system_rebuild(area.trust_id)
    signed_in(client, Role.QA_LEAD, area.trust)

    answer = client.get(reverse(TRUST), {"at": str(academy.pk), "area": "assessment"})

    assert "Nobody from outside the academy has judged" in answer.content.decode()


def test_trust_does_not_explain_another_trusts_cell(client, area):
    foreign = judged(AreaFactory.create(version=ScaleFactory.create().version))
    signed_in(client, Role.QA_LEAD, area.trust)

    answer = client.get(
        reverse(TRUST),
        {"at": str(foreign.academy_id), "area": foreign.area.lineage},
        headers={"HX-Request": "true"},
    )

    assert "Choose a cell" in answer.content.decode()


def test_trust_says_what_is_missing_before_there_is_a_policy(client):
    academy = AcademyFactory.create()
    signed_in(client, Role.QA_LEAD, academy.trust)

    assert "No policy in force" in client.get(reverse(TRUST)).content.decode()


def test_academies_goes_straight_to_the_only_one(client, area):
    home = judged(area).academy
    judged(area)
    signed_in(client, Role.HEADTEACHER, home)

    answer = client.get(reverse("insight:overviews-academies"))

    assert answer.url == reverse("insight:overviews-academy", args=[home.pk])


def test_academies_lists_only_those_one_looks_after(client, area):
    cluster = ClusterFactory.create(trust=area.trust)
    here = [
        judged(area, academy=AcademyFactory.create(trust=area.trust, cluster=cluster)).academy
        for _ in range(2)
    ]
    judged(area)
    signed_in(client, Role.HEADTEACHER, cluster)

    rows = client.get(reverse("insight:overviews-academies")).context["rows"]

    assert {academy for academy, _ in rows} == set(here)


def test_academies_costs_the_same_for_any_number_of_academies(client, area, assert_flat):
    judged(area)
    signed_in(client, Role.QA_LEAD, area.trust)

    assert_flat(reverse("insight:overviews-academies"), add_row=lambda: judged(area), at_most=10)


def test_academy_shows_level_trend_and_the_schools_own_view(client, area):
    academy = judged(area, rank=3, on=dt.date(2025, 3, 1)).academy
    judged(area, academy=academy, rank=4)
    judged(area, academy=academy, rank=2, perspective="SELF")
    signed_in(client, Role.HEADTEACHER, academy)

    answer = client.get(reverse("insight:overviews-academy", args=[academy.pk]))

    line = answer.context["lines"][0]
    assert [point.level and point.level.letter for point in line.trend] == [
        None, None, "M", "M", "A", "A",
    ]  # fmt: skip
    assert line.standing.self_judgement.level.letter == "S"
    assert "School: Strong standard. Trust: Needs attention." in answer.content.decode()


def test_academy_trend_is_what_stood_at_the_end_of_each_term(client, area):
    academy = judged(area, on=dt.date(2025, 3, 1), stands_from=dt.date(2025, 5, 6)).academy
    signed_in(client, Role.HEADTEACHER, academy)

    answer = client.get(reverse("insight:overviews-academy", args=[academy.pk]))

    trend = answer.context["lines"][0].trend
    assert [(point.when, point.level and point.level.letter) for point in trend][2:4] == [
        ("Spr 25", None),
        ("Sum 25", "A"),
    ]


def test_nothing_moves_for_head_or_trustee_until_the_report_is_final(client, area):
    academy = judged(area, rank=3, on=dt.date(2025, 3, 1)).academy
    review = ReviewFactory.create(
        academy=academy, policy_version=area.version, status="CORROBORATING"
    )
    ClaimFactory.create(review=review, standard__area=area, agreed=True)
    people = {role: person(role, at=academy) for role in (Role.HEADTEACHER, Role.TRUSTEE)}
    lead = person(Role.QA_LEAD, at=area.trust)
    now = dt.datetime(2026, 2, 10, 9, tzinfo=dt.UTC)

    def seen():
        client.force_login(people[Role.HEADTEACHER])
        line = client.get(reverse("insight:overviews-academy", args=[academy.pk])).context["lines"][
            0
        ]
        client.force_login(people[Role.TRUSTEE])
        table = client.get(reverse("governance:assurance-show")).context["table"]
        return (
            line.standing.latest.level.letter,
            line.trend[-1].level.letter,
            table.rows[0].level.letter,
        )

    assert seen() == ("M", "M", "M")
    levels.judge(
        review=review,
        area=area,
        level=area.scale.levels.get(rank=4),
        rationale="Most do not catch up.",
        by=lead,
        on=now.date(),
    )
    assert seen() == ("M", "M", "M")
    report = drafts.assemble(review=review, by=lead, at=now)
    for step in (reports.send_to_qa, reports.open_to_academy):
        report = step(report=report, by=lead, at=now)
        assert seen() == ("M", "M", "M")

    reports.confirm(report=report, by=people[Role.HEADTEACHER], at=now)
    reports.finalise(report=report, by=lead, at=now)

    assert seen() == ("A", "A", "A")


def test_academy_gathers_what_follows(client, area):
    academy = judged(area).academy
    theme = ThemeFactory.create(trust=academy.trust, name="Checking understanding")
    finding = FindingFactory.create(review__academy=academy, published=True, theme=theme)
    ActionFactory.create(finding=finding, title="Daily check", due_on=dt.date(2026, 3, 1))
    GoodPracticeFactory.create(academy=academy, title="Five words", published=True)
    ReviewFactory.create(
        academy=academy,
        title="Maths deep dive",
        fieldwork_starts_on=dt.date(2026, 3, 3),
        fieldwork_ends_on=dt.date(2026, 3, 3),
    )
    signed_in(client, Role.HEADTEACHER, academy)

    there = reverse("insight:overviews-academy", args=[academy.pk])
    answer = client.get(there).content.decode()
    piece = client.get(f"{there}?proud=1", headers={"HX-Request": "true"}).content.decode()

    for expected in ("Checking understanding", "Daily check", "Maths deep dive"):
        assert expected in answer
    assert "Five words" in piece
    assert "<h1>" not in piece


def test_academy_has_nothing_coming_up_once_fieldwork_is_done(client, area):
    academy = judged(area).academy
    day = dt.date(2026, 3, 3)
    ReviewFactory.create(
        academy=academy,
        title="Maths deep dive",
        status="REPORTING",
        fieldwork_starts_on=day,
        fieldwork_ends_on=day,
    )
    signed_in(client, Role.HEADTEACHER, academy)

    answer = client.get(reverse("insight:overviews-academy", args=[academy.pk]))

    assert not answer.context["coming_up"]


def test_academy_says_which_report_waits_for_its_check_and_until_when(client, area):
    standing = judged(area)
    checking = {"status": Report.Status.FACTUAL_ACCURACY}
    review = ReviewFactory.create(academy=standing.academy, policy_version=area.version)
    report = ReportFactory.create(review=review, comments_due_on=dt.date(2026, 2, 12), **checking)
    ReportFactory.create(
        review=ReviewFactory.create(academy__trust=area.trust, policy_version=area.version),
        comments_due_on=dt.date(2026, 2, 12),
        **checking,
    )
    ReportFactory.create(review__academy=standing.academy, final=True)
    url = reverse("insight:overviews-academy", args=[standing.academy_id])

    def told(role):
        client.force_login(person(role, at=standing.academy))
        text = client.get(url).content.decode()
        waits = text.count("waits for the academy’s factual accuracy check")
        return waits, reverse("reporting:reports-show", args=[report.pk]) in text, text

    head = told(Role.HEADTEACHER)
    with time_machine.travel(dt.datetime(2026, 2, 13, 9, tzinfo=dt.UTC)):
        late = told(Role.HEADTEACHER)

    assert head[:2] == (1, True)
    assert "by Thursday 12 February" in head[2]
    assert "the check closed on Thursday 12 February" in late[2]
    assert told(Role.TRUSTEE)[:2] == (0, False)


def test_academy_keeps_staff_names_from_governors(client, area):
    academy = judged(area).academy
    finding = FindingFactory.create(review__academy=academy, published=True)
    action = ActionFactory.create(finding=finding)
    signed_in(client, Role.TRUSTEE, academy)

    answer = client.get(reverse("insight:overviews-academy", args=[academy.pk])).content.decode()

    assert action.owner.name not in answer
    assert finding.title not in answer


@pytest.mark.parametrize("role", [Role.HEADTEACHER, Role.TRUSTEE])
def test_academy_is_not_found_by_a_siblings_people(client, area, role):
    academy = judged(area).academy
    signed_in(client, role, AcademyFactory.create(trust=academy.trust))

    answer = client.get(reverse("insight:overviews-academy", args=[academy.pk]))

    assert answer.status_code == 404


def test_academy_stays_within_its_budget_of_queries(client, area):
    academy = judged(area).academy
    signed_in(client, Role.QA_LEAD, academy.trust)
    url = reverse("insight:overviews-academy", args=[academy.pk])
    client.get(url)

    with CaptureQueriesContext(connection) as queries:
        client.get(url)

    assert len(queries) <= 12
