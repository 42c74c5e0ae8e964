import pytest

from tests.factories import AcademyFactory, person
from trigpoint.people.roles import Role
from trigpoint.people.staff import operations
from trigpoint.people.staff.rules import PersonFacts, PostFacts
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db
SOMEBODY = PersonFacts("Ann", "ann@ash.example", "A1")


@pytest.fixture
def academy():
    return AcademyFactory.create()


def test_join_refuses_a_taken_number_or_address():
    academy = AcademyFactory.create()
    by = person(Role.ADMINISTRATOR, at=academy.trust)
    operations.join(trust=academy.trust, facts=SOMEBODY, by=by)

    with pytest.raises(Refused, match="staff number A1 already"):
        operations.join(trust=academy.trust, facts=PersonFacts("B", staff_number="A1"), by=by)
    with pytest.raises(Refused, match="email address ann@ash.example already"):
        operations.join(trust=academy.trust, facts=PersonFacts("B", "ann@ash.example"), by=by)
    with pytest.raises(Refused, match="whole trust"):
        operations.join(trust=AcademyFactory.create().trust, facts=SOMEBODY, by=by)


def test_appoint_and_correct_are_the_administrators(academy):
    by = person(Role.ADMINISTRATOR, at=academy.trust)
    ann = operations.join(trust=academy.trust, facts=SOMEBODY, by=by)

    post = operations.appoint(person=ann, facts=PostFacts("Teacher", academy), by=by)
    revised = operations.revise_post(post=post, changes={"subject": "Maths"}, by=by)
    changed = operations.correct(person=ann, facts=PersonFacts("Ann Oak"), by=by)
    unchanged = operations.correct(person=ann, facts=PersonFacts("Ann Oak"), by=by)

    assert (revised.subject, changed, unchanged) == ("Maths", ["name"], [])
    head = person(Role.HEADTEACHER, at=academy)
    for refused in (
        lambda: operations.appoint(person=ann, facts=PostFacts("Head", academy), by=head),
        lambda: operations.revise_post(post=post, changes={"subject": "Art"}, by=head),
        lambda: operations.correct(person=ann, facts=PersonFacts("Ann Fir"), by=head),
    ):
        with pytest.raises(Refused, match="whole trust"):
            refused()
