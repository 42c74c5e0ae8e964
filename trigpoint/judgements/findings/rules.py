"""Who may raise, correct, withdraw, publish and read a finding."""

from typing import TYPE_CHECKING
from uuid import UUID

from trigpoint.judgements.findings.models import Finding
from trigpoint.people.roles import Capability
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.workflow import Step, Workflow
from trigpoint.reviews.models import Review

if TYPE_CHECKING:
    from trigpoint.people.models import User

S = Finding.Status
LIFECYCLE = Workflow(
    "finding",
    initial=S.AGREED,
    steps=(
        Step("withdraw", frozenset({S.AGREED}), S.WITHDRAWN),
        Step("publish", frozenset({S.AGREED}), S.PUBLISHED),
    ),
)
OPEN_REVIEW = frozenset(
    {Review.Status.FIELDWORK, Review.Status.CORROBORATING, Review.Status.REPORTING}
)
NOT_YET = frozenset({Review.Status.PLANNED, Review.Status.NOTIFIED})


def may_view(user: "User", finding: Finding) -> Verdict:
    """The review's team and lead; once published its readers, and the person it is about.

    Agrees with ``visible_to``.
    """
    review = finding.review
    if _reaches(user, Capability.EVIDENCE_WEIGH, review):
        return ALLOWED
    reads = _reaches(user, Capability.FINDING_VIEW, review, team_id=finding.team_id)
    if reads and review.lead_id == user.person_id:
        return ALLOWED
    about_me = finding.person_id is not None and finding.person_id == user.person_id
    if finding.status == S.PUBLISHED and (reads or about_me):
        return ALLOWED
    return denied("A finding is read at the academy once the review's report is final.")


def may_read_review(user: "User", finding: Finding) -> Verdict:
    """Whether somebody who reads a finding may also open the review and claim it came from."""
    if _reaches(user, Capability.CLAIM_VIEW, finding.review):
        return ALLOWED
    return denied("The review behind this finding is read by its team and the academy's leaders.")


def may_raise_finding(user: "User", review: Review) -> Verdict:
    """The review's team and lead, from fieldwork until the report is final."""
    if not _may_raise(user, review):
        return denied(f"Only the review's team raises findings. Ask the lead, {review.lead.name}.")
    if review.status in OPEN_REVIEW:
        return ALLOWED
    if review.status in NOT_YET:
        return denied("Findings are raised once fieldwork has started.")
    return denied("This review is over, so its findings stand. Raise it in the next review.")


def may_raise_another(title: str, *, is_raised: bool) -> Verdict:
    """Refuse what the review found already, as a form sent a second time would make it."""
    if is_raised:
        return denied(
            f"“{title}” is among this review's findings already. If this is another one, say in "
            "its title what is different."
        )
    return ALLOWED


def may_correct(user: "User", finding: Finding) -> Verdict:
    """Say it otherwise, or withdraw it: those who may raise it, until it is published."""
    if finding.status == S.PUBLISHED:
        return denied(
            "The academy has read this finding, so it stands. Raise another in the next review."
        )
    if finding.status == S.WITHDRAWN:
        return denied("This finding was withdrawn. Raise it anew if it holds after all.")
    return may_raise_finding(user, finding.review)


def scope_is_sound(*, scope: str, team_id: UUID | None, person_id: UUID | None) -> Verdict:
    """A team's finding names the team, an individual's the person; the wider ones name nobody."""
    if scope == Finding.Scope.TEAM and team_id is None:
        return denied("Say which team this finding is about.")
    if scope == Finding.Scope.INDIVIDUAL and person_id is None:
        return denied("Say which person this finding is about, or raise it about their team.")
    if scope != Finding.Scope.INDIVIDUAL and person_id is not None:
        return denied("Only a finding about an individual names a person. Leave the person out.")
    if scope in {Finding.Scope.TRUST, Finding.Scope.ACADEMY} and team_id:
        return denied("A finding about the academy or trust names no team. Leave the team out.")
    return ALLOWED


def may_publish(user: "User", review: Review) -> Verdict:
    """Let the findings out with the final report: whoever may raise them or writes the report."""
    if _may_raise(user, review) or _reaches(user, Capability.REPORT_WRITE, review):
        return ALLOWED
    return denied(f"Only the lead, {review.lead.name}, or the trust's QA lead can do this.")


def _may_raise(user: "User", review: Review) -> bool:
    leads = review.lead_id == user.person_id and _reaches(user, Capability.FINDING_VIEW, review)
    return leads or _reaches(user, Capability.FINDING_RAISE, review)


def _reaches(
    user: "User", capability: Capability, review: Review, *, team_id: UUID | None = None
) -> bool:
    return user.access.covers(
        capability,
        trust_id=review.trust_id,
        academy_id=review.academy_id,
        team_id=team_id,
        review_id=review.pk,
    )
