import datetime as dt

import pytest

from tests.factories import BodyFactory, TrustFactory, person
from trigpoint.people.roles import Role
from trigpoint.policies.frameworks import operations, rules
from trigpoint.policies.models import (
    Area,
    Descriptor,
    LookFor,
    PolicyVersion,
    Standard,
)
from trigpoint.policies.versions.rules import Approval

pytestmark = pytest.mark.django_db


def approval(trust, **changes):
    facts = {
        "body": BodyFactory.create(trust=trust),
        "approved_on": dt.date(2026, 7, 9),
        "effective_on": dt.date(2026, 9, 1),
        "review_due_on": dt.date(2027, 6, 30),
    }
    return Approval(**facts | changes)


def test_adopt_puts_the_shipped_framework_in_force():
    trust = TrustFactory.create()
    lead = person(Role.QA_LEAD, at=trust)

    version = operations.adopt(
        trust=trust, framework=rules.shipped(), approval=approval(trust), by=lead
    )

    assert (version.number, version.status) == (1, PolicyVersion.Status.IN_FORCE)
    assert [
        m.objects.filter(trust=trust).count() for m in (Area, Standard, LookFor, Descriptor)
    ] == [7, 38, 152, 190]
