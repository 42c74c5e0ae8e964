"""Who reads a notice, and what a mail of notices says."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.utils import timezone

from trigpoint.people.notices.models import Letter, Notice, Preference
from trigpoint.records.refusals import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from trigpoint.people.models import User

How = Preference.How
UNLESS_CHOSEN = How.DAILY


def may_view(user: "User", row: "Notice | Letter | Preference") -> Verdict:
    """Only whom it is addressed to. Agrees with ``visible_to``."""
    if row.person_id == user.person_id:
        return ALLOWED
    return denied("That is addressed to somebody else.")


def noon(on: date) -> datetime:
    """Return a moment for what is dated by the day alone."""
    return datetime.combine(on, time(12), tzinfo=timezone.get_current_timezone())


def subject(notices: Sequence[Notice]) -> str:
    """Return a mail's subject: how many, and nothing of what they say."""
    return (
        "Trigpoint: 1 new notice" if len(notices) == 1 else f"Trigpoint: {len(notices)} new notices"
    )
