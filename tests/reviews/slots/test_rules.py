"""Who may move, agree, drop and take up a proposed review, and where it may go."""

import datetime as dt

import pytest

from tests.factories import AcademyFactory, ProgrammeSlotFactory, person
from tests.reviews.proposals.years import place, slot, year
from trigpoint.people.roles import Role
from trigpoint.reviews.assignment.rules import Breach, Rule
from trigpoint.reviews.models import ProgrammeSlot
from trigpoint.reviews.slots import rules
from trigpoint.reviews.slots.rules import Move

S = ProgrammeSlot.Status
LEGAL = {(S.PROPOSED, "agree"), (S.PROPOSED, "drop"), (S.DROPPED, "restore")}
MONDAY = dt.date(2026, 11, 9)


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("verb", ["agree", "drop", "restore"])
def test_lifecycle_allows_exactly_the_legal_moves(state, verb):
    assert bool(rules.LIFECYCLE.may(verb, state)) is ((state, verb) in LEGAL)


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("held", ["trust", "academy"])
def test_visible_to_agrees_with_may_view(role, held):
    home = AcademyFactory.create()
    user = person(role, at=home.trust if held == "trust" else home)
    rows = [
        ProgrammeSlotFactory.create(academy=academy)
        for academy in (home, AcademyFactory.create(trust=home.trust), AcademyFactory.create())
    ]

    listed = set(ProgrammeSlot.objects.visible_to(user))

    assert listed == {row for row in rows if rules.may_view(user, row)}
    assert bool(listed) is (role == Role.QA_LEAD)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "may",
    [rules.may_move, rules.may_agree, rules.may_drop],
    ids=["move", "agree", "drop"],
)
def test_what_is_proposed_is_the_lead_s_to_decide(may):
    row = ProgrammeSlotFactory.create()
    lead, other = (person(role, at=row.trust) for role in (Role.QA_LEAD, Role.REVIEWER))

    assert may(lead, row)
    assert may(other, row).reason == rules.ONLY_THE_LEAD
    row.status = S.DROPPED
    assert not may(lead, row)
    assert rules.may_restore(lead, row)


@pytest.mark.django_db
def test_may_move_says_where_the_dates_of_an_agreed_review_are_moved():
    row = ProgrammeSlot(status=S.AGREED)

    assert "on the review's own page" in rules.may_move(None, row).reason


def test_days_to_try_are_those_of_the_week_with_enough_open_days():
    shut = place(works_on=place().works_on - {dt.date(2026, 11, 11)})

    days = rules.days_to_try(Move(week=MONDAY), days=2, place=shut)

    assert days == [MONDAY, dt.date(2026, 11, 12)]
    named = Move(starts_on=dt.date(2026, 11, 11))
    assert rules.days_to_try(named, days=2, place=shut) == [dt.date(2026, 11, 11)]


def test_may_be_open_names_the_week():
    refused = rules.may_be_open([], days=2, place=place(), week=MONDAY)

    assert refused.reason == (
        "Saltwyke does not have 2 open days in a row in the week of 9 November. Choose another week."
    )
    assert rules.may_be_open([MONDAY], days=2, place=place(), week=MONDAY)


def test_may_stand_says_every_rule_once():
    told = [Breach(Rule.TWICE, ("a",), "One."), Breach(Rule.WEEK, ("a",), "Two.")]

    assert rules.may_stand([*told, told[0]]).reason == "One. Two."
    assert rules.may_stand([])


def test_best_start_breaks_least_and_is_earliest():
    late, early = slot(starts_on=dt.date(2026, 11, 11)), slot()
    broken = [Breach(Rule.TWICE, ("a",), "One.")]

    assert rules.best_start([(early, broken), (late, [])]) == (late, [])
    assert rules.best_start([(late, []), (early, [])]) == (early, [])
    assert year().fixed == ()


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("TRUST", "Whole-academy review"),
        ("DEEP_DIVE", "Curriculum deep dive"),
        ("SELF", "Self-review 2025-26"),
        ("EXTERNAL", "External review"),
        ("PEER", "Peer review"),
    ],
)
def test_title_says_what_the_review_is(kind, title):
    assert rules.title(kind, area="Curriculum", year="2025-26") == title
