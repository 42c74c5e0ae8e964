"""The same person added to a team by many at once: one place, and a sentence for the others."""

import datetime as dt

import pytest

from tests.factories import PersonFactory, ReviewFactory, person
from tests.parallel import HANDS, all_at_once, said
from trigpoint.people.roles import Role
from trigpoint.reviews.members import operations
from trigpoint.reviews.reviews.operations import Member


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_join_at_once_makes_one_member():
    review = ReviewFactory.create()
    runs = person(Role.QA_LEAD, at=review.trust)
    newcomer = PersonFactory.create(trust=review.trust)

    def join(by):
        member = Member(person=newcomer)
        operations.join(review=review, member=member, by=by, on=dt.date(2025, 11, 10))

    def job():
        return said(join, runs)

    made, *refused = sorted(all_at_once([job] * HANDS))
    assert made == ""
    assert all("is on this review's team already" in sentence for sentence in refused)
    assert review.members.count() == 1
