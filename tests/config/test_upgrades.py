"""What upgrading does to a database that is in use, run on rows as they were before."""

import datetime as dt
from dataclasses import asdict
from functools import cache

import pytest
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader
from django.test import override_settings

from tests.factories import (
    AcademyFactory,
    AreaFactory,
    ClaimFactory,
    DiscardedDraftFactory,
    EvidenceImportFactory,
    JudgementFactory,
    LevelFactory,
    PaperFactory,
    PersonFactory,
    PolicyVersionFactory,
    PostFactory,
    ReportFactory,
    ReportStatementFactory,
    ReviewFactory,
    StandardFactory,
    StandingFactory,
    SurveyFactory,
)
from tests.looks import FIVE, shown
from trigpoint.policies.models import Area, Level
from trigpoint.reporting.models import Report
from trigpoint.web.marks import Shown

pytestmark = pytest.mark.django_db
CLOSED = dt.date(2025, 12, 1)
LAST = dt.date(2025, 8, 31)


@cache
def migration(area, name):
    """Return what a migration does to rows, and the models as they are known to it."""
    with override_settings(MIGRATION_MODULES={}):  # tests make their tables without them
        loader = MigrationLoader(None)
        state = loader.project_state((area, name))
    steps = loader.graph.nodes[area, name].operations
    return [step for step in steps if isinstance(step, RunPython)], state.apps


def upgrade(area, name):
    steps, apps = migration(area, name)
    for step in steps:
        step.code(apps, None)


def go_back(area, name):
    steps, apps = migration(area, name)
    for step in steps:
        step.reverse_code(apps, None)


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

    upgrade("reporting", "0002_judgements_stand")
    assert stands_from(*every) == [dt.date(2025, 12, 3), CLOSED, dt.date(2025, 12, 5), None, None]

    go_back("reporting", "0002_judgements_stand")
    assert stands_from(*every) == [None] * 5


def test_claims_of_reviews_that_are_over_stand_and_go_back():
    over = {"review__status": "CLOSED", "review__closed_on": CLOSED, "agreed": True}
    final, unreported, waiting = (ClaimFactory.create(**over) for _ in range(3))
    running = ClaimFactory.create(agreed=True)
    open_still = ClaimFactory.create(review=final.review)
    final_at = dt.datetime(2025, 12, 3, 9, tzinfo=dt.UTC)
    ReportFactory.create(review=final.review, final=True, finalised_at=final_at)
    ReportFactory.create(review=waiting.review, status=Report.Status.FACTUAL_ACCURACY)
    every = (final, unreported, waiting, running, open_still)

    upgrade("reporting", "0006_claims_stand")
    assert stands_from(*every) == [dt.date(2025, 12, 3), CLOSED, None, None, None]

    go_back("reporting", "0006_claims_stand")
    assert stands_from(*every) == [None] * 5


def test_the_last_day_of_a_person_is_that_of_their_last_post():
    gone, here, without, known = (PersonFactory.create() for _ in range(4))
    for person, ends_on in (
        (gone, dt.date(2024, 12, 31)),
        (gone, LAST),
        (here, LAST),
        (here, None),
    ):
        PostFactory.create(person=person, ends_on=ends_on)
    PostFactory.create(person=known, ends_on=LAST)
    known.left_on = dt.date(2025, 7, 22)
    known.save()

    upgrade("people", "0002_last_days")

    for person in (gone, here, without, known):
        person.refresh_from_db()
    assert [it.left_on for it in (gone, here, without, known)] == [
        LAST, None, None, dt.date(2025, 7, 22),
    ]  # fmt: skip


def test_a_discarded_draft_knows_its_academy():
    academy = AcademyFactory.create()
    draft = DiscardedDraftFactory.create(content={"academy_id": str(academy.pk)})

    upgrade("evidence", "0004_discarded_academy")

    draft.refresh_from_db()
    assert draft.academy == academy


def test_a_report_keeps_the_level_it_shows():
    judgement = JudgementFactory.create()
    another = LevelFactory.create(scale=judgement.level.scale, rank=4)
    report = ReportFactory.create(review=judgement.review)
    claimed = ReportStatementFactory.create(report=report)
    judged = ReportStatementFactory.create(
        report=report, part="JUDGEMENT", claim=None, judgement=judgement, level=another
    )

    upgrade("reporting", "0007_statement_level")

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

    upgrade("insight", "0002_only_what_stands")
    assert facts() == (first, None, None, months_on[first])

    go_back("insight", "0002_only_what_stands")
    assert facts() == (second, first, own, months_on[second])


def test_the_rollup_falls_back_on_the_weakest_standard_and_on_nothing():
    part = JudgementFactory.create(standard=StandardFactory.create())
    never = JudgementFactory.create(provisional=True, review=ReviewFactory.create())
    cells = [
        StandingFactory.create(academy=it.academy, area_lineage=it.area.lineage, latest=latest)
        for it, latest in ((part, None), (never, never))
    ]

    upgrade("insight", "0002_only_what_stands")

    for cell in cells:
        cell.refresh_from_db()
    assert [cell.latest for cell in cells] == [part, None]


def test_every_area_is_judged_on_the_scale_its_version_had():
    area = AreaFactory.create()
    bare = PolicyVersionFactory.create()
    for level in area.scale.levels.all():  # as migration 0005 leaves them
        Level.objects.filter(pk=level.pk).update(shape="circle", tone=f"not yet {level.rank}")
    Area.objects.update(scale=AreaFactory.create().scale)

    upgrade("policies", "0006_every_area_has_its_scale")

    area.refresh_from_db()
    assert area.scale.code == "ESMAU"
    looks = area.scale.levels.order_by("rank").values_list("letter", "shape", "tone")
    assert list(looks) == [(it.letter, it.shape, it.tone) for it in FIVE]
    words = [version.scales.get(code="words") for version in (area.version, bare)]
    assert [it.levels.get().tone for it in words] == ["words", "words"]


def test_a_table_kept_with_a_meeting_says_how_its_levels_look():
    old, new = {"mark": "A", "label": "Attention"}, shown("A", "Attention")
    row = {"level": old, "levels": [{"code": "A", "label": "Attention", "count": 2}]}
    snapshot = {"rows": [row, {"level": None, "levels": []}],
                "changes": [{"before": old, "now": old}]}  # fmt: skip
    paper = PaperFactory.create(report=None, snapshot=snapshot)

    upgrade("governance", "0002_a_paper_keeps_how_levels_look")

    paper.refresh_from_db()
    first, second = paper.snapshot["rows"]
    assert Shown(**first["level"]) == new
    assert first["levels"] == [{"level": asdict(new), "count": 2}]
    assert second == {"level": None, "levels": []}
    assert Shown(**paper.snapshot["changes"][0]["now"]) == new
    go_back("governance", "0002_a_paper_keeps_how_levels_look")
    paper.refresh_from_db()
    assert paper.snapshot == snapshot


def test_a_survey_that_is_over_is_shown_from_its_trusts_number_on():
    few, open_still = SurveyFactory.create(closed=True), SurveyFactory.create()
    many = SurveyFactory.create(closed=True, status="RECORDED")
    for survey, below in ((few, 2), (many, 9)):
        survey.trust.suppress_below = below
        survey.trust.save()

    upgrade("evidence", "0016_fewest_of_a_survey")

    for survey in (few, many, open_still):
        survey.refresh_from_db()
    assert (few.fewest, many.fewest, open_still.fewest) == (3, 9, 0)


def test_an_import_keeps_what_its_rows_add_up_to():
    rows = [{"outcome": outcome} for outcome in ("ADDED", "KNOWN", "ADDED")]
    upload = EvidenceImportFactory.create(rows=rows)

    upgrade("evidence", "0017_tally_of_an_import")

    upload.refresh_from_db()
    assert upload.tally == {"ADDED": 2, "KNOWN": 1, "REFUSED": 0}
