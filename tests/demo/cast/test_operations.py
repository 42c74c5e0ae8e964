import pytest

from trigpoint.demo.cast.rules import address
from trigpoint.demo.signin.rules import PARTS
from trigpoint.people.models import Grant, Person, User
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db


def test_cast_plays_every_part_that_can_be_tried(told):
    played = set(User.objects.values_list("email", flat=True))
    assert {address(part.role) for part in PARTS} <= played


def test_external_holds_nothing_but_one_review(told):
    held = Grant.objects.filter(person=told.cast.parts["external"].person)
    assert {(grant.role, bool(grant.review_id), bool(grant.ends_on)) for grant in held} == {
        (Role.REVIEWER, True, True)
    }


def test_nobody_has_a_password_to_guess(told):
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_people_have_posts_and_names_of_their_own(told):
    staff = Person.objects.filter(kind=Person.Kind.STAFF, trust=told.cast.trust)
    assert not staff.filter(posts=None).exists()
    assert staff.count() == len(set(staff.values_list("name", flat=True)))
