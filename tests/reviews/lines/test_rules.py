import pytest

from tests.factories import LineOfEnquiryFactory, person
from trigpoint.people.roles import Role
from trigpoint.reviews.lines import rules
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", Review.Status)
def test_may_reword_and_drop_while_the_review_is_planned(state):
    line = LineOfEnquiryFactory.create()
    line.review.status = state
    lead = person(Role.QA_LEAD, at=line.review.trust)
    other = person(Role.REVIEWER, at=line.review)

    for rule in (rules.may_reword, rules.may_drop):
        assert bool(rule(lead, line)) is (state in {"PLANNED", "NOTIFIED"})
        assert not rule(other, line)
