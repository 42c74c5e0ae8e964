"""The states of a review, its clock, and who may see or run it."""

import datetime as dt

import pytest

from tests.factories import (
    AcademyFactory,
    DeadlineFactory,
    PersonFactory,
    ReviewFactory,
    TrustFactory,
    person,
)
from tests.factories.policies import SETTINGS
from trigpoint.people.roles import Role
from trigpoint.reviews.models import Deadline, Review
from trigpoint.reviews.reviews import rules
from trigpoint.trusts.calendars.rules import Closed, Span, WorkingCalendar
from trigpoint.trusts.models import Closure

S = Review.Status
LEGAL = {
    (S.PLANNED, "notify"): S.NOTIFIED,
    (S.NOTIFIED, "start"): S.FIELDWORK,
    (S.FIELDWORK, "corroborate"): S.CORROBORATING,
    (S.CORROBORATING, "report"): S.REPORTING,
    (S.REPORTING, "close"): S.CLOSED,
    (S.PLANNED, "begin"): S.FIELDWORK,
    (S.NOTIFIED, "begin"): S.FIELDWORK,
    (S.FIELDWORK, "finish"): S.CLOSED,
    (S.CORROBORATING, "finish"): S.CLOSED,
    (S.REPORTING, "finish"): S.CLOSED,
    (S.PLANNED, "cancel"): S.CANCELLED,
    (S.NOTIFIED, "cancel"): S.CANCELLED,
    (S.FIELDWORK, "cancel"): S.CANCELLED,
    (S.CORROBORATING, "cancel"): S.CANCELLED,
    (S.NOTIFIED, "undo_notify"): S.PLANNED,
    (S.FIELDWORK, "undo_start"): S.NOTIFIED,
    (S.CORROBORATING, "undo_corroborate"): S.FIELDWORK,
    (S.REPORTING, "undo_report"): S.CORROBORATING,
}
VERBS = {step.verb for step in rules.LIFECYCLE}
FIELDWORK_DAY = dt.date(2025, 11, 12)


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("verb", sorted(VERBS))
def test_lifecycle_allows_exactly_the_legal_moves(state, verb):
    assert bool(rules.LIFECYCLE.may(verb, state)) is ((state, verb) in LEGAL)
    if (state, verb) in LEGAL:
        assert rules.LIFECYCLE.target(verb) == LEGAL[state, verb]


def places(home):
    """Return reviews at one's own academy, a sibling and another trust."""
    return [
        ReviewFactory.create(academy=academy)
        for academy in (home, AcademyFactory.create(trust=home.trust), AcademyFactory.create())
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("held", ["trust", "academy", "one review"])
def test_visible_to_agrees_with_may_view(role, held):
    home = AcademyFactory.create()
    reviews = places(home)
    at = {"trust": home.trust, "academy": home, "one review": reviews[1]}[held]
    user = person(role, at=at)

    listed = set(Review.objects.visible_to(user))

    assert listed == {review for review in reviews if rules.may_view(user, review)}


@pytest.mark.django_db
def test_an_external_reviewer_sees_their_one_review_and_no_other():
    own, sibling, _ = places(AcademyFactory.create())
    external = person(Role.REVIEWER, at=sibling)

    assert set(Review.objects.visible_to(external)) == {sibling}
    assert "academy you don't work with" in rules.may_view(external, own).reason


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "whole_trust", "leads", "may"),
    [
        pytest.param(Role.QA_LEAD, True, False, True, id="QA lead"),
        pytest.param(Role.REVIEWER, True, True, True, id="reviewer who leads it"),
        pytest.param(Role.REVIEWER, True, False, False, id="reviewer who does not"),
        pytest.param(Role.HEADTEACHER, False, False, False, id="head"),
        pytest.param(Role.HEADTEACHER, False, True, False, id="head named as lead, without role"),
    ],
)
def test_may_run_is_for_the_lead_and_the_qa_lead(role, whole_trust, leads, may):
    review = ReviewFactory.create()
    user = person(role, at=review.trust if whole_trust else review.academy)
    if leads:
        review.lead = user.person

    verdict = rules.may_run(user, review)

    assert bool(verdict) is may
    assert may or review.lead.name in verdict.reason


@pytest.mark.django_db
def test_may_plan_names_the_way_round():
    academy = AcademyFactory.create()
    closed = AcademyFactory.create(trust=academy.trust, closed_on=dt.date(2025, 8, 31))
    lead = person(Role.QA_LEAD, at=academy.trust)

    assert rules.may_plan(lead, academy).allowed
    assert "31 August 2025" in rules.may_plan(lead, closed).reason
    assert "Ask them" in rules.may_plan(person(Role.REVIEWER, at=academy), academy).reason
    assert not rules.may_plan(lead, AcademyFactory.create())


@pytest.mark.django_db
def test_may_start_waits_for_the_first_day_of_fieldwork():
    review = ReviewFactory.create(status=S.NOTIFIED)
    lead = person(Role.QA_LEAD, at=review.trust)

    assert rules.may_start(lead, review, on=FIELDWORK_DAY).allowed
    early = rules.may_start(lead, review, on=dt.date(2025, 11, 11))
    assert early.reason.startswith("Fieldwork is planned from 12 November 2025.")


@pytest.mark.django_db
@pytest.mark.parametrize("state", S)
def test_may_replan_and_may_ask_end_with_their_states(state):
    review = ReviewFactory.build(
        status=state, academy=AcademyFactory.build(), lead=PersonFactory.build()
    )
    user = person(Role.QA_LEAD, at=TrustFactory.create())
    review.trust_id = user.trust_id

    assert bool(rules.may_replan(user, review)) is (state in {S.PLANNED, S.NOTIFIED})
    assert bool(rules.may_ask(user, review)) is (
        state in {S.PLANNED, S.NOTIFIED, S.FIELDWORK, S.CORROBORATING}
    )


@pytest.mark.django_db
def test_may_complete_step_is_for_whoever_runs_reviews_there():
    review = ReviewFactory.create()

    assert rules.may_complete_step(person(Role.REVIEWER, at=review), review).allowed
    assert not rules.may_complete_step(person(Role.HEADTEACHER, at=review.academy), review)


def test_may_visit_refuses_dates_the_wrong_way_round_and_closed_days():
    academy = AcademyFactory.build(name="Thornmere")
    dates = rules.Dates(FIELDWORK_DAY, FIELDWORK_DAY - dt.timedelta(days=1))
    sunday = rules.Dates(dt.date(2025, 11, 9), dt.date(2025, 11, 10))

    asked = {"calendar": WorkingCalendar(), "academy": academy, "on": dt.date(2025, 11, 9)}

    swapped = rules.may_visit(dates, **asked)
    closed = rules.may_visit(sunday, **asked)

    assert swapped.reason.endswith("Swap the two dates.")
    assert closed.reason.startswith("9 November 2025 is a Sunday at Thornmere")


def test_may_visit_from_today_on():
    academy, days = AcademyFactory.build(), rules.Dates(FIELDWORK_DAY, FIELDWORK_DAY)
    asked = {"calendar": WorkingCalendar(), "academy": academy}

    assert rules.may_visit(days, **asked, on=FIELDWORK_DAY).allowed
    late = rules.may_visit(days, **asked, on=FIELDWORK_DAY + dt.timedelta(days=1))
    assert late.reason.endswith("which is past. Plan it from today on.")


@pytest.mark.django_db
@pytest.mark.parametrize("state", Review.Status)
def test_may_restaff_until_the_review_is_over(state):
    review = ReviewFactory.create()
    review.status = state
    runs, other = person(Role.QA_LEAD, at=review.trust), person(Role.REVIEWER, at=review)

    assert bool(rules.may_restaff(runs, review)) is (state not in {"CLOSED", "CANCELLED"})
    assert not rules.may_restaff(other, review)


def test_may_staff_keeps_the_nominee_off_the_team():
    lead, other = PersonFactory.build(), PersonFactory.build(name="Tom Ludlam")

    assert rules.may_staff(lead, [], nominee=other).allowed
    for team in ((other, []), (lead, [other])):
        assert "Tom Ludlam receives the review" in rules.may_staff(*team, nominee=other).reason


def test_may_staff_refuses_the_same_person_twice():
    lead, other = PersonFactory.build(name="Gareth Pellow"), PersonFactory.build()

    assert rules.may_staff(lead, [other]).allowed
    assert rules.may_staff(lead, [other, lead]).reason == (
        "Gareth Pellow is on the team twice. Keep one of the two."
    )


def test_clock_counts_the_academys_own_working_days():
    autumn = Span("Autumn", dt.date(2025, 9, 1), dt.date(2025, 12, 19))
    year = Span("2025-26", dt.date(2025, 9, 1), dt.date(2026, 8, 31))
    half_term = Closed("Half term", dt.date(2025, 10, 27), dt.date(2025, 10, 31))
    inset = Closed("Training", dt.date(2025, 11, 27), dt.date(2025, 11, 27), Closure.Kind.INSET)
    dates = rules.Dates(dt.date(2025, 11, 12), dt.date(2025, 11, 13))
    calendar = WorkingCalendar((autumn,), (half_term, inset), (year,))

    due = dict(rules.clock(dates, tier=2, settings=SETTINGS["clock"], calendar=calendar))

    assert due == {
        Deadline.Step.NOTICE: dt.date(2025, 10, 22),  # half term does not count
        Deadline.Step.DOCUMENTS: dt.date(2025, 11, 5),
        Deadline.Step.FIELDWORK: dt.date(2025, 11, 13),
        Deadline.Step.CORROBORATE: dt.date(2025, 11, 13),
        Deadline.Step.DRAFT: dt.date(2025, 11, 20),
        Deadline.Step.INTERNAL_QA: dt.date(2025, 11, 24),
        Deadline.Step.FACTUAL_ACCURACY: dt.date(2025, 12, 2),  # nor does the INSET day
        Deadline.Step.FINAL: dt.date(2025, 12, 5),
        Deadline.Step.ACTIONS: dt.date(2025, 12, 12),
        Deadline.Step.IMPACT: dt.date(2026, 5, 13),
    }


def test_clock_leaves_out_what_the_policy_does_not_ask():
    dates = rules.Dates(FIELDWORK_DAY, FIELDWORK_DAY)

    due = rules.clock(dates, tier=2, settings={"draft": 5}, calendar=WorkingCalendar())

    assert [step for step, _ in due] == ["FIELDWORK", "CORROBORATE", "DRAFT"]


@pytest.mark.parametrize(
    ("tier", "due"),
    [
        pytest.param(2, dt.date(2026, 5, 12), id="secure: in six months"),
        pytest.param(3, dt.date(2026, 3, 27), id="attention needed: by the end of next term"),
    ],
)
def test_clock_checks_impact_sooner_where_an_academy_needs_more(tier, due):
    spring = Span("Spring", dt.date(2026, 1, 5), dt.date(2026, 3, 27))
    dates = rules.Dates(FIELDWORK_DAY, FIELDWORK_DAY)
    calendar = WorkingCalendar((spring,))

    steps = dict(rules.clock(dates, tier=tier, settings=SETTINGS["clock"], calendar=calendar))

    assert steps[Deadline.Step.IMPACT] == due


@pytest.mark.parametrize(
    ("day", "count", "later"),
    [
        (dt.date(2025, 8, 31), 6, dt.date(2026, 2, 28)),
        (dt.date(2025, 11, 12), 6, dt.date(2026, 5, 12)),
        (dt.date(2025, 12, 1), 12, dt.date(2026, 12, 1)),
    ],
)
def test_months_later_stays_in_the_month(day, count, later):
    assert rules.months_later(day, count) == later


def test_wanted_for_takes_the_policys_minimum_or_one():
    assert rules.wanted_for(["STUDENT_VOICE", "LESSON_VISIT"], {"LESSON_VISIT": 4}) == {
        "LESSON_VISIT": 4,
        "STUDENT_VOICE": 1,
    }


def test_is_late_asks_whether_the_day_has_passed_undone():
    due = DeadlineFactory.build(due_on=FIELDWORK_DAY, review=ReviewFactory.build())
    after = FIELDWORK_DAY + dt.timedelta(days=1)

    assert rules.is_late(due, on=after)
    assert not rules.is_late(due, on=FIELDWORK_DAY)
    due.done_on = FIELDWORK_DAY
    assert not rules.is_late(due, on=after)
