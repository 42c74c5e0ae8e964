"""When an academy may begin, finish and call off its review of itself, and what it is called."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from trigpoint.people.roles import Capability
from trigpoint.records.days import day_words
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.reviews.models import Review
from trigpoint.reviews.reviews.rules import LIFECYCLE, OVER
from trigpoint.trusts.calendars.rules import WorkingCalendar
from trigpoint.trusts.models import Academy

if TYPE_CHECKING:
    from trigpoint.people.models import User

NOT_THEIRS = "Only the academy’s headteacher or the trust’s QA lead can do this. Ask one of them."


def may_begin(user: "User", academy: Academy, *, running: Review | None) -> Verdict:
    """The academy's head or the QA lead, while no other self-review of the academy runs.

    Args:
        user: who asks.
        academy: which academy is to look at itself.
        running: its self-review that has begun and is not over, with its lead; None for none.

    """
    if not _reaches(user, academy.trust_id, academy.pk):
        return denied(NOT_THEIRS)
    if academy.closed_on:
        return denied(
            f"{academy.name} closed on {day_words(academy.closed_on)}. Choose an open academy."
        )
    if running:
        return denied(
            f"“{running.title}”, led by {running.lead.name}, is open since "
            f"{day_words(running.fieldwork_starts_on)}. Finish it first, or call it off."
        )
    return ALLOWED


def may_finish_by(finish_by: date, *, on: date) -> Verdict:
    """Refuse a last day that is past."""
    if finish_by < on:
        return denied(
            f"The last day would be {day_words(finish_by)}, which is past. Choose today or later."
        )
    return ALLOWED


def may_finish(user: "User", review: Review, *, has_report: bool) -> Verdict:
    """The academy's head or the QA lead, once it has begun.

    Args:
        user: who asks.
        review: the self-review.
        has_report: whether somebody began a report of it, which then closes it.

    """
    if not (moved := _may_move("finish", user, review)):
        return moved
    if has_report:
        return denied(
            "A report of this self-review was begun, and it closes when that is final. "
            "Make it final on the Report tab."
        )
    return ALLOWED


def may_call_off(user: "User", review: Review) -> Verdict:
    """The academy's head or the QA lead, until its report is begun."""
    return _may_move("cancel", user, review)


def _may_move(verb: str, user: "User", review: Review) -> Verdict:
    if not _reaches(user, review.trust_id, review.academy_id):
        return denied(NOT_THEIRS)
    if review.kind != Review.Kind.SELF:
        return denied("This is not a self-review. Its lead runs it from the review’s own page.")
    if review.status in OVER:
        return denied("This self-review is over, so it stays as it is. Begin the next one.")
    return LIFECYCLE.may(verb, review.status)


def title(calendar: WorkingCalendar, *, on: date) -> str:
    """Name a self-review after its term where that is known: “Self-review, autumn term 2026”."""
    term = next((term for term in calendar.terms if on in term), None)
    when = f"{on:%B}"
    if term:
        when = f"{term.name[:1].lower()}{term.name[1:]}"
        when = when if "term" in when else f"{when} term"
    year = "" if f"{on.year}" in when else f" {on.year}"
    return f"Self-review, {when}{year}"


def _reaches(user: "User", trust_id: UUID, academy_id: UUID) -> bool:
    return user.access.covers(Capability.REVIEW_SELF, trust_id=trust_id, academy_id=academy_id)
