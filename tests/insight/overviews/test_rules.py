import datetime as dt
from dataclasses import asdict

import pytest

from tests.factories import AcademyFactory, person
from tests.looks import FIVE, IN_WORDS
from trigpoint.insight.models import Standing
from trigpoint.insight.overviews import rules
from trigpoint.judgements.models import Judgement
from trigpoint.people.roles import Role
from trigpoint.policies.models import Area, Level, PolicyVersion
from trigpoint.policies.standards.rules import Breaks
from trigpoint.trusts.models import Academy

TODAY = dt.date(2026, 2, 10)


def level(rank):
    return Level(**asdict(FIVE[rank - 1]))


def cell(rank=None, previous=None, due_on=None):
    found = Standing(
        area_lineage="teaching",
        latest=Judgement(level=level(rank)) if rank else None,
        previous=Judgement(level=level(previous)) if previous else None,
        due_on=due_on,
    )
    found.previous_version, found.latest_version = 3, 4
    return found


@pytest.mark.parametrize(
    ("rank", "previous", "moved"), [(3, 4, 1), (4, 2, -2), (3, 3, 0), (3, None, 0), (None, None, 0)]
)
def test_change_is_up_when_the_level_got_better(rank, previous, moved):
    assert rules.change(cell(rank, previous), Breaks({}, {})) == moved


def test_change_is_none_where_the_meaning_changed_in_between():
    broken = Breaks({"teaching": ((4, "The bar rose."),)}, {})
    earlier = Breaks({"teaching": ((3, "The bar rose."),), "assessment": ((4, "So."),)}, {})

    assert rules.change(cell(3, 4), broken) == 0
    assert rules.meaning_between(cell(3, 4), broken) == "The bar rose."
    assert rules.change(cell(3, 4), earlier) == 1


def test_concern_puts_the_lowest_levels_first_and_then_what_is_overdue():
    urgent = [cell(5), cell(1), cell(1)]
    weak = [cell(4), cell(4), cell(4)]
    fine = [cell(3), cell(3), cell(3)]
    late = [cell(3), cell(3), cell(3, due_on=dt.date(2026, 1, 1))]

    ordered = sorted([fine, weak, late, urgent], key=lambda cells: rules.concern(cells, on=TODAY))

    assert ordered == [urgent, weak, late, fine]


def test_two_views_are_not_compared_where_the_meaning_changed_between_them():
    broken = Breaks({"teaching": ((4, "The bar rose."),)}, {})
    both = cell(3)
    both.self_judgement, both.self_version = Judgement(level=level(2)), 3

    assert rules.meaning_between_views(both, broken) == "The bar rose."
    both.self_version = 4
    assert rules.meaning_between_views(both, broken) == ""
    assert rules.meaning_between_views(cell(3), broken) == ""


def test_concern_does_not_count_what_is_judged_in_words():
    wordy = cell(1)
    wordy.latest.level = Level(**asdict(IN_WORDS))

    assert rules.concern([wordy], on=TODAY) == rules.concern([cell()], on=TODAY)


def test_legend_explains_what_older_judgements_still_show():
    in_force = [level(1), Level(tone="words", letter="", label="In words")]

    found = rules.legend(in_force, [cell(5), None, cell(), cell(4), cell(5), cell(1)])

    assert [it.letter for it in found] == ["E", "", "A", "U"]


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (dt.date(2025, 9, 1), "Aut 25"),
        (dt.date(2026, 1, 5), "Spr 26"),
        (dt.date(2026, 8, 31), "Sum 26"),
    ],
)
def test_term_of(day, term):
    assert rules.term_of(day) == term


def test_last_terms_end_with_the_one_we_are_in():
    names = [name for name, _ in rules.last_terms(on=TODAY, count=6)]

    assert names == ["Sum 24", "Aut 24", "Spr 25", "Sum 25", "Aut 25", "Spr 26"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "allowed"),
    [(Role.HEADTEACHER, True), (Role.TRUSTEE, True), (Role.STAFF, False), (Role.DPO, False)],
)
def test_may_view_academy(role, allowed):
    academy = AcademyFactory.create()
    user = person(role, at=academy)

    assert bool(rules.may_view_academy(user, academy)) is allowed
    assert not rules.may_view_academy(user, AcademyFactory.create(trust=academy.trust))


@pytest.mark.parametrize(
    ("days", "words"), [(28, "4 weeks"), (7, "1 week"), (10, "10 days"), (1, "1 day")]
)
def test_weeks_words_are_weeks_where_they_come_out_even(days, words):
    assert rules.weeks_words(days) == words


def test_soon_days_are_those_of_the_version_in_force():
    version = PolicyVersion(settings={"cadence": {"soon_days": 10}})

    assert rules.soon_days([Area(version=version)]) == 10
    assert rules.soon_days([]) == 28


@pytest.mark.parametrize(("soon_days", "found"), [(9, 0), (10, 1)])
def test_due_takes_what_falls_due_within_the_policys_days(soon_days, found):
    on = dt.date(2026, 2, 10)
    rows = [(Academy(name="Ash"), [cell(3, due_on=on + dt.timedelta(days=10))])]

    coming = rules.due(on=on, soon_days=soon_days, columns=[Area()], rows=rows)

    assert len(coming) == found
