"""Calling a meeting, putting papers before it, and keeping what was asked and decided."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from trigpoint.governance.assurance import queries as assurance
from trigpoint.governance.meetings import rules
from trigpoint.governance.meetings.models import Challenge, Decision, Meeting, Paper
from trigpoint.people.names.queries import system_staff_named
from trigpoint.records import history
from trigpoint.records.days import day_words
from trigpoint.records.refusals import Refused
from trigpoint.reporting.models import Report
from trigpoint.trusts.models import Body

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def call(*, body: Body, held_on: date, title: str, by: "User") -> Meeting:
    """Put a meeting of a body in.

    Raises:
        Refused: the person does not call its meetings, or there is one on that day.

    """
    body = Body.objects.select_for_update().get(pk=body.pk)
    rules.may_call(by, body).enforce()
    if Meeting.objects.filter(body=body, held_on=held_on).exists():
        day = day_words(held_on)
        msg = f"{body.name} already meets on {day}. Open that meeting, or choose another day."
        raise Refused(msg)
    meeting = Meeting.objects.create(
        trust_id=body.trust_id, body=body, held_on=held_on, title=title
    )
    history.write(meeting, "called", by=by, body=body.name, held_on=held_on)
    return meeting


@transaction.atomic
def table_report(*, meeting: Meeting, report: Report, by: "User") -> Paper:
    """Put a final report before a meeting.

    Raises:
        Refused: the report is not final, is another academy's, or is before the meeting already.

    """
    meeting = _locked(meeting)
    rules.may_table_report(by, meeting, report).enforce()
    if meeting.papers.filter(report=report).exists():
        msg = "This report is before the meeting already."
        raise Refused(msg)
    paper = _paper(meeting, title=report.title, report=report)
    history.write(meeting, "tabled_report", by=by, report=str(report.pk))
    return paper


@transaction.atomic
def table_assurance(*, meeting: Meeting, by: "User", on: date) -> Paper:
    """Put the assurance table before a meeting as it stands that day; it will not change again."""
    meeting = _locked(meeting)
    rules.may_table_assurance(by, meeting).enforce()
    table = assurance.table(viewer=by, on=on, academy_id=meeting.body.academy_id)
    paper = _paper(meeting, title=f"Assurance on {table.on}", snapshot=rules.as_paper(table))
    history.write(meeting, "tabled_assurance", by=by, on=on)
    return paper


def _paper(
    meeting: Meeting,
    *,
    title: str,
    report: Report | None = None,
    snapshot: dict[str, object] | None = None,
) -> Paper:
    last = meeting.papers.aggregate(last=Max("position"))["last"] or 0
    return Paper.objects.create(
        trust_id=meeting.trust_id,
        meeting=meeting,
        position=last + 1,
        title=title,
        report=report,
        snapshot=snapshot,
    )


@transaction.atomic
def ask(*, meeting: Meeting, question: str, by: "User") -> Challenge:
    """Put a question, as a member of the body. The same question sent twice is one."""
    meeting = _locked(meeting)
    named = system_staff_named(meeting.trust_id, question)
    rules.may_ask(by, meeting, named).enforce()
    said = {"meeting": meeting, "question": question, "asked_by_id": by.person_id}
    if same := Challenge.objects.filter(**said, status=Challenge.Status.ASKED).first():
        return same
    challenge = Challenge.objects.create(trust_id=meeting.trust_id, **said)
    history.write(meeting, "asked", by=by, challenge=str(challenge.pk))
    return challenge


@transaction.atomic
def answer(*, challenge: Challenge, answer: str, by: "User", on: date) -> Challenge:
    """Answer a question for the trust."""
    challenge = _locked_challenge(challenge)
    named = system_staff_named(challenge.trust_id, answer)
    rules.may_answer(by, challenge, named).enforce()
    challenge.answer, challenge.answered_by_id, challenge.answered_on = answer, by.person_id, on
    challenge.status = rules.LIFECYCLE.target("answer")
    challenge.save()
    history.write(challenge, "answered", by=by, on=on)
    return challenge


@transaction.atomic
def close(*, challenge: Challenge, by: "User", on: date) -> Challenge:
    """Close a question whose answer is enough for the body."""
    challenge = _locked_challenge(challenge)
    rules.may_close(by, challenge).enforce()
    challenge.status = rules.LIFECYCLE.target("close")
    challenge.save(update_fields=["status"])
    history.write(challenge, "closed", by=by, on=on)
    return challenge


@transaction.atomic
def decide(
    *, meeting: Meeting, text: str, follow_up_on: date | None = None, by: "User"
) -> Decision:
    """Record what the body decided, and when it will look at it again; sent twice it is one."""
    meeting = _locked(meeting)
    named = system_staff_named(meeting.trust_id, text)
    rules.may_decide(by, meeting, named).enforce()
    said = {"meeting": meeting, "text": text, "follow_up_on": follow_up_on}
    if same := Decision.objects.filter(**said).first():
        return same
    decision = Decision.objects.create(trust_id=meeting.trust_id, **said)
    history.write(meeting, "decided", by=by, decision=str(decision.pk))
    return decision


def _locked(meeting: Meeting) -> Meeting:
    found = Meeting.objects.select_for_update(of=("self",)).select_related("body")
    return found.get(pk=meeting.pk)


def _locked_challenge(challenge: Challenge) -> Challenge:
    found = Challenge.objects.select_for_update(of=("self",)).select_related("meeting__body")
    return found.get(pk=challenge.pk)
