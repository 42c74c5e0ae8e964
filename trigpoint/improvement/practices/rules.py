"""Good practice is what somebody independent has seen too, and the academy is glad to show."""

from typing import TYPE_CHECKING

from trigpoint.improvement.practices.models import GoodPractice
from trigpoint.judgements.models import Finding
from trigpoint.people.roles import Capability
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.workflow import Step, Workflow

if TYPE_CHECKING:
    from trigpoint.people.models import User

NOMINATED, CONFIRMED, PUBLISHED = (
    GoodPractice.Status.NOMINATED,
    GoodPractice.Status.CONFIRMED,
    GoodPractice.Status.PUBLISHED,
)

LIFECYCLE = Workflow(
    "practice",
    initial=NOMINATED,
    steps=(
        Step("confirm", frozenset({NOMINATED}), CONFIRMED),
        Step("publish", frozenset({CONFIRMED}), PUBLISHED),
    ),
)

WORTH_SHARING = frozenset({Finding.Kind.STRENGTH, Finding.Kind.GOOD_PRACTICE})


def may_view(user: "User", practice: GoodPractice) -> Verdict:
    """Everybody once it is published; before that the academy and reviewers.

    Agrees with ``visible_to``.
    """
    if practice.trust_id != user.trust_id:
        return denied("This practice belongs to another trust.")
    if practice.status == PUBLISHED and user.access.holds(Capability.PRACTICE_VIEW):
        return ALLOWED
    if _reaches(user, Capability.PRACTICE_NOMINATE, practice):
        return ALLOWED
    return denied("This practice has not been shared yet. It is shown once it is confirmed.")


def may_nominate(user: "User", finding: Finding, *, already: str) -> Verdict:
    """The academy or a reviewer, once, from a published strength or good practice.

    Args:
        user: who asks.
        finding: the strength.
        already: the title of the practice it was nominated as; empty when it was not.

    """
    held = user.access.covers(
        Capability.PRACTICE_NOMINATE,
        trust_id=finding.trust_id,
        academy_id=finding.academy_id,
        review_id=finding.review_id,
    )
    if not held:
        return denied("Only the academy or a reviewer can nominate good practice.")
    if already:
        return denied(
            f"This was nominated already, as \u201c{already}\u201d. Find it under Good practice."
        )
    return _is_worth_sharing(finding)


def _is_worth_sharing(finding: Finding) -> Verdict:
    if finding.kind not in WORTH_SHARING:
        return denied("Only a strength or good practice can be nominated.")
    if finding.status != Finding.Status.PUBLISHED:
        return denied("Nominate it once the report is final and the finding is published.")
    if finding.scope == Finding.Scope.INDIVIDUAL:
        return denied("This is about one person. Nominate what the team or academy does instead.")
    return ALLOWED


def may_confirm(user: "User", practice: GoodPractice) -> Verdict:
    """A reviewer who did not nominate it and has gone to see it."""
    if not _reaches(user, Capability.PRACTICE_CONFIRM, practice):
        return denied("Only a reviewer or the trust's QA lead can confirm good practice.")
    if practice.nominated_by_id == user.person_id:
        return denied("You nominated this yourself. Ask another reviewer to go and see it.")
    return LIFECYCLE.may("confirm", practice.status)


def may_publish(user: "User", practice: GoodPractice) -> Verdict:
    """The academy's headteacher, whose consent it is, once it is confirmed."""
    consents = user.access.covers(
        Capability.REPORT_CHECK, trust_id=practice.trust_id, academy_id=practice.academy_id
    )
    if not consents:
        return denied("Only the academy's headteacher can agree to share its practice.")
    if practice.status == NOMINATED:
        return denied("A second reviewer must see it first. Ask the trust's QA lead to send one.")
    return LIFECYCLE.may("publish", practice.status)


def _reaches(user: "User", capability: Capability, practice: GoodPractice) -> bool:
    return user.access.covers(
        capability,
        trust_id=practice.trust_id,
        academy_id=practice.academy_id,
        review_id=practice.finding.review_id if practice.finding else None,
    )
