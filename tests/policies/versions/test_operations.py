import datetime as dt

import pytest

from tests.factories import BodyFactory, PolicyVersionFactory, person
from trigpoint.people.roles import Role
from trigpoint.policies.versions import operations
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


def test_adopt_replaces_the_version_in_force():
    current = PolicyVersionFactory.create(in_force=True, number=1)
    draft = PolicyVersionFactory.create(policy=current.policy, number=2)
    lead = person(Role.QA_LEAD, at=current.trust)

    version = operations.adopt(version=draft, approval=approval(current.trust), by=lead)

    current.refresh_from_db()
    assert (version.status, current.status) == ("IN_FORCE", "SUPERSEDED")
    assert current.superseded_on == version.effective_on == dt.date(2026, 9, 1)


def test_adopt_refuses_a_version_that_is_no_draft():
    current = PolicyVersionFactory.create(in_force=True)

    with pytest.raises(Refused, match="in force"):
        operations.adopt(version=current, approval=approval(current.trust), by=None)


def test_adopt_is_refused_to_a_headteacher():
    draft = PolicyVersionFactory.create()

    with pytest.raises(Refused, match="QA lead"):
        operations.adopt(
            version=draft,
            approval=approval(draft.trust),
            by=person(Role.HEADTEACHER, at=draft.trust),
        )
