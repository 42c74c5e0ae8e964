import datetime as dt

import pytest

from tests.factories import AcademyFactory, ReviewFactory, person
from trigpoint.people.roles import Role
from trigpoint.reviews.models import Review
from trigpoint.reviews.self_reviews import rules
from trigpoint.trusts.calendars.rules import Span, WorkingCalendar

DAY = dt.date(2025, 11, 12)
CARRIES_OUT = {Role.HEADTEACHER, Role.QA_LEAD}


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_head_and_qa_lead_carry_it_out_at_their_academy_and_nowhere_else(role):
    own = AcademyFactory.create()
    sibling = AcademyFactory.create(trust=own.trust)
    user = person(role, at=own)
    here, there = (
        ReviewFactory.create(academy=academy, kind="SELF", status="FIELDWORK")
        for academy in (own, sibling)
    )

    asked = [
        rules.may_begin(user, own, running=None),
        rules.may_finish(user, here, has_report=False),
        rules.may_call_off(user, here),
    ]
    elsewhere = [
        rules.may_begin(user, sibling, running=None),
        rules.may_finish(user, there, has_report=False),
        rules.may_call_off(user, there),
    ]

    assert {bool(it) for it in asked} == {role in CARRIES_OUT}
    assert {it.reason for it in elsewhere} == {rules.NOT_THEIRS}


@pytest.mark.django_db
def test_may_begin_while_another_runs_or_the_academy_has_closed():
    academy = AcademyFactory.create(name="Thornmere")
    head = person(Role.HEADTEACHER, at=academy)
    running = ReviewFactory.create(
        academy=academy, kind="SELF", title="Self-review, autumn term 2025", lead__name="Ada Reeve"
    )

    said = rules.may_begin(head, academy, running=running).reason
    academy.closed_on = DAY

    assert "“Self-review, autumn term 2025”, led by Ada Reeve, is open since 12 November" in said
    assert "Finish it first, or call it off." in said
    assert "closed on" in rules.may_begin(head, academy, running=None).reason


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "status", "has_report", "words"),
    [
        ("SELF", "FIELDWORK", False, ""),
        ("SELF", "CORROBORATING", False, ""),
        ("SELF", "REPORTING", False, ""),
        ("SELF", "REPORTING", True, "A report of this self-review was begun"),
        ("SELF", "PLANNED", False, "stands at “Planned”"),
        ("SELF", "CLOSED", False, "Begin the next one"),
        ("TRUST", "FIELDWORK", False, "This is not a self-review"),
    ],
)
def test_may_finish(kind, status, has_report, words):
    over = {"closed_on": DAY} if status == "CLOSED" else {}
    review = ReviewFactory.create(kind=kind, status=status, **over)
    head = person(Role.HEADTEACHER, at=review.academy)

    said = rules.may_finish(head, review, has_report=has_report)

    assert bool(said) is not bool(words)
    assert words in said.reason


@pytest.mark.django_db
def test_may_call_off_is_for_what_has_no_report_yet():
    review = ReviewFactory.create(kind="SELF", status=Review.Status.REPORTING)
    head = person(Role.HEADTEACHER, at=review.academy)

    assert not rules.may_call_off(head, review)


def test_may_finish_by_is_today_or_later():
    assert rules.may_finish_by(DAY, on=DAY)
    assert "which is past" in rules.may_finish_by(DAY - dt.timedelta(days=1), on=DAY).reason


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Autumn", "Self-review, autumn term 2025"),
        ("Autumn term", "Self-review, autumn term 2025"),
        ("Term 2, 2025", "Self-review, term 2, 2025"),
        ("", "Self-review, November 2025"),
    ],
)
def test_title_names_the_term_where_it_is_known(name, title):
    term = Span(name, dt.date(2025, 9, 2), dt.date(2025, 12, 19))

    assert rules.title(WorkingCalendar((term,) if name else ()), on=DAY) == title
