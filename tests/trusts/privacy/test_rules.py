import pytest

from tests.factories import TrustFactory, person
from trigpoint.people.roles import Role
from trigpoint.trusts.privacy import rules

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_may_set_privacy_is_for_those_who_set_the_trust_up(role):
    trust = TrustFactory.create()

    assert bool(rules.may_set_privacy(person(role, at=trust), trust)) == (
        role in {Role.QA_LEAD, Role.ADMINISTRATOR}
    )
    assert not rules.may_set_privacy(person(role, at=TrustFactory.create()), trust)


def test_may_level_named_with_a_decision_alone():
    assert rules.may_level_named(wanted=False, decision="")
    assert rules.may_level_named(wanted=True, decision="Board, 9 July 2026, item 4")
    assert "Say who decided" in rules.may_level_named(wanted=True, decision=" ").reason


def test_changes_are_said_in_words():
    changed = {"suppress_below": ["5", "8"], "may_level_named_records": ["False", "True"]}

    assert rules.changes_in_words(changed) == [
        "Totals are not shown over fewer than: 8 instead of 5",
        "A record that names somebody may carry a level: yes instead of no",
    ]
