"""Screens of meetings."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    AreaFactory,
    BodyFactory,
    ChallengeFactory,
    DecisionFactory,
    JudgementFactory,
    MeetingFactory,
    PaperFactory,
    PersonFactory,
    ReportFactory,
    person,
)
from trigpoint.governance.meetings import operations
from trigpoint.governance.models import Challenge, Decision, Meeting
from trigpoint.people.models import Person
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 12, 9)


def at(verb, *args):
    return reverse(f"governance:meetings-{verb}", args=args)


def signed_in(client, role, where):
    user = person(role, at=where)
    client.force_login(user)
    return user


def test_index_lists_meetings_of_ones_bodies(client):
    meeting = MeetingFactory.create(title="Autumn standards")
    MeetingFactory.create(title="Somewhere else")
    signed_in(client, Role.TRUSTEE, meeting.trust)

    shown = client.get(at("index")).content.decode()

    assert "Autumn standards" in shown
    assert "Somewhere else" not in shown
    assert at("call") not in shown


def test_index_says_what_to_do_when_there_is_none(client):
    signed_in(client, Role.QA_LEAD, AcademyFactory.create().trust)

    shown = client.get(at("index")).content.decode()

    assert "No meetings yet" in shown
    assert at("call") in shown


def test_index_costs_the_same_for_any_number_of_meetings(client, assert_flat):
    body = BodyFactory.create()
    signed_in(client, Role.TRUSTEE, body.trust)

    def add():
        meeting = MeetingFactory.create(body=body)
        PaperFactory.create(meeting=meeting)
        ChallengeFactory.create(meeting=meeting)

    assert_flat(at("index"), add_row=add, at_most=10)


def test_show_is_the_committee_page_and_names_no_member_of_staff(client):
    academy = AcademyFactory.create()
    area = AreaFactory.create(version__policy__trust=academy.trust, name="Assessment")
    JudgementFactory.create(review__academy=academy, area=area, made_by__name="Ju Dge")
    meeting = MeetingFactory.create(body__trust=academy.trust)
    lead = person(Role.QA_LEAD, at=academy.trust)
    Person.objects.filter(pk=lead.person_id).update(name="Answer Ing")
    operations.table_assurance(meeting=meeting, by=lead, on=DAY)
    paper = PaperFactory.create(meeting=meeting, report__written_by__name="Wri Ter")
    chair = PersonFactory.create(
        trust=academy.trust, name="Bridget Vane", kind=Person.Kind.GOVERNOR
    )
    challenge = ChallengeFactory.create(meeting=meeting, asked_by=chair)
    operations.answer(challenge=challenge, answer="Books.", by=lead, on=DAY)
    ChallengeFactory.create(meeting=meeting, asked_by__name="Staff Asker")
    DecisionFactory.create(meeting=meeting, text="Look again.", follow_up_on=DAY)
    signed_in(client, Role.TRUSTEE, academy.trust)

    shown = client.get(at("show", meeting.pk)).content.decode()

    for words in (
        paper.title,
        "Assessment",
        "Meets standard",
        "Bridget Vane",
        "Books.",
        "Look again.",
    ):
        assert words in shown
    for name in ("Ju Dge", "Answer Ing", "Wri Ter", "Staff Asker"):
        assert name not in shown


def test_show_is_a_stranger_to_other_bodies(client):
    meeting = MeetingFactory.create()
    signed_in(client, Role.TRUSTEE, AcademyFactory.create(trust=meeting.trust))

    assert client.get(at("show", meeting.pk)).status_code == 404


def test_show_costs_the_same_for_any_number_of_papers(client, assert_flat):
    meeting = MeetingFactory.create()
    signed_in(client, Role.TRUSTEE, meeting.trust)

    def add():
        PaperFactory.create(meeting=meeting)
        ChallengeFactory.create(meeting=meeting)
        DecisionFactory.create(meeting=meeting)

    assert_flat(at("show", meeting.pk), add_row=add, at_most=11)


def test_latest_is_a_box_of_decisions_and_questions_without_staff(client):
    challenge = ChallengeFactory.create(asked_by__name="As Ker")
    decision = DecisionFactory.create(meeting=challenge.meeting, follow_up_on=DAY)
    elsewhere = ChallengeFactory.create(question="Somebody else's question?")
    signed_in(client, Role.TRUSTEE, challenge.trust)

    whole = client.get(at("latest")).content.decode()
    piece = client.get(at("latest"), headers={"HX-Request": "true"}).content.decode()

    for shown in (whole, piece):
        assert challenge.question in shown
        assert decision.text in shown
        assert elsewhere.question not in shown
        assert "As Ker" not in shown
    assert "<html" not in piece


def test_call_puts_a_meeting_in(client):
    body = BodyFactory.create()
    signed_in(client, Role.QA_LEAD, body.trust)

    shown = client.get(at("call"))
    wrong = client.post(at("call"), {"title": "Autumn"})
    right = client.post(at("call"), {"body": body.pk, "held_on": "2025-12-09", "title": "Autumn"})

    assert body.name in shown.content.decode()
    assert wrong.status_code == 422
    assert right.url == at("show", Meeting.objects.get().pk)


def test_call_does_not_offer_or_take_another_trusts_body(client):
    signed_in(client, Role.QA_LEAD, BodyFactory.create().trust)
    foreign = BodyFactory.create()

    answer = client.post(
        at("call"), {"body": foreign.pk, "held_on": "2025-12-09", "title": "Autumn"}
    )

    assert answer.status_code == 422
    assert not Meeting.objects.exists()


def test_table_report_offers_final_reports_that_are_not_there_yet(client):
    meeting = MeetingFactory.create()
    report = ReportFactory.create(
        review__academy=AcademyFactory.create(trust=meeting.trust), final=True
    )
    signed_in(client, Role.QA_LEAD, meeting.trust)

    shown = client.get(at("table_report", meeting.pk))
    wrong = client.post(at("table_report", meeting.pk), {"report": ""})
    client.post(at("table_report", meeting.pk), {"report": report.pk})

    assert report.title in shown.content.decode()
    assert wrong.status_code == 422
    assert meeting.papers.get().report == report
    assert report.title not in client.get(at("table_report", meeting.pk)).content.decode()


def test_table_assurance_adds_the_table(client):
    meeting = MeetingFactory.create()
    signed_in(client, Role.QA_LEAD, meeting.trust)

    client.post(at("table_assurance", meeting.pk))

    assert meeting.papers.get().snapshot["academies"] == 0


def test_ask_puts_a_question(client):
    meeting = MeetingFactory.create()
    user = signed_in(client, Role.TRUSTEE, meeting.trust)

    shown = client.get(at("ask", meeting.pk), {"q": "Why?"})
    wrong = client.post(at("ask", meeting.pk), {"question": ""})
    client.post(at("ask", meeting.pk), {"question": "How do we know?"})

    assert "Why?" in shown.content.decode()
    assert wrong.status_code == 422
    assert Challenge.objects.get().asked_by == user.person


def test_answer_is_given_once(client):
    challenge = ChallengeFactory.create()
    signed_in(client, Role.QA_LEAD, challenge.trust)

    shown = client.get(at("answer", challenge.pk))
    wrong = client.post(at("answer", challenge.pk), {"answer": ""})
    client.post(at("answer", challenge.pk), {"answer": "Books were read."})
    again = client.post(at("answer", challenge.pk), {"answer": "More."})

    assert challenge.question in shown.content.decode()
    assert (wrong.status_code, again.status_code) == (422, 409)
    assert Challenge.objects.get().answer == "Books were read."


def test_close_ends_a_question(client):
    challenge = ChallengeFactory.create()
    lead = person(Role.QA_LEAD, at=challenge.trust)
    signed_in(client, Role.TRUSTEE, challenge.trust)
    early = client.post(at("close", challenge.pk))
    operations.answer(challenge=challenge, answer="Books.", by=lead, on=DAY)

    client.post(at("close", challenge.pk))

    assert early.status_code == 409
    assert Challenge.objects.get().status == Challenge.Status.CLOSED


def test_decide_records_a_decision(client):
    meeting = MeetingFactory.create()
    signed_in(client, Role.QA_LEAD, meeting.trust)

    shown = client.get(at("decide", meeting.pk))
    wrong = client.post(at("decide", meeting.pk), {"text": ""})
    client.post(at("decide", meeting.pk), {"text": "Noted.", "follow_up_on": "2026-03-01"})

    assert "What did the body decide?" in shown.content.decode()
    assert wrong.status_code == 422
    assert Decision.objects.get().follow_up_on == dt.date(2026, 3, 1)
