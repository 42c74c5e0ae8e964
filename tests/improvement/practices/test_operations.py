import datetime as dt

import pytest

from tests.factories import FindingFactory, GoodPracticeFactory, person
from trigpoint.improvement.models import GoodPractice
from trigpoint.improvement.practices import operations
from trigpoint.people.roles import Role
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 2, 10)


def test_practice_goes_from_nominated_to_shared_through_three_people():
    finding = FindingFactory.create(kind="GOOD_PRACTICE", published=True)
    head = person(Role.HEADTEACHER, at=finding.academy)
    reviewer = person(Role.REVIEWER, at=finding.trust)

    practice = operations.nominate(
        finding=finding, title="Five words", what_they_do="One list a week.", by=head, on=TODAY
    )
    operations.confirm(practice=practice, by=reviewer, on=TODAY)
    shared = operations.publish(practice=practice, by=head, on=TODAY)

    assert (shared.status, shared.confirmed_by, shared.consented_by) == (
        "PUBLISHED",
        reviewer.person,
        head.person,
    )


def test_nominate_takes_a_finding_once():
    finding = FindingFactory.create(kind="GOOD_PRACTICE", published=True)
    facts = {"finding": finding, "what_they_do": "One list a week.", "on": TODAY}
    head = person(Role.HEADTEACHER, at=finding.academy)
    operations.nominate(title="Five words", by=head, **facts)

    with pytest.raises(Refused, match="nominated already, as “Five words”"):
        operations.nominate(title="Words", by=person(Role.REVIEWER, at=finding.trust), **facts)

    assert GoodPractice.objects.count() == 1


def test_publish_refuses_without_the_academys_consent():
    practice = GoodPracticeFactory.create()

    with pytest.raises(Refused, match="Only the academy's headteacher"):
        operations.publish(practice=practice, by=person(Role.REVIEWER, at=practice.trust), on=TODAY)
