"""Activities in time order, and only for whoever may view their review."""

import datetime as dt

import pytest

from tests.factories import ActivityFactory, ReviewFactory, person
from trigpoint.people.roles import Role
from trigpoint.reviews.activities import queries

pytestmark = pytest.mark.django_db


def test_of_review_lists_its_activities_in_time_order():
    review = ReviewFactory.create()
    late = ActivityFactory.create(review=review)
    early = ActivityFactory.create(
        review=review, starts_at=late.starts_at - dt.timedelta(hours=1), ends_at=late.starts_at
    )
    ActivityFactory.create()

    listed = queries.of_review(review, viewer=person(Role.REVIEWER, at=review))

    assert list(listed) == [early, late]


def test_of_review_is_empty_for_a_stranger():
    activity = ActivityFactory.create()

    assert not queries.of_review(
        activity.review, viewer=person(Role.REVIEWER, at=ReviewFactory.create())
    )
