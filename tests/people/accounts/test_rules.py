import datetime as dt

import pytest

from tests.factories import AcademyFactory, PersonFactory, TrustFactory, UserFactory, person
from trigpoint.people.accounts import rules
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 3, 2)


@pytest.fixture
def administrator():
    return person(Role.ADMINISTRATOR, at=TrustFactory.create())


def test_may_open_for_somebody_of_the_trust_without_a_sign_in(administrator):
    trust = administrator.person.trust
    someone = PersonFactory.create(trust=trust)

    assert rules.may_open(administrator, someone, on=TODAY)
    assert (
        "has a sign-in already"
        in rules.may_open(administrator, administrator.person, on=TODAY).reason
    )
    left = PersonFactory.create(trust=trust, left_on=dt.date(2024, 1, 1))
    assert "has left" in rules.may_open(administrator, left, on=TODAY).reason
    leaves = PersonFactory.create(trust=trust, left_on=TODAY)
    assert rules.may_open(administrator, leaves, on=TODAY)
    assert not rules.may_open(administrator, leaves, on=TODAY + dt.timedelta(days=1))
    assert not rules.may_open(administrator, PersonFactory.create(), on=TODAY)
    assert not rules.may_open(person(Role.QA_LEAD, at=trust), someone, on=TODAY)
    local = person(Role.ADMINISTRATOR, at=AcademyFactory.create(trust=trust))
    assert not rules.may_open(local, someone, on=TODAY)


def test_may_switch_off_but_never_the_last_administrator(administrator):
    account = UserFactory.create(person__trust=administrator.person.trust)

    assert rules.may_switch_off(administrator, account, others=1)
    assert "last administrator" in rules.may_switch_off(administrator, account, others=0).reason
    account.is_switched_on = False
    assert "off already" in rules.may_switch_off(administrator, account, others=1).reason
    assert rules.may_switch_on(administrator, account)
    foreign = UserFactory.create()
    assert not rules.may_switch_off(administrator, foreign, others=1)
    assert "on already" in rules.may_switch_on(administrator, foreign).reason


@pytest.mark.parametrize(
    ("role", "words"),
    [
        pytest.param(Role.TRUSTEE, [], id="trustees see nobody by name"),
        pytest.param(Role.STAFF, [], id="nor do colleagues"),
        pytest.param(Role.DPO, ["which roles you hold"], id="DPO: no evidence"),
        pytest.param(
            Role.TEAM_LEADER,
            ["your name", "notes about your work once", "findings about your work"],
            id="team leader",
        ),
    ],
)
def test_sees_says_in_words_what_a_role_sees(role, words):
    said = rules.sees(role)

    assert len(said) == len(words)
    assert all(any(word in sentence for sentence in said) for word in words)
