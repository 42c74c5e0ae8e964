"""Tells those who check a report for the academy."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from trigpoint.people.grants.queries import system_holders
from trigpoint.people.models import Notice
from trigpoint.people.notices.operations import News, tell
from trigpoint.people.roles import Capability
from trigpoint.records.days import day_words

if TYPE_CHECKING:
    from trigpoint.people.models import User
    from trigpoint.reporting.reports.models import Report


def tell_academy(report: "Report", *, by: "User", at: datetime) -> None:
    """Tell the academy's heads that a report is open for its factual accuracy check, and until when."""
    heads = system_holders(
        Capability.REPORT_CHECK,
        trust_id=report.trust_id,
        academy_id=report.academy_id,
        on=timezone.localtime(at).date(),
    )
    until = f", until {day_words(report.comments_due_on)}" if report.comments_due_on else ""
    news = News(
        kind=Notice.Kind.REPORT_TO_CHECK,
        sentence=f"The report of “{report.review.title}” waits for your check of its facts{until}.",
        address=reverse("reporting:reports-show", args=[report.pk]),
        once_key=f"report-to-check:{report.pk}:{report.comments_due_on}",
    )
    tell(heads, news, at=at, besides=by)
