import datetime as dt

import pytest

from tests.factories import (
    BodyFactory,
    PersonFactory,
    PolicyCommentFactory,
    TrustFactory,
    person,
)
from tests.policies.writing import a_draft
from trigpoint.people.roles import Role
from trigpoint.policies.differences.queries import system_compared
from trigpoint.policies.drafts import operations
from trigpoint.policies.drafts.rules import Decision
from trigpoint.policies.frameworks import rules as frameworks
from trigpoint.policies.frameworks.queries import system_framework
from trigpoint.policies.frameworks.rules import mapped
from trigpoint.policies.models import PolicyVersion
from trigpoint.policies.versions.rules import Approval
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 10, 1)


def approval(trust, **changes):
    facts = {
        "body": BodyFactory.create(trust=trust),
        "approved_on": dt.date(2026, 9, 30),
        "effective_on": dt.date(2026, 11, 1),
        "review_due_on": dt.date(2027, 10, 31),
        "minute": "Item 6",
    }
    return Approval(**facts | changes)


@pytest.fixture
def adopted():
    """A QA lead, and the shipped framework in force since September."""
    trust = TrustFactory.create()
    lead = person(Role.QA_LEAD, at=trust)
    days = {"approved_on": dt.date(2026, 7, 9), "effective_on": dt.date(2026, 9, 1)}
    version = operations.adopt(
        trust=trust, framework=frameworks.shipped(), approval=approval(trust, **days), by=lead
    )
    return lead, version


def test_begin_says_all_that_the_version_in_force_says(adopted):
    lead, version = adopted
    named = version.responsibilities.order_by("id").first()
    named.person = PersonFactory.create(trust=version.trust)
    named.save()

    draft = operations.begin(version=version, by=lead)

    assert (draft.number, draft.status) == (2, "DRAFT")
    assert system_compared(version, draft).is_empty
    assert draft.responsibilities.get(person=named.person).role_name == named.role_name


def test_begin_forgets_what_changed_in_meaning_before(adopted):
    lead, version = adopted
    version.standards.filter(code="T2").update(meaning_changed="The bar rose.")

    draft = operations.begin(version=version, by=lead)

    assert not draft.standards.exclude(meaning_changed="")
    assert system_compared(version, draft).is_empty


def test_begin_is_refused_while_another_is_on_its_way(adopted):
    lead, version = adopted
    operations.begin(version=version, by=lead)

    with pytest.raises(Refused, match="Version 2 is on its way already"):
        operations.begin(version=version, by=lead)
    with pytest.raises(Refused, match="Only a trust QA lead"):
        operations.begin(version=version, by=person(Role.TRUSTEE, at=version.trust))


def test_old_words_stay_when_a_later_version_is_in_force(adopted):
    lead, version = adopted
    before = system_framework(version)
    draft = operations.begin(version=version, by=lead)
    draft.standards.filter(code="T2").update(statement="Something else.")

    operations.approve(
        version=draft,
        approval=approval(version.trust, effective_on=TODAY),
        by=lead,
        on=TODAY,
    )

    version.refresh_from_db()
    assert version.status == "SUPERSEDED"
    assert system_framework(version)["areas"] == before["areas"]


def test_the_life_of_a_version(adopted):
    lead, version = adopted
    draft = operations.begin(version=version, by=lead)

    operations.consult(version=draft, until=dt.date(2026, 10, 16), by=lead, on=TODAY)
    comment = PolicyCommentFactory.create(version=draft)
    operations.redraft(version=draft, by=lead)
    operations.consult(version=draft, until=dt.date(2026, 10, 30), by=lead, on=TODAY)
    with pytest.raises(Refused, match="1 comment waits for an answer"):
        operations.approve(version=draft, approval=approval(version.trust), by=lead, on=TODAY)
    comment.delete()
    with pytest.raises(Refused, match="comment on this version until 30 October 2026"):
        operations.approve(version=draft, approval=approval(version.trust), by=lead, on=TODAY)
    last = dt.date(2026, 10, 30)
    approved = operations.approve(
        version=draft, approval=approval(version.trust, approved_on=last), by=lead, on=last
    )

    version.refresh_from_db()
    assert (approved.status, version.status) == ("APPROVED", "IN_FORCE")
    assert approved.minute == "Item 6"


def test_approve_waits_for_contents_in_order_and_for_the_meeting(adopted):
    lead, version = adopted
    draft = operations.begin(version=version, by=lead)
    with pytest.raises(Refused, match="The meeting is on 2 October 2026"):
        operations.approve(
            version=draft,
            approval=approval(version.trust, approved_on=dt.date(2026, 10, 2)),
            by=lead,
            on=TODAY,
        )
    draft.areas.get(lineage="assessment").delete()

    with pytest.raises(Refused, match="The area Assessment"):
        operations.approve(version=draft, approval=approval(version.trust), by=lead, on=TODAY)
    draft.refresh_from_db()
    assert draft.status == "DRAFT"


def test_withdraw_keeps_the_number_and_lets_the_next_begin(adopted):
    lead, version = adopted
    draft = operations.begin(version=version, by=lead)

    operations.withdraw(version=draft, because="The Act changed.", by=lead, on=TODAY)
    following = operations.begin(version=version, by=lead)

    draft.refresh_from_db()
    assert (draft.status, draft.withdrawn_because) == ("WITHDRAWN", "The Act changed.")
    assert following.number == 3
    with pytest.raises(Refused, match="in force"):
        operations.withdraw(version=version, because="No.", by=lead, on=TODAY)


def test_replace_takes_a_file_and_keeps_comments_and_people(adopted):
    lead, version = adopted
    draft = operations.begin(version=version, by=lead)
    standard = draft.standards.get(code="T2")
    comment = PolicyCommentFactory.create(version=draft, standard=standard, about="T2")
    who = PersonFactory.create(trust=version.trust)
    draft.responsibilities.filter(role_name="Trust curriculum lead").update(person=who)
    framework = system_framework(draft)
    framework["areas"][0]["summary"] = "Other words."

    operations.replace(version=draft, framework=framework, by=lead)

    comment.refresh_from_db()
    assert comment.standard == draft.standards.get(code="T2") != standard
    assert draft.responsibilities.get(person=who).role_name == "Trust curriculum lead"
    assert draft.areas.get(code="C").summary == "Other words."


def test_replace_goes_on_with_standards_that_continue_others(adopted):
    lead, version = adopted
    draft = operations.begin(version=version, by=lead)
    framework = frameworks.shipped()
    standard = framework["areas"][1]["standards"][1]
    old = standard["lineage"]
    standard["lineage"], standard["title"] = "responsive-teaching", "Responsive teaching"

    operations.replace(
        version=draft, framework=mapped(framework, {"responsive-teaching": old}), by=lead
    )

    found = system_compared(version, draft)
    assert (found.added, found.removed) == ([], [])
    assert [it.node.key for it in found.changed] == [old]


def test_replace_refuses_what_is_not_in_order_and_changes_nothing(adopted):
    lead, version = adopted
    draft = operations.begin(version=version, by=lead)
    broken = frameworks.shipped()
    broken["areas"].pop()

    with pytest.raises(Refused, match="is missing"):
        operations.replace(version=draft, framework=broken, by=lead)
    assert system_compared(version, draft).is_empty


def test_consult_needs_a_day_to_come():
    lead, version, _ = a_draft()

    with pytest.raises(Refused, match="30 September 2026, which has gone by"):
        operations.consult(version=version, until=dt.date(2026, 9, 30), by=lead, on=TODAY)
    with pytest.raises(Refused, match="Only a trust QA lead"):
        operations.consult(
            version=version, until=TODAY, by=person(Role.STAFF, at=version.trust), on=TODAY
        )


def test_a_meaning_that_changed_in_between_is_still_said(adopted):
    lead, version = adopted
    second = operations.begin(version=version, by=lead)
    second.standards.filter(code="T2").update(meaning_changed="The bar rose.")
    second = operations.approve(
        version=second, approval=approval(version.trust, effective_on=TODAY), by=lead, on=TODAY
    )

    third = operations.begin(version=second, by=lead)

    assert [it.meaning for it in system_compared(version, third).breaks] == ["The bar rose."]
    assert system_compared(second, third).is_empty


def test_two_drafts_at_once_are_one():
    lead, version, _ = a_draft()

    with pytest.raises(Refused, match="on its way already"):
        operations.begin_from(trust=version.trust, framework=frameworks.shipped(), by=lead)
    assert PolicyVersion.objects.filter(trust=version.trust).count() == 1


def test_what_a_body_approved_a_body_takes_back(adopted):
    lead, version = adopted
    draft = operations.begin(version=version, by=lead)
    operations.approve(version=draft, approval=approval(version.trust), by=lead, on=TODAY)
    board = BodyFactory.create(trust=version.trust)

    def take_back(decision):
        return operations.withdraw(
            version=draft, because="The Act changed.", by=lead, on=TODAY, decision=decision
        )

    for decision, words in (
        (None, "A body approved this version"),
        (Decision(BodyFactory.create(), TODAY), "The trust board or one of its committees"),
        (Decision(board, TODAY + dt.timedelta(days=1)), "not later than today"),
        (Decision(board, dt.date(2026, 9, 29)), "after it was approved"),
    ):
        with pytest.raises(Refused, match=words):
            take_back(decision)
    taken = take_back(Decision(board, TODAY, "Item 3"))

    assert taken.status == "WITHDRAWN"
    detail = HistoryEntry.objects.get(verb="withdrawn").detail
    assert (detail["body"], detail["minute"]) == (board.name, "Item 3")


def test_dates_far_ahead_are_refused_with_the_last_that_will_do(adopted):
    lead, version = adopted
    draft = operations.begin(version=version, by=lead)

    with pytest.raises(Refused, match="choose a day up to 2 April 2027"):
        operations.consult(version=draft, until=dt.date(2027, 4, 3), by=lead, on=TODAY)
    far = approval(version.trust, review_due_on=dt.date(2031, 11, 2))
    with pytest.raises(Refused, match="Choose a day up to 1 November 2031"):
        operations.approve(version=draft, approval=far, by=lead, on=TODAY)
