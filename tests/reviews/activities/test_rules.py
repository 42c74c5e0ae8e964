"""The states of an activity, who may change it, and the agreement of list and rule."""

import datetime as dt

import pytest

from tests.factories import (
    AcademyFactory,
    ActivityFactory,
    InstrumentVersionFactory,
    ReviewFactory,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.reviews.activities import rules
from trigpoint.reviews.models import Activity, Review
from trigpoint.reviews.reviews import rules as review_rules

S = Activity.Status
LEGAL = {
    (S.PLANNED, "finish"): S.DONE,
    (S.PLANNED, "miss"): S.MISSED,
    (S.PLANNED, "change"): S.PLANNED,
    (S.PLANNED, "call_off"): S.OFF,
    (S.PLANNED, "witness"): S.DONE,
    (S.OFF, "witness"): S.DONE,
    (S.MISSED, "witness"): S.DONE,
    (S.DONE, "witness"): S.DONE,
}
VERBS = {"finish", "miss", "change", "call_off", "witness"}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("verb", sorted(VERBS))
def test_lifecycle_allows_exactly_the_legal_moves(state, verb):
    assert {step.verb for step in rules.LIFECYCLE} == VERBS
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
def test_may_change_and_call_off_until_it_begins():
    activity = ActivityFactory.create()
    reviewer = person(Role.REVIEWER, at=activity.review)
    before, begun = activity.starts_at - dt.timedelta(minutes=1), activity.starts_at

    for rule in (rules.may_change, rules.may_call_off):
        assert rule(reviewer, activity, at=before)
        assert "has begun" in rule(reviewer, activity, at=begun).reason
        assert not rule(person(Role.HEADTEACHER, at=activity.review.academy), activity, at=before)


@pytest.mark.django_db
def test_may_use_wants_a_published_instrument_of_the_kind():
    visit = InstrumentVersionFactory.create()
    draft = InstrumentVersionFactory.create(status="DRAFT", published_on=None)

    assert rules.may_use("LESSON_VISIT", visit).allowed
    assert "not made for a book scrutiny" in rules.may_use("BOOK_SCRUTINY", visit).reason
    assert "still a draft" in rules.may_use("LESSON_VISIT", draft).reason
