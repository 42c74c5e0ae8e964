"""The academy's heads are told that a report waits for their check."""

import datetime as dt

import pytest

from tests.factories import ReportFactory, person
from trigpoint.people.models import Notice
from trigpoint.people.roles import Role
from trigpoint.reporting.telling.operations import tell_academy

pytestmark = pytest.mark.django_db


def test_tell_academy_says_which_report_and_until_when():
    report = ReportFactory.create(review__title="Reading deep dive")
    report.comments_due_on = dt.date(2026, 3, 9)
    head = person(Role.HEADTEACHER, at=report.academy)
    lead = person(Role.QA_LEAD, at=report.trust)

    tell_academy(report, by=lead, at=dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC))

    notice = Notice.objects.get()
    assert notice.person == head.person
    assert notice.address == f"/reporting/reports/{report.pk}/"
    assert notice.sentence == (
        "The report of “Reading deep dive” waits for your check of its facts, until 9 March 2026."
    )
