"""Calling a meeting, its papers, its questions, its decisions."""

import datetime as dt

import pytest

from tests.factories import (
    AcademyFactory,
    AreaFactory,
    BodyFactory,
    ChallengeFactory,
    JudgementFactory,
    MeetingFactory,
    PersonFactory,
    PolicyVersionFactory,
    ReportFactory,
    person,
)
from trigpoint.governance.meetings import operations, rules
from trigpoint.governance.models import Challenge
from trigpoint.people.models import Person
from trigpoint.people.roles import Role
from trigpoint.policies.models import PolicyVersion
from trigpoint.records.refusals import Refused
from trigpoint.trusts.models import Body

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 12, 9)


def clerk(thing):
    return person(Role.QA_LEAD, at=thing.trust)


def test_call_puts_a_meeting_in_once_a_day():
    body = BodyFactory.create()
    by = clerk(body)

    meeting = operations.call(body=body, held_on=DAY, title="Autumn meeting", by=by)

    assert (meeting.body, meeting.trust) == (body, body.trust)
    with pytest.raises(Refused, match="already meets on 9 December 2025"):
        operations.call(body=body, held_on=DAY, title="Again", by=by)
    with pytest.raises(Refused, match="Only the trust's QA lead"):
        operations.call(body=body, held_on=DAY, title="Me", by=person(Role.TRUSTEE, at=body.trust))


def test_table_report_puts_a_final_report_before_it_once():
    meeting = MeetingFactory.create()
    report = ReportFactory.create(
        review__academy=AcademyFactory.create(trust=meeting.trust), final=True
    )

    paper = operations.table_report(meeting=meeting, report=report, by=clerk(meeting))

    assert (paper.position, paper.title, paper.report) == (1, report.title, report)
    with pytest.raises(Refused, match="before the meeting already"):
        operations.table_report(meeting=meeting, report=report, by=clerk(meeting))


def test_table_assurance_keeps_the_table_as_it_stood():
    academy = AcademyFactory.create()
    area = AreaFactory.create(version__policy__trust=academy.trust)
    judgement = JudgementFactory.create(review__academy=academy, area=area)
    meeting = MeetingFactory.create(body__trust=academy.trust)

    paper = operations.table_assurance(meeting=meeting, by=clerk(meeting), on=DAY)
    judgement.delete()
    kept = rules.from_paper(paper.snapshot)

    assert paper.title == "Assurance on 9 December 2025"
    assert (kept.rows[0].area, kept.rows[0].judged) == (area.name, 1)
    assert kept.rows[0].level.label == "Meets standard"


def test_table_assurance_keeps_no_middle_of_levels_of_two_scales():
    trust = AcademyFactory.create().trust
    before = PolicyVersionFactory.create(
        policy__trust=trust,
        in_force=True,
        status=PolicyVersion.Status.SUPERSEDED,
        superseded_on=dt.date(2025, 8, 31),
        number=1,
    )
    version = PolicyVersionFactory.create(policy=before.policy, in_force=True, number=2)
    old = AreaFactory.create(version=before, lineage="welfare")
    AreaFactory.create(version=version, lineage="welfare", scale__code="YN")
    for _ in range(2):
        academy = AcademyFactory.create(trust=trust)
        JudgementFactory.create(review__academy=academy, area=old, made_on=dt.date(2025, 3, 1))
    meeting = MeetingFactory.create(body__trust=trust)

    paper = operations.table_assurance(meeting=meeting, by=clerk(meeting), on=DAY)
    (row,) = rules.from_paper(paper.snapshot).rows

    assert (row.level, row.earlier, row.judged) == (None, 2, 2)


def test_table_assurance_of_a_local_body_is_its_academys():
    academy = AcademyFactory.create()
    AcademyFactory.create(trust=academy.trust)
    body = BodyFactory.create(trust=academy.trust, kind=Body.Kind.LOCAL, academy=academy)
    meeting = MeetingFactory.create(body=body)

    paper = operations.table_assurance(meeting=meeting, by=clerk(meeting), on=DAY)

    assert paper.snapshot["academies"] == 1


def test_a_question_is_asked_answered_and_closed():
    meeting = MeetingFactory.create()
    trustee, lead = person(Role.TRUSTEE, at=meeting.trust), clerk(meeting)

    challenge = operations.ask(meeting=meeting, question="How do we know?", by=trustee)
    operations.answer(challenge=challenge, answer="Books were read again.", by=lead, on=DAY)
    closed = operations.close(challenge=challenge, by=trustee, on=DAY)

    assert closed.status == Challenge.Status.CLOSED
    assert (closed.answered_by, closed.answered_on) == (lead.person, DAY)
    with pytest.raises(Refused, match="has its answer"):
        operations.answer(challenge=challenge, answer="More.", by=lead, on=DAY)


def test_no_paper_names_a_member_of_staff():
    challenge = ChallengeFactory.create()
    PersonFactory.create(trust=challenge.trust, name="Tom Ludlam")
    PersonFactory.create(trust=challenge.trust, name="Bea Vane", kind=Person.Kind.GOVERNOR)
    trustee, lead = person(Role.TRUSTEE, at=challenge.trust), clerk(challenge)
    meeting = challenge.meeting

    with pytest.raises(Refused, match="Take out: Tom Ludlam"):
        operations.ask(meeting=meeting, question="What does Tom Ludlam do?", by=trustee)
    with pytest.raises(Refused, match="Take out: Tom Ludlam"):
        operations.answer(challenge=challenge, answer="tom ludlam reads.", by=lead, on=DAY)
    with pytest.raises(Refused, match="Take out: Tom Ludlam"):
        operations.decide(meeting=meeting, text="Thank Tom Ludlam.", by=lead)
    assert operations.decide(meeting=meeting, text="Thank Bea Vane.", by=lead).text


@pytest.mark.parametrize("text", ["Thank Mr Ludlam.", "T. Ludlam", "Tom  Ludlam", "Ask Eve Roe."])
def test_no_paper_names_staff_or_a_specialist_however_written(text):
    meeting = MeetingFactory.create()
    PersonFactory.create(trust=meeting.trust, name="Tom Ludlam")
    PersonFactory.create(trust=meeting.trust, name="Eve Roe", kind=Person.Kind.EXTERNAL)

    with pytest.raises(Refused, match="Take out"):
        operations.decide(meeting=meeting, text=text, by=clerk(meeting))


def test_decide_records_when_to_look_again():
    meeting = MeetingFactory.create()

    decision, again = (
        operations.decide(meeting=meeting, text="Noted.", follow_up_on=DAY, by=clerk(meeting))
        for _ in range(2)
    )

    assert decision.pk == again.pk
    assert (decision.text, decision.follow_up_on) == ("Noted.", DAY)


def test_ask_sent_twice_is_one_question_until_it_is_answered():
    meeting = MeetingFactory.create()
    member = person(Role.TRUSTEE, at=meeting.trust)

    def ask():
        return operations.ask(meeting=meeting, question="How do we know?", by=member)

    first, again = ask(), ask()
    operations.answer(
        challenge=first, answer="By looking.", by=person(Role.QA_LEAD, at=meeting.trust), on=DAY
    )

    assert first.pk == again.pk != ask().pk
