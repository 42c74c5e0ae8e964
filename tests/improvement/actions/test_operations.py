import datetime as dt

import pytest
from django.db import IntegrityError

from tests.factories import ActionFactory, FindingFactory, PersonFactory, person
from trigpoint.improvement.actions import operations
from trigpoint.improvement.actions.operations import ActionFacts, CheckFacts
from trigpoint.improvement.models import Action, ImpactCheck
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 2, 10)
LATER, LATER_STILL = dt.date(2026, 3, 20), dt.date(2026, 6, 20)


def facts(owner, **changes):
    return ActionFacts(
        **{
            "title": "Daily check",
            "success_criterion": "Every pupil answers.",
            "owner": owner,
            "due_on": LATER,
            "check_due_on": LATER_STILL,
        }
        | changes
    )


def test_raise_action_answers_a_published_finding():
    finding = FindingFactory.create(published=True)
    head = person(Role.HEADTEACHER, at=finding.academy)

    action = operations.raise_action(finding=finding, facts=facts(head.person), by=head, on=TODAY)

    assert (action.finding, action.academy, action.status) == (finding, finding.academy, "OPEN")
    assert HistoryEntry.objects.get(subject_id=action.pk).verb == "raised"


def test_raise_action_once_however_often_it_is_sent():
    finding = FindingFactory.create(published=True)
    head = person(Role.HEADTEACHER, at=finding.academy)
    operations.raise_action(finding=finding, facts=facts(head.person), by=head, on=TODAY)

    with pytest.raises(Refused, match="answers this finding already"):
        operations.raise_action(finding=finding, facts=facts(head.person), by=head, on=TODAY)

    assert Action.objects.count() == 1


def test_raise_action_refuses_an_owner_of_another_trust():
    finding = FindingFactory.create(published=True)
    head = person(Role.HEADTEACHER, at=finding.academy)

    with pytest.raises(Refused, match="somebody of this trust"):
        operations.raise_action(
            finding=finding, facts=facts(PersonFactory.create()), by=head, on=TODAY
        )

    assert not Action.objects.exists()


def test_finish_says_done_and_leaves_worked_open():
    action = ActionFactory.create()
    owner = person(Role.STAFF, at=action.academy)
    Action.objects.update(owner=owner.person)

    done = operations.finish(action=action, words="Taught to all.", by=owner, on=TODAY)

    assert (done.status, done.done_on, done.outcome) == ("DONE", TODAY, "")


def test_check_closes_an_action_that_worked():
    action = ActionFactory.create(done=True)
    lead = person(Role.QA_LEAD, at=action.trust)
    seen = CheckFacts("WORKED", "Seen in most lessons.", 2, 8, 7, 8)

    operations.check(action=action, facts=seen, by=lead, on=TODAY)

    action.refresh_from_db()
    assert (action.status, action.outcome, action.closed_on) == ("CLOSED", "WORKED", TODAY)


def test_check_takes_an_action_in_hand_again_when_it_did_not_work():
    action = ActionFactory.create(done=True)
    lead = person(Role.QA_LEAD, at=action.trust)
    seen = CheckFacts("DID_NOT", "Two of eight.", due_on=LATER, check_due_on=LATER_STILL)

    operations.check(action=action, facts=seen, by=lead, on=TODAY)

    action.refresh_from_db()
    assert (action.status, action.done_on, action.due_on) == ("IN_HAND", None, LATER)
    assert ImpactCheck.objects.get().outcome == "DID_NOT"


def test_check_refuses_not_yet_without_new_dates_and_keeps_nothing():
    action = ActionFactory.create(done=True)
    lead = person(Role.QA_LEAD, at=action.trust)

    with pytest.raises(Refused, match="when it is due now"):
        operations.check(action=action, facts=CheckFacts("PARTLY", "Half."), by=lead, on=TODAY)

    assert not ImpactCheck.objects.exists()


def test_reopen_takes_a_closed_action_in_hand_again():
    action = ActionFactory.create(
        done=True, status="CLOSED", outcome="WORKED", closed_on=dt.date(2026, 2, 1)
    )
    head = person(Role.HEADTEACHER, at=action.academy)

    operations.reopen(
        action=action,
        because="New staff.",
        due_on=LATER,
        check_due_on=LATER_STILL,
        by=head,
        on=TODAY,
    )

    action.refresh_from_db()
    assert (action.status, action.outcome, action.closed_on) == ("IN_HAND", "", None)


def test_start_refuses_a_colleague_who_does_not_own_it():
    action = ActionFactory.create()

    with pytest.raises(Refused, match="owner or the academy's headteacher"):
        operations.start(action=action, by=person(Role.STAFF, at=action.academy), on=TODAY)


def test_start_records_the_day():
    action = ActionFactory.create()
    head = person(Role.HEADTEACHER, at=action.academy)

    assert operations.start(action=action, by=head, on=TODAY).started_on == TODAY


def test_the_database_itself_refuses_an_action_closed_without_an_outcome():
    with pytest.raises(IntegrityError, match="action_closed_only_on_impact"):
        ActionFactory.create(done=True, status="CLOSED", closed_on=TODAY)
