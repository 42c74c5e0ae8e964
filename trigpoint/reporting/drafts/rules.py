"""When a draft can be assembled, and what is in the way."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.reporting.reports import rules as reports
from trigpoint.reporting.reports.models import Report
from trigpoint.reviews.models import Review
from trigpoint.reviews.reviews.rules import may_report

if TYPE_CHECKING:
    from trigpoint.people.models import User

CAN_BE_REPORTED = {Review.Status.CORROBORATING, Review.Status.REPORTING}


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a review has to show before a report can be assembled from it.

    Args:
        agreed: claims agreed by the team. A count.
        open_contradictions: claims with a contradiction nobody has answered, such as 1.2.
        status: the status of the report there is, empty when there is none.

    """

    agreed: int
    open_contradictions: tuple[str, ...] = ()
    status: str = ""


def may_assemble(user: "User", review: Review, ready: Readiness) -> Verdict:
    """The review's team, once something is agreed and every contradiction is answered.

    The first time turns the review to its report, which is for its lead or the QA lead.
    """
    if not (allowed := reports.may_write(user, review)):
        return allowed
    if ready.status not in {"", Report.Status.DRAFT}:
        return denied(reports.WHERE_IT_IS[Report.Status(ready.status)])
    if review.status not in CAN_BE_REPORTED:
        return denied(
            f"This review is at {review.get_status_display().lower()}. "
            "Finish fieldwork and corroborate first."
        )
    if review.status == Review.Status.CORROBORATING and not (turned := may_report(user, review)):
        return turned
    return _is_ready(ready)


def _is_ready(ready: Readiness) -> Verdict:
    if ready.open_contradictions:
        return denied(
            f"Nobody has answered what contradicts claim {', '.join(ready.open_contradictions)}. "
            "Answer it, or withdraw the claim, then assemble the report."
        )
    if not ready.agreed:
        return denied("No claim is agreed yet. Agree at least one on the Corroborate tab first.")
    return ALLOWED
