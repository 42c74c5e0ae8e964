"""Who sees and changes what is known of a reviewer."""

import pytest

from tests.factories import AcademyFactory, ReviewerProfileFactory, person
from trigpoint.people.roles import Role
from trigpoint.reviews.models import ReviewerProfile
from trigpoint.reviews.reviewers import rules

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("held", ["trust", "academy"])
def test_visible_to_agrees_with_may_view(role, held):
    home = AcademyFactory.create()
    user = person(role, at=home.trust if held == "trust" else home)
    rows = [
        ReviewerProfileFactory.create(person=user.person),
        ReviewerProfileFactory.create(person__trust=home.trust),
        ReviewerProfileFactory.create(),
    ]

    listed = set(ReviewerProfile.objects.visible_to(user))

    assert listed == {row for row in rows if rules.may_view(user, row)}
    assert rows[0] in listed
    assert (rows[1] in listed) is (role == Role.QA_LEAD and held == "trust")


def test_may_add_once_and_only_for_whoever_plans_the_year():
    row = ReviewerProfileFactory.create(person__name="Gareth")
    lead, other = (person(role, at=row.trust) for role in (Role.QA_LEAD, Role.REVIEWER))

    assert rules.may_add(lead, row.person, is_known=False)
    assert "Gareth is a reviewer already" in rules.may_add(lead, row.person, is_known=True).reason
    assert "Only the trust's QA lead" in rules.may_add(other, row.person, is_known=False).reason


def test_may_change_is_not_for_oneself():
    user = person(Role.REVIEWER, at=AcademyFactory.create().trust)
    row = ReviewerProfileFactory.create(person=user.person)

    assert rules.may_change(person(Role.QA_LEAD, at=row.trust), row)
    assert "agreed with the trust's QA lead" in rules.may_change(user, row).reason
