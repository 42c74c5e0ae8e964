import datetime as dt

import pytest

from tests.factories import BodyFactory, person
from tests.policies.writing import a_draft
from trigpoint.people.roles import Role
from trigpoint.policies.drafts import rules
from trigpoint.policies.versions.rules import Approval

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 10, 1)


def test_may_approve_says_what_is_missing():
    lead, version, _ = a_draft()

    assert rules.may_approve(lead, version, rules.Open())
    assert "2 comments wait" in rules.may_approve(lead, version, rules.Open(2)).reason
    faulty = rules.Open(faults=["The area Resources is missing."])
    assert "Resources is missing" in rules.may_approve(lead, version, faulty).reason
    assert not rules.may_approve(person(Role.DPO, at=version.trust), version, rules.Open())


def test_may_consult_until_a_day_that_is_not_over():
    lead, version, _ = a_draft()

    assert rules.may_consult(lead, version, until=TODAY, on=TODAY)
    gone = rules.may_consult(lead, version, until=dt.date(2026, 9, 30), on=TODAY)
    assert "30 September 2026, which has gone by" in gone.reason
    version.status = "CONSULTATION"
    assert not rules.may_consult(lead, version, until=TODAY, on=TODAY)
    assert rules.may_redraft(lead, version)


def test_may_withdraw_until_it_is_in_force():
    lead, version, _ = a_draft()

    assert rules.may_withdraw(lead, version)
    version.status = "IN_FORCE"
    assert "the next one takes effect" in rules.may_withdraw(lead, version).reason


def test_a_meeting_has_taken_place_by_the_day_it_is_recorded():
    days = TODAY, dt.date(2026, 11, 1), dt.date(2027, 10, 31)
    approval = Approval(BodyFactory.create(), *days)

    assert rules.is_dated_by_now(approval, on=TODAY)
    assert not rules.is_dated_by_now(approval, on=dt.date(2026, 9, 30))
