import datetime as dt
import random
from dataclasses import replace

import pytest
from django.core.management import call_command

from tests.factories import (
    AcademyFactory,
    AreaFactory,
    CadenceRuleFactory,
    JudgementFactory,
    PolicyVersionFactory,
    ReviewFactory,
    ScaleFactory,
    StandardFactory,
    TermFactory,
    TrustFactory,
    person,
)
from trigpoint.governance.assurance import queries as assurance
from trigpoint.insight.models import Standing
from trigpoint.insight.standings import operations
from trigpoint.judgements.levels import operations as levels
from trigpoint.judgements.models import Judgement
from trigpoint.people.roles import Role
from trigpoint.records.days import months_later
from trigpoint.reviews.reviews import operations as reviews
from trigpoint.trusts.calendars import operations as calendars
from trigpoint.trusts.calendars.rules import Closed
from trigpoint.trusts.structure import operations as structure
from trigpoint.trusts.structure.rules import AcademyFacts

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    version = PolicyVersionFactory.create(in_force=True)
    CadenceRuleFactory.create(version=version, months=12)
    return version


@pytest.fixture
def scale(version):
    return ScaleFactory.create(version=version)


def made(area, academy, scale, *, on, rank=3, perspective="TRUST", **more):
    return JudgementFactory.create(
        review=ReviewFactory.create(
            academy=academy,
            policy_version=area.version,
            kind="SELF" if perspective == "SELF" else "DEEP_DIVE",
            looked_on=on,
            areas=[area],
        ),
        area=area,
        level=scale.levels.get(rank=rank),
        made_on=on,
        perspective=perspective,
        **more,
    )


def test_what_is_provisional_counts_when_it_comes_to_stand(version, scale):
    area, academy = AreaFactory.create(version=version), AcademyFactory.create(trust=version.trust)
    first = made(area, academy, scale, on=dt.date(2025, 10, 1), rank=3)
    operations.system_rebuild(version.trust_id)
    second = made(area, academy, scale, on=dt.date(2026, 2, 1), rank=4, provisional=True)
    own = made(area, academy, scale, on=second.made_on, perspective="SELF", provisional=True)
    part = JudgementFactory.create(
        review=second.review,
        area=area,
        standard=StandardFactory.create(area=area),
        level=scale.levels.get(rank=5),
        provisional=True,
    )

    for judgement in (second, own, part):
        operations.system_refresh(judgement.review_id)
    cell = Standing.objects.get()
    assert (cell.latest, cell.previous, cell.self_judgement) == (first, None, None)
    assert cell.due_on == dt.date(2027, 2, 1)  # somebody looked, whatever the level turns out to be

    for judgement in (second, own):
        levels.stand_for(review=judgement.review, on=dt.date(2026, 3, 1))
    cell.refresh_from_db()
    assert (cell.latest, cell.previous, cell.self_judgement) == (second, first, own)
    assert cell.due_on == dt.date(2027, 2, 1)


def test_system_rebuild_makes_a_cell_for_every_academy_and_area(version, scale):
    academies = AcademyFactory.create_batch(2, trust=version.trust)
    AcademyFactory.create(trust=version.trust, closed_on=dt.date(2025, 1, 1))
    AreaFactory.create_batch(3, version=version)

    assert operations.system_rebuild(version.trust_id) == 6
    assert {cell.academy for cell in Standing.objects.all()} == set(academies)


def test_an_academy_counts_from_the_day_it_joins_until_it_closes(version, scale):
    AreaFactory.create_batch(2, version=version)
    facts = AcademyFacts("Ash", urn=140001, joined_on=version.effective_on + dt.timedelta(days=45))

    academy = structure.open_academy(trust=version.trust, facts=facts, by=None)

    due = months_later(facts.joined_on, 12)
    assert [*Standing.objects.values_list("academy", "due_on")] == [(academy.pk, due)] * 2

    closed = replace(facts, closed_on=dt.date(2026, 8, 31))
    structure.revise_academy(academy=academy, facts=closed, by=None)
    assert not Standing.objects.exists()


def test_system_refresh_moves_the_latest_to_previous(version, scale):
    area, academy = AreaFactory.create(version=version), AcademyFactory.create(trust=version.trust)
    first = made(area, academy, scale, on=dt.date(2025, 10, 1), rank=4)
    operations.system_refresh(first.review_id)
    second = made(area, academy, scale, on=dt.date(2026, 2, 1), rank=3)
    operations.system_refresh(second.review_id)

    cell = Standing.objects.get()

    assert (cell.latest, cell.previous, cell.due_on) == (second, first, dt.date(2027, 2, 1))


def test_system_refresh_keeps_the_schools_own_view_apart(version, scale):
    area, academy = AreaFactory.create(version=version), AcademyFactory.create(trust=version.trust)
    own = made(area, academy, scale, on=dt.date(2025, 10, 1), perspective="SELF")

    operations.system_refresh(own.review_id)

    cell = Standing.objects.get()
    assert (cell.latest, cell.self_judgement) == (None, own)


def test_the_lowest_standard_stands_in_until_the_whole_area_is_judged(version, scale):
    area, academy = AreaFactory.create(version=version), AcademyFactory.create(trust=version.trust)
    review = ReviewFactory.create(academy=academy, policy_version=version)
    for rank in (2, 4, 3):
        part = JudgementFactory.create(
            review=review,
            area=area,
            standard=StandardFactory.create(area=area),
            level=scale.levels.get(rank=rank),
        )
        operations.system_refresh(part.review_id)
    assert Standing.objects.get().latest.level.rank == 4

    whole = made(area, academy, scale, on=dt.date(2025, 10, 1), rank=3)
    operations.system_refresh(whole.review_id)

    assert Standing.objects.get().latest == whole


def test_system_redate_follows_the_tier(version, scale):
    CadenceRuleFactory.create(version=version, tier=3, months=4)
    area, academy = AreaFactory.create(version=version), AcademyFactory.create(trust=version.trust)
    operations.system_refresh(made(area, academy, scale, on=dt.date(2025, 10, 1)).review_id)
    academy.tier = 3
    academy.save()

    operations.system_redate(academy.pk)

    assert Standing.objects.get().due_on == dt.date(2026, 2, 1)


def test_the_next_look_is_dated_as_soon_as_fieldwork_is_over(version, scale):
    area, academy = AreaFactory.create(version=version), AcademyFactory.create(trust=version.trust)
    review = ReviewFactory.create(
        academy=academy, policy_version=version, status="FIELDWORK", areas=[area]
    )  # on 12 November 2025
    lead, on = person(Role.QA_LEAD, at=version.trust), dt.date(2025, 11, 12)
    operations.system_rebuild(version.trust_id)
    never, once = dt.date(2026, 9, 1), dt.date(2026, 11, 12)

    found = [Standing.objects.get().due_on]
    reviews.corroborate(review=review, by=lead, on=on)
    found.append(Standing.objects.get().due_on)
    reviews.step_back(review=review, because="Too early", by=lead, on=on)
    found.append(Standing.objects.get().due_on)
    reviews.corroborate(review=review, by=lead, on=on)
    reviews.cancel(review=review, because="Fire", by=lead, on=on)
    found.append(Standing.objects.get().due_on)

    assert found == [never, once, never, never]


def test_a_look_of_every_term_is_dated_anew_when_the_calendar_changes(version, scale):
    CadenceRuleFactory.create(version=version, review_kind="PEER", every="TERM", months=None)
    AreaFactory.create(version=version)
    academy = AcademyFactory.create(trust=version.trust)
    TermFactory.create(academy=academy)  # to Friday 19 December 2025
    administrator, on = person(Role.ADMINISTRATOR, at=version.trust), dt.date(2025, 9, 10)
    operations.system_rebuild(version.trust_id)
    inset = Closed("Training", dt.date(2025, 12, 19), dt.date(2025, 12, 19), "INSET")

    found = [Standing.objects.get().due_on]
    closure = calendars.close_days(academy=academy, closed=inset, by=administrator, on=on)
    found.append(Standing.objects.get().due_on)
    calendars.open_days(closure=closure, by=administrator, on=on)
    found.append(Standing.objects.get().due_on)

    assert [day.day for day in found] == [19, 18, 19]


def test_without_a_policy_in_force_there_is_nothing_to_keep(scale, version):
    area, academy = AreaFactory.create(version=version), AcademyFactory.create(trust=version.trust)
    judgement = made(area, academy, scale, on=dt.date(2025, 10, 1))
    version.status, version.superseded_on = "SUPERSEDED", dt.date(2026, 1, 1)
    version.save()

    operations.system_refresh(judgement.review_id)
    operations.system_redate(academy.pk)

    assert operations.system_rebuild(version.trust_id) == 0
    assert not Standing.objects.exists()


@pytest.mark.parametrize("seed", range(5))
def test_kept_step_by_step_equals_rebuilt_equals_counted_by_hand(version, scale, seed):
    """Whatever the order judgements arrive in, the rollup says what the rows say."""
    dice = random.Random(seed)  # noqa: S311 -- a test's dice, the same every time
    areas = AreaFactory.create_batch(2, version=version)
    academies = AcademyFactory.create_batch(2, trust=version.trust)
    for _ in range(12):
        judgement = made(
            dice.choice(areas),
            dice.choice(academies),
            scale,
            on=dt.date(2025, 9, 1) + dt.timedelta(days=dice.randrange(300)),
            rank=dice.randint(1, 5),
            perspective=dice.choice(["TRUST", "SELF", "EXTERNAL"]),
            provisional=dice.random() < 0.3,
        )
        operations.system_refresh(judgement.review_id)
    kept = _cells()

    operations.system_rebuild(version.trust_id)

    rebuilt = _cells()
    assert {key: rebuilt[key] for key in kept} == kept
    assert not any(any(cell[:3]) for key, cell in rebuilt.items() if key not in kept)
    for (academy_id, lineage), (latest, previous, own, _) in kept.items():
        rows = sorted(
            Judgement.objects.standing().filter(academy_id=academy_id, area__lineage=lineage),
            key=lambda row: (row.made_on, row.created_at),
        )
        others = [row.pk for row in rows if row.perspective != "SELF"]
        selves = [row.pk for row in rows if row.perspective == "SELF"]
        assert [previous, latest] == ([None, None, *others])[-2:]
        assert own == ([None, *selves])[-1]


def _cells():
    return {
        (cell.academy_id, cell.area_lineage): (
            cell.latest_id,
            cell.previous_id,
            cell.self_judgement_id,
            cell.due_on,
        )
        for cell in Standing.objects.all()
    }


@pytest.mark.parametrize("seed", range(12))
def test_the_overview_and_the_assurance_table_show_the_same_judgement(version, scale, seed):
    dice = random.Random(seed)  # noqa: S311 -- to shuffle a test
    academy = AcademyFactory.create(trust=version.trust)
    area = AreaFactory.create(version=version)
    standards = StandardFactory.create_batch(3, area=area)
    for _ in range(dice.randint(1, 4)):
        review = ReviewFactory.create(academy=academy, policy_version=version)
        parts = dice.sample(standards, dice.randint(0, 3)) + [None] * (dice.random() < 0.2)
        for standard in parts:
            JudgementFactory.create(
                review=review,
                area=area,
                standard=standard,
                level=scale.levels.get(rank=dice.randint(1, 5)),
                made_on=dt.date(2025, 10, dice.randint(1, 5)),
                perspective=dice.choice(["TRUST", "TRUST", "EXTERNAL", "SELF"]),
            )

    operations.system_rebuild(version.trust_id)

    cell = Standing.objects.get()
    shown = assurance.listing(
        viewer=person(Role.TRUSTEE, at=version.trust), on=dt.date(2025, 11, 1), lineage=area.lineage
    )
    [(one, _)] = shown.cells
    level = cell.latest and cell.latest.level.label
    assert (one.now and one.now.level.label) == level


def test_date_looks_puts_every_trust_right(version, scale, capsys):
    AreaFactory.create(version=version)
    AcademyFactory.create(trust=version.trust)
    operations.system_rebuild(version.trust_id)
    right = Standing.objects.get().due_on
    Standing.objects.update(due_on=dt.date(2020, 1, 1))
    TrustFactory.create(name="Without a policy")

    call_command("date_looks")

    assert Standing.objects.get().due_on == right
    said = capsys.readouterr().out
    assert f"{version.trust.name}: 1 cells dated." in said
    assert "Without a policy: 0 cells dated." in said
