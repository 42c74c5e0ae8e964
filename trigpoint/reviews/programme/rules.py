"""Who may have a year proposed, and the states of its programme."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from trigpoint.people.roles import Capability
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.workflow import Step, Workflow
from trigpoint.reviews.programme.models import Programme

if TYPE_CHECKING:
    from trigpoint.people.models import User
    from trigpoint.trusts.models import AcademicYear

P = Programme.Status
LIFECYCLE = Workflow(
    "programme",
    initial=P.DRAFT,
    steps=(
        Step("propose", frozenset({P.DRAFT, P.AGREED}), P.DRAFT),
        Step("settle", frozenset({P.DRAFT}), P.AGREED),
    ),
)
PATIENCE = timedelta(minutes=10)  # a proposal that takes longer was lost with its worker
ONLY_THE_LEAD = "Only the trust's QA lead plans the year. Ask them to."


def may_propose(
    user: "User", year: "AcademicYear", *, asked_at: datetime | None, at: datetime
) -> Verdict:
    """Whoever plans reviews across the trust, one proposal at a time, of a year that is not over."""
    if not (
        user.trust_id == year.trust_id and user.access.is_trust_wide(Capability.PROGRAMME_PROPOSE)
    ):
        return denied(ONLY_THE_LEAD)
    if year.ends_on < timezone.localtime(at).date():
        return denied(f"The school year {year.name} is over. Choose one that runs or is to come.")
    if asked_at and at - asked_at < PATIENCE:
        return denied("A proposal is being worked out. Wait until it is there.")
    return ALLOWED


def is_being_proposed(programme: Programme | None, *, at: datetime) -> bool:
    """Say whether a proposal is on its way, and its worker not lost."""
    return bool(programme and programme.asked_at and at - programme.asked_at < PATIENCE)
