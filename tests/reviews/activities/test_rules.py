"""The states of an activity, who may change it, and the agreement of list and rule."""

import pytest

from tests.factories import (
    AcademyFactory,
    ActivityFactory,
    InstrumentVersionFactory,
    PersonFactory,
    ReviewFactory,
    TrustFactory,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.reviews.activities import rules
from trigpoint.reviews.activities.rules import Visited
from trigpoint.reviews.models import Activity, Review
from trigpoint.reviews.reviews import rules as review_rules

S = Activity.Status
LEGAL = {(S.PLANNED, "finish"): S.DONE, (S.PLANNED, "miss"): S.MISSED}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("verb", ["finish", "miss"])
def test_lifecycle_allows_exactly_the_legal_moves(state, verb):
    assert {step.verb for step in rules.LIFECYCLE} == {"finish", "miss"}
    assert bool(rules.LIFECYCLE.may(verb, state)) is ((state, verb) in LEGAL)
    if (state, verb) in LEGAL:
        assert rules.LIFECYCLE.target(verb) == LEGAL[state, verb]


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("held", ["trust", "academy", "one review"])
def test_visible_to_agrees_with_may_view(role, held):
    home = AcademyFactory.create()
    reviews = [
        ReviewFactory.create(academy=academy)
        for academy in (home, AcademyFactory.create(trust=home.trust), AcademyFactory.create())
    ]
    activities = [ActivityFactory.create(review=review) for review in reviews]
    at = {"trust": home.trust, "academy": home, "one review": reviews[1]}[held]
    user = person(role, at=at)

    listed = set(Activity.objects.visible_to(user))

    assert listed == {activity for activity in activities if rules.may_view(user, activity)}


@pytest.mark.django_db
@pytest.mark.parametrize("state", Review.Status)
def test_may_schedule_until_the_report_is_begun(state):
    review = ReviewFactory.create(
        status=state,
        closed_on="2025-12-01" if state == Review.Status.CLOSED else None,
        cancelled_because="Flood" if state == Review.Status.CANCELLED else "",
    )
    open_states = {"PLANNED", "NOTIFIED", "FIELDWORK", "CORROBORATING"}

    verdict = review_rules.may_schedule(person(Role.REVIEWER, at=review), review)

    assert bool(verdict) is (state in open_states)


@pytest.mark.django_db
def test_may_settle_is_for_the_team_while_the_review_is_open():
    activity = ActivityFactory.create()
    reviewer = person(Role.REVIEWER, at=activity.review)

    assert rules.may_finish(reviewer, activity).allowed
    assert rules.may_miss(reviewer, activity).allowed
    assert (
        "Ask its lead"
        in rules.may_finish(person(Role.HEADTEACHER, at=activity.review.academy), activity).reason
    )
    activity.review.status = Review.Status.CLOSED
    assert "is over" in rules.may_miss(reviewer, activity).reason


@pytest.mark.django_db
def test_may_use_wants_a_published_instrument_of_the_kind():
    visit = InstrumentVersionFactory.create()
    draft = InstrumentVersionFactory.create(status="DRAFT", published_on=None)

    assert rules.may_use("LESSON_VISIT", visit).allowed
    assert "not made for a book scrutiny" in rules.may_use("BOOK_SCRUTINY", visit).reason
    assert "still a draft" in rules.may_use("LESSON_VISIT", draft).reason


@pytest.mark.parametrize(
    ("count", "minutes", "more", "past"),
    [
        pytest.param(0, 0, 60, False, id="first visit"),
        pytest.param(2, 120, 60, False, id="the last of the budget"),
        pytest.param(3, 90, 30, True, id="one visit too many"),
        pytest.param(1, 150, 31, True, id="a minute too many"),
    ],
)
def test_is_past_budget_counts_visits_and_minutes(count, minutes, more, past):
    trust = TrustFactory.build()

    assert rules.is_past_budget(trust, Visited(count, minutes), more) is past


def test_may_observe_says_what_is_spent_and_takes_a_reason():
    trust, someone = TrustFactory.build(), PersonFactory.build(name="Ada Fell")
    spent = Visited(1, 170)

    refused = rules.may_observe(someone, trust=trust, visited=spent, minutes=30, reason=" ")
    given = rules.may_observe(someone, trust=trust, visited=spent, minutes=30, reason="She asked.")

    assert refused.reason == (
        "Ada Fell has 1 visit of 3 this year, 170 of 180 minutes, so this one goes past the "
        "budget. Leave the person unnamed, visit somebody else, or give a reason."
    )
    assert given.allowed
