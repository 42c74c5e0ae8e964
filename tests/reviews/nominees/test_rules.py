import pytest

from tests.factories import ReviewFactory, person
from trigpoint.people.roles import Role
from trigpoint.reviews.models import Review
from trigpoint.reviews.nominees import rules


@pytest.mark.django_db
@pytest.mark.parametrize("state", Review.Status)
def test_may_name_until_the_review_is_over(state):
    review = ReviewFactory.create()
    review.status = state
    runs, other = person(Role.QA_LEAD, at=review.trust), person(Role.REVIEWER, at=review)

    assert bool(rules.may_name(runs, review)) is (state not in {"CLOSED", "CANCELLED"})
    assert not rules.may_name(other, review)
