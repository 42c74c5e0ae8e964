import pytest

from tests.factories import (
    ActivityFactory,
    PersonFactory,
    ReviewFactory,
    ReviewTeamMemberFactory,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.reviews.members import rules
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", Review.Status)
def test_may_join_and_leave_until_the_review_is_over(state):
    member = ReviewTeamMemberFactory.create()
    review = member.review
    review.status = state
    runs = person(Role.QA_LEAD, at=review.trust)
    other = person(Role.REVIEWER, at=review)
    newcomer = PersonFactory.create(trust=review.trust)
    is_open = state not in {"CLOSED", "CANCELLED"}

    assert bool(rules.may_join(runs, review, newcomer, team=[member.person])) is is_open
    assert bool(rules.may_leave(runs, member, planned=())) is is_open
    assert not rules.may_join(other, review, newcomer, team=[member.person])
    assert not rules.may_leave(other, member, planned=())


def test_may_join_refuses_who_is_there_already_and_the_nominee():
    review = ReviewFactory.create(lead__name="Lee Lead")
    mary, nat = (PersonFactory.create(trust=review.trust, name=it) for it in ("Mary", "Nat"))
    review.nominee = nat
    runs = person(Role.QA_LEAD, at=review.trust)

    def reason(newcomer):
        return rules.may_join(runs, review, newcomer, team=[mary]).reason

    assert reason(mary) == "Mary is on this review's team already. Choose somebody else."
    assert reason(review.lead).startswith("Lee Lead is on this review's team already.")
    assert reason(nat).startswith("Nat receives the review for the academy")


def test_may_leave_says_what_is_still_planned_and_the_way_round():
    member = ReviewTeamMemberFactory.create(person__name="Mary")
    runs = person(Role.QA_LEAD, at=member.review.trust)
    planned = [
        ActivityFactory.build(review=member.review, title=title) for title in ("Books", "Year 4")
    ]

    assert rules.may_leave(runs, member, planned=planned).reason == (
        "Mary is still planned for “Books” on 12 November 2025 and “Year 4” on 12 November 2025. "
        "On the timetable, give it to somebody else, call it off or say what became of it; then "
        "Mary can leave the team."
    )
