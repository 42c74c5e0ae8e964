import datetime as dt
import uuid

import pytest

from tests.factories import (
    AcademyFactory,
    PersonFactory,
    TeamFactory,
    TrustFactory,
    UserFactory,
    grant,
    person,
)
from trigpoint.people.grants import operations
from trigpoint.people.grants.models import Grant
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 2)


@pytest.fixture
def academy():
    return AcademyFactory.create()


@pytest.fixture
def administrator(academy):
    return person(Role.ADMINISTRATOR, at=academy.trust)


def give(someone, role, by, **where):
    return operations.give(person=someone, role=role, starts_on=TODAY, by=by, **where)


def test_give_says_who_gave_it_and_why(academy, administrator):
    someone = PersonFactory.create(trust=academy.trust)

    made = give(someone, Role.HEADTEACHER, administrator, place=academy, reason="New head")

    assert (made.place, made.granted_by, made.reason) == (
        academy.name,
        administrator.person,
        "New head",
    )
    assert HistoryEntry.objects.get(subject_id=made.pk).detail["role"] == "HEADTEACHER"


def test_give_refuses_the_same_role_twice_in_one_place(academy, administrator):
    someone = PersonFactory.create(trust=academy.trust)
    give(someone, Role.HEADTEACHER, administrator, place=academy)
    give(someone, Role.STAFF, administrator, place=academy)

    with pytest.raises(Refused, match="there already"):
        give(someone, Role.HEADTEACHER, administrator, place=academy)


def test_give_refuses_oneself(administrator):
    with pytest.raises(Refused, match="to themselves"):
        give(administrator.person, Role.QA_LEAD, administrator)

    assert administrator.person.grants.get().role == Role.ADMINISTRATOR


def test_give_for_one_review_ends_with_it(academy, administrator):
    someone = PersonFactory.create(trust=academy.trust)

    with pytest.raises(Refused, match="must end"):
        give(someone, Role.REVIEWER, administrator, review_id=uuid.uuid4())
    made = give(someone, Role.REVIEWER, administrator, review_id=uuid.uuid4(), ends_on=TODAY)

    assert made.place == "One review"


def test_give_refuses_other_trusts_people_and_places(academy, administrator):
    someone = PersonFactory.create(trust=academy.trust)

    with pytest.raises(Refused, match="another trust"):
        give(PersonFactory.create(), Role.DPO, administrator)
    with pytest.raises(Refused, match="another trust"):
        give(someone, Role.TEAM_LEADER, administrator, place=TeamFactory.create())
    with pytest.raises(Refused, match="another trust"):
        give(someone, Role.TEAM_LEADER, None, place=TeamFactory.create())
    assert not someone.grants.exists()


def test_end_keeps_the_row_and_stops_it_today(academy, administrator):
    held = grant(UserFactory.create(person__trust=academy.trust), Role.HEADTEACHER, at=academy)

    operations.end(grant=held, by=administrator, on=TODAY)

    assert not Grant.objects.filter(pk=held.pk).in_force(on=TODAY).exists()
    assert Grant.objects.filter(pk=held.pk).in_force(on=TODAY - dt.timedelta(days=1)).exists()
    with pytest.raises(Refused, match="ended already"):
        operations.end(grant=held, by=administrator, on=TODAY)


def test_end_refuses_the_last_administrator_who_can_sign_in():
    trust = TrustFactory.create()
    first = person(Role.ADMINISTRATOR, at=trust)
    held = first.person.grants.get()
    grant(
        UserFactory.create(person__trust=trust, is_switched_on=False), Role.ADMINISTRATOR, at=trust
    )
    person(Role.ADMINISTRATOR, at=AcademyFactory.create(trust=trust))

    with pytest.raises(Refused, match="Give somebody else the role first"):
        operations.end(grant=held, by=first, on=TODAY)
    with pytest.raises(Refused, match="last administrator"):
        operations.end(grant=held, by=None, on=TODAY)
    second = person(Role.ADMINISTRATOR, at=trust)
    operations.end(grant=held, by=second, on=TODAY)

    with pytest.raises(Refused, match="last administrator"):
        operations.end(grant=second.person.grants.get(), by=second, on=TODAY)
