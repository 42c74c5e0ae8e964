import datetime as dt

import pytest

from tests.factories import (
    AcademyFactory,
    AcknowledgementFactory,
    PolicyVersionFactory,
    PostFactory,
    UserFactory,
    person,
)
from tests.queue import work
from trigpoint.people.models import Notice, Person
from trigpoint.people.roles import Role
from trigpoint.policies.acknowledgements import operations
from trigpoint.policies.models import Acknowledgement, PolicyVersion
from trigpoint.records import queue
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def version():
    return PolicyVersionFactory.create(
        in_force=True, policy__name="Quality policy", number=3, review_due_on=dt.date(2026, 5, 1)
    )


@pytest.fixture
def academy(version):
    return AcademyFactory.create(trust=version.trust)


def teacher(academy, **post):
    user = UserFactory.create(person__trust=academy.trust)
    PostFactory.create(academy=academy, person=user.person, **post)
    return user


def told():
    return {(notice.person, notice.sentence) for notice in Notice.objects.all()}


def test_acknowledge_is_kept_once_with_its_day(version, academy):
    user = teacher(academy)

    operations.acknowledge(version=version, by=user, on=TODAY)
    operations.acknowledge(version=version, by=user, on=TODAY + DAY)

    said = Acknowledgement.objects.get()
    assert (said.version, said.person, said.acknowledged_on) == (version, user.person, TODAY)
    assert HistoryEntry.objects.filter(verb="acknowledged", subject_id=said.pk).count() == 1


def test_acknowledge_after_a_reminder_keeps_both_days(version, academy):
    user = teacher(academy)
    lead = person(Role.QA_LEAD, at=version.trust)
    operations.nudge(version=version, person=user.person, by=lead, at=NOW)

    operations.acknowledge(version=version, by=user, on=TODAY + DAY)

    said = Acknowledgement.objects.get()
    assert (said.nudged_on, said.acknowledged_on) == (TODAY, TODAY + DAY)


@pytest.mark.parametrize("post", [{"ends_on": TODAY - DAY}, {"starts_on": TODAY + DAY}, None])
def test_acknowledge_needs_a_post_today(version, academy, post):
    user = (
        UserFactory.create(person__trust=academy.trust)
        if post is None
        else teacher(academy, **post)
    )

    with pytest.raises(Refused, match="hold a post"):
        operations.acknowledge(version=version, by=user, on=TODAY)


def test_nudge_tells_them_and_not_again_within_the_policys_days(version, academy):
    user, lead = teacher(academy), person(Role.QA_LEAD, at=version.trust)

    operations.nudge(version=version, person=user.person, by=lead, at=NOW)
    with pytest.raises(Refused, match="Remind them again from 9 March 2026"):
        operations.nudge(version=version, person=user.person, by=lead, at=NOW + 6 * DAY)
    operations.nudge(version=version, person=user.person, by=lead, at=NOW + 7 * DAY)

    sentence = "Please read version 3 of the Quality policy and confirm that you have."
    assert told() == {(user.person, sentence)}
    assert Notice.objects.count() == 2
    assert Acknowledgement.objects.get().nudged_on == TODAY + 7 * DAY


def test_nudge_all_reminds_who_has_not_read_it_and_can(version, academy):
    waiting, reminded, read = (teacher(academy) for _ in range(3))
    elsewhere = teacher(AcademyFactory.create(trust=version.trust))
    PostFactory.create(academy=academy)  # no sign-in
    AcknowledgementFactory.create(version=version, person=read.person)
    AcknowledgementFactory.create(
        version=version, person=reminded.person, acknowledged_on=None, nudged_on=TODAY - DAY
    )
    head = person(Role.HEADTEACHER, at=academy)

    count = operations.nudge_all(version=version, place="", by=head, at=NOW)

    assert count == 1
    assert {who for who, _ in told()} == {waiting.person}
    with pytest.raises(Refused, match="nobody to remind"):
        operations.nudge_all(version=version, place="", by=head, at=NOW)
    lead = person(Role.QA_LEAD, at=version.trust)
    assert operations.nudge_all(version=version, place="", by=lead, at=NOW) == 1
    assert elsewhere.person in {who for who, _ in told()}
    assert HistoryEntry.objects.filter(verb="nudged", subject_id=version.pk).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_version_that_takes_effect_is_told_to_everybody_who_must_read_it():
    draft = PolicyVersionFactory.create(
        policy__name="Quality policy", number=3, in_force=True, status="APPROVED"
    )
    academy = AcademyFactory.create(trust=draft.trust)
    staff, read = teacher(academy), teacher(academy)
    governor = UserFactory.create(person__trust=draft.trust, person__kind=Person.Kind.GOVERNOR)
    PostFactory.create(academy=academy, person=governor.person)
    teacher(academy, ends_on=dt.date(2020, 1, 1))
    teacher(AcademyFactory.create())
    AcknowledgementFactory.create(version=draft, person=read.person)

    queue.later("trigpoint.policies.versions.tasks.take_effect")  # as just after midnight
    work()

    sentence = (
        "Version 3 of the Quality policy is in force. Please read it and confirm that you have."
    )
    assert told() == {(staff.person, sentence)}


def test_system_ask_says_nothing_of_a_version_that_was_replaced(version, academy):
    teacher(academy)
    PolicyVersion.objects.update(status="SUPERSEDED", superseded_on=TODAY)

    assert operations.system_ask(version.pk, at=NOW) == 0
    assert told() == set()


def test_system_announce_reviews_tells_those_who_look_after_the_policy_once_each(version, academy):
    lead = person(Role.QA_LEAD, at=version.trust)
    administrator = person(Role.ADMINISTRATOR, at=version.trust)
    person(Role.HEADTEACHER, at=academy)
    person(Role.QA_LEAD, at=AcademyFactory.create().trust)  # of another trust
    due = dt.datetime(2026, 5, 1, 6, tzinfo=dt.UTC)
    counts = []

    for left in (61, 60, 59, 30, 29, 1, 0, -1):
        operations.system_announce_reviews(at=due - left * DAY)
        counts.append(Notice.objects.filter(person=lead.person).count())

    assert counts == [0, 1, 1, 2, 2, 2, 3, 3]
    assert {who for who, _ in told()} == {lead.person, administrator.person}
    assert {said for _, said in told()} == {"The Quality policy is due for review by 1 May 2026."}
