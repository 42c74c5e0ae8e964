import datetime as dt

import pytest
import time_machine

from tests.factories import BodyFactory, PolicyVersionFactory, person
from trigpoint.people.roles import Role
from trigpoint.policies.versions import operations, queries, tasks
from trigpoint.policies.versions.rules import Approval
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db


def approval(trust):
    return Approval(
        BodyFactory.create(trust=trust),
        dt.date(2026, 7, 9),
        dt.date(2026, 9, 1),
        dt.date(2027, 6, 30),
    )


def test_take_effect_replaces_the_version_in_force():
    current = PolicyVersionFactory.create(in_force=True, number=1)
    draft = PolicyVersionFactory.create(policy=current.policy, number=2)
    lead = person(Role.QA_LEAD, at=current.trust)
    approved = operations.approve(version=draft, approval=approval(current.trust), by=lead)

    version = operations.take_effect(version=approved, by=lead, on=dt.date(2026, 9, 1))

    current.refresh_from_db()
    assert (approved.status, version.status, current.status) == (
        "APPROVED",
        "IN_FORCE",
        "SUPERSEDED",
    )
    assert current.superseded_on == version.effective_on == dt.date(2026, 9, 1)


def test_take_effect_waits_for_its_day_and_then_comes_by_itself():
    draft = PolicyVersionFactory.create()
    version = operations.approve(version=draft, approval=approval(draft.trust), by=None)

    with pytest.raises(Refused, match="1 September 2026"):
        operations.take_effect(version=version, by=None, on=dt.date(2026, 8, 31))
    assert not queries.system_due_to_take_effect(on=dt.date(2026, 8, 31))
    assert list(queries.system_due_to_take_effect(on=dt.date(2026, 9, 3))) == [version]


@pytest.mark.django_db(transaction=True)
def test_each_version_takes_effect_by_itself_and_a_quicker_hand_is_no_fault():
    drafts = PolicyVersionFactory.create_batch(2)
    first, second = (
        operations.approve(version=it, approval=approval(it.trust), by=None) for it in drafts
    )
    with time_machine.travel(dt.datetime(2026, 9, 1, 0, 5, tzinfo=dt.UTC), tick=False):
        operations.take_effect(version=second, by=None, on=dt.date(2026, 9, 1))
        tasks.take_effect_of.func(str(second.pk))
        tasks.take_effect_of.func(str(first.pk))

    first.refresh_from_db()
    assert first.status == "IN_FORCE"


def test_approve_refuses_a_version_that_is_past_it():
    current = PolicyVersionFactory.create(in_force=True)

    with pytest.raises(Refused, match="(?i)in force"):
        operations.approve(version=current, approval=approval(current.trust), by=None)


def test_approve_is_refused_to_a_headteacher():
    draft = PolicyVersionFactory.create()

    with pytest.raises(Refused, match="QA lead"):
        operations.approve(
            version=draft,
            approval=approval(draft.trust),
            by=person(Role.HEADTEACHER, at=draft.trust),
        )
