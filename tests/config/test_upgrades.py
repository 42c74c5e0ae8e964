"""What upgrading does to a database that is in use, run on rows as they were before."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps

from tests.factories import (
    JudgementFactory,
    LevelFactory,
    ReportFactory,
    ReportStatementFactory,
    ReviewFactory,
    StandardFactory,
    StandingFactory,
)
from trigpoint.reporting.models import Report

pytestmark = pytest.mark.django_db
reporting = import_module("trigpoint.reporting.migrations.0002_judgements_stand")
statement_level = import_module("trigpoint.reporting.migrations.0007_statement_level")
insight = import_module("trigpoint.insight.migrations.0002_only_what_stands")
CLOSED = dt.date(2025, 12, 1)


def of_a_review(**more):
    return JudgementFactory.create(
        provisional=True, **{f"review__{key}": more[key] for key in more}
    )


def closed(**more):
    return of_a_review(status="CLOSED", closed_on=CLOSED, **more)


def stands_from(*judgements):
    for judgement in judgements:
        judgement.refresh_from_db()
    return [judgement.stands_from for judgement in judgements]


def test_levels_of_reviews_that_are_over_stand_and_go_back():
    final, unreported, waiting, running = closed(), closed(), closed(), of_a_review()
    final_at = dt.datetime(2025, 12, 3, 9, tzinfo=dt.UTC)
    ReportFactory.create(review=final.review, final=True, finalised_at=final_at)
    ReportFactory.create(review=waiting.review, status=Report.Status.FACTUAL_ACCURACY)
    judged_late = JudgementFactory.create(
        review=unreported.review,
        level=unreported.level,
        made_on=dt.date(2025, 12, 5),
        provisional=True,
    )
    every = (final, unreported, judged_late, waiting, running)

    reporting.let_them_stand(apps, None)
    assert stands_from(*every) == [dt.date(2025, 12, 3), CLOSED, dt.date(2025, 12, 5), None, None]

    reporting.make_them_wait(apps, None)
    assert stands_from(*every) == [None] * 5


def test_a_report_keeps_the_level_it_shows():
    judgement = JudgementFactory.create()
    another = LevelFactory.create(scale=judgement.level.scale, rank=4)
    report = ReportFactory.create(review=judgement.review)
    claimed = ReportStatementFactory.create(report=report)
    judged = ReportStatementFactory.create(
        report=report, part="JUDGEMENT", claim=None, judgement=judgement, level=another
    )

    statement_level.keep_levels(apps, None)

    for row in (claimed, judged):
        row.refresh_from_db()
    assert (claimed.level, judged.level) == (None, judgement.level)


def test_the_rollup_counts_what_stands_and_goes_back():
    first = JudgementFactory.create(area__lineage="assessment", made_on=dt.date(2024, 11, 30))
    place = {"review__academy": first.academy, "area__lineage": "assessment"}
    second = JudgementFactory.create(**place, made_on=dt.date(2025, 9, 10), provisional=True)
    own = JudgementFactory.create(**place, perspective="SELF", provisional=True)
    months_on = {first: dt.date(2025, 5, 30), second: dt.date(2026, 3, 10)}
    cell = StandingFactory.create(
        academy=first.academy,
        area_lineage="assessment",
        latest=second,
        previous=first,
        self_judgement=own,
        due_on=months_on[second],
    )

    def facts():
        cell.refresh_from_db()
        return cell.latest, cell.previous, cell.self_judgement, cell.due_on

    insight.count_what_stands(apps, None)
    assert facts() == (first, None, None, months_on[first])

    insight.count_everything(apps, None)
    assert facts() == (second, first, own, months_on[second])


def test_the_rollup_falls_back_on_the_weakest_standard_and_on_nothing():
    part = JudgementFactory.create(standard=StandardFactory.create())
    never = JudgementFactory.create(provisional=True, review=ReviewFactory.create())
    cells = [
        StandingFactory.create(academy=it.academy, area_lineage=it.area.lineage, latest=latest)
        for it, latest in ((part, None), (never, never))
    ]

    insight.count_what_stands(apps, None)

    for cell in cells:
        cell.refresh_from_db()
    assert [cell.latest for cell in cells] == [part, None]
