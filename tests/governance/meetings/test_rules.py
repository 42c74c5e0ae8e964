"""Who may do what at a meeting."""

import datetime as dt
import itertools

import pytest

from tests.factories import (
    AcademyFactory,
    BodyFactory,
    ChallengeFactory,
    MeetingFactory,
    ReportFactory,
    person,
)
from tests.looks import IN_WORDS, shown
from trigpoint.governance.assurance import rules as assurance
from trigpoint.governance.assurance.rules import Table
from trigpoint.governance.cells.rules import Cell, Judged
from trigpoint.governance.meetings import rules
from trigpoint.governance.models import Challenge, Meeting
from trigpoint.people.roles import Role
from trigpoint.trusts.models import Body

pytestmark = pytest.mark.django_db
S = Challenge.Status
DAY = dt.date(2025, 12, 9)
LEGAL = {("answer", S.ASKED): S.ANSWERED, ("close", S.ANSWERED): S.CLOSED}


def local(academy):
    return BodyFactory.create(trust=academy.trust, kind=Body.Kind.LOCAL, academy=academy)


@pytest.mark.parametrize(("verb", "state"), list(itertools.product(["answer", "close"], S)))
def test_only_legal_moves_are_allowed(verb, state):
    assert bool(rules.LIFECYCLE.may(verb, state)) == ((verb, state) in LEGAL)
    if (verb, state) in LEGAL:
        assert rules.LIFECYCLE.target(verb) == LEGAL[verb, state]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("whole_trust", [False, True], ids=["one academy", "whole trust"])
def test_visible_to_agrees_with_may_view(role, whole_trust):
    home = AcademyFactory.create()
    bodies = [
        local(home),
        local(AcademyFactory.create(trust=home.trust)),
        BodyFactory.create(trust=home.trust),
        local(AcademyFactory.create()),
        BodyFactory.create(),
    ]
    meetings = [MeetingFactory.create(body=body) for body in bodies]
    user = person(role, at=home.trust if whole_trust else home)

    listed = set(Meeting.objects.visible_to(user))

    assert listed == {meeting for meeting in meetings if rules.may_view(user, meeting)}


def test_governor_of_one_academy_sees_its_own_body_only():
    home = AcademyFactory.create()
    own = MeetingFactory.create(body=local(home))
    MeetingFactory.create(body=BodyFactory.create(trust=home.trust))

    assert set(Meeting.objects.visible_to(person(Role.TRUSTEE, at=home))) == {own}


def test_may_table_report_keeps_a_local_body_to_its_academy_and_to_final_reports():
    academy = AcademyFactory.create()
    meeting = MeetingFactory.create(body=local(academy))
    clerk = person(Role.QA_LEAD, at=academy.trust)
    own = ReportFactory.create(review__academy=academy, final=True)
    draft = ReportFactory.create(review__academy=academy)
    other = ReportFactory.create(
        review__academy=AcademyFactory.create(trust=academy.trust), final=True
    )

    assert rules.may_table_report(clerk, meeting, own)
    assert "Only a final report" in rules.may_table_report(clerk, meeting, draft).reason
    assert "its own academy" in rules.may_table_report(clerk, meeting, other).reason
    trustee = person(Role.TRUSTEE, at=academy)
    assert "QA lead calls" in rules.may_table_report(trustee, meeting, own).reason


def test_questions_are_put_by_members_and_answered_once_by_the_trust():
    challenge = ChallengeFactory.create()
    trust = challenge.trust
    trustee, clerk = person(Role.TRUSTEE, at=trust), person(Role.QA_LEAD, at=trust)
    head = person(Role.HEADTEACHER, at=trust)

    assert rules.may_ask(trustee, challenge.meeting)
    assert "members of this body" in rules.may_ask(head, challenge.meeting).reason
    assert rules.may_answer(clerk, challenge)
    assert not rules.may_answer(trustee, challenge)
    assert "no answer yet" in rules.may_close(trustee, challenge).reason
    assert "members of this body" in rules.may_close(head, challenge).reason


def a_table():
    """A table with two levels, one of them new, and what is judged in words."""
    levels = (shown("U"), shown("M"), IN_WORDS)
    now, before, wordy = (Judged(level, "FAIR", DAY, "TRUST") for level in levels)
    cells = [Cell("Saltwyke", now, before), Cell("Dunlow", wordy, None), Cell("Ash", None, None)]
    row = assurance.row("Assessment", "assessment", cells, on=DAY, max_age_days=365)
    changes = assurance.changes("Assessment", "assessment", cells)
    return Table("9 December 2025", "2 September", 3, (row,), tuple(changes))


def test_a_paper_reads_back_as_it_was():
    table = a_table()

    assert len(table.changes) == 1
    assert rules.from_paper(rules.as_paper(table)) == table


def test_a_paper_kept_before_tables_named_their_academy_reads_back_as_it_was():
    kept = rules.as_paper(a_table())
    del kept["academy"]

    assert rules.from_paper(kept) == a_table()
