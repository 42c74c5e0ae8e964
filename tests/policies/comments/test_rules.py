import datetime as dt

import pytest

from tests.factories import PolicyCommentFactory, PolicyVersionFactory, TrustFactory, person
from trigpoint.people.roles import Role
from trigpoint.policies.comments import rules

pytestmark = pytest.mark.django_db
LAST = dt.date(2026, 10, 16)


def test_may_comment_until_the_last_day_of_the_consultation():
    version = PolicyVersionFactory.create(in_consultation=True, consult_until=LAST)
    staff = person(Role.STAFF, at=version.trust)

    assert rules.may_comment(staff, version, on=LAST)
    late = rules.may_comment(staff, version, on=LAST + dt.timedelta(days=1))
    assert "until 16 October 2026" in late.reason
    stranger = person(Role.STAFF, at=TrustFactory.create())
    assert not rules.may_comment(stranger, version, on=LAST)


def test_authors_are_known_to_themselves_and_to_who_writes_the_policy():
    comment = PolicyCommentFactory.create()
    lead = person(Role.QA_LEAD, at=comment.trust)

    assert rules.may_know_author(lead, comment)
    assert not rules.may_know_author(person(Role.TRUSTEE, at=comment.trust), comment)


def test_may_withdraw_and_may_answer_end_with_the_approval():
    comment = PolicyCommentFactory.create()
    lead = person(Role.QA_LEAD, at=comment.trust)
    comment.author = lead.person
    assert rules.may_withdraw(lead, comment)
    assert rules.may_answer(lead, comment)

    comment.version.status = "APPROVED"

    assert "stay as they are" in rules.may_withdraw(lead, comment).reason
    assert not rules.may_answer(lead, comment)
