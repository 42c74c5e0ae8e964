"""What may happen to a version of the policy, and what its promises say in words."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from trigpoint.people.roles import Capability
from trigpoint.policies.versions.models import PolicyVersion
from trigpoint.records.refusals import ALLOWED, Verdict, denied
from trigpoint.records.workflow import Step, Workflow
from trigpoint.trusts.models import Body, Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User

LIFECYCLE = Workflow(
    "policy version",
    initial=PolicyVersion.Status.DRAFT,
    steps=(
        Step("adopt", frozenset({PolicyVersion.Status.DRAFT}), PolicyVersion.Status.IN_FORCE),
        Step(
            "supersede",
            frozenset({PolicyVersion.Status.IN_FORCE}),
            PolicyVersion.Status.SUPERSEDED,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Approval:
    """Which body approved a version, when, and from when to when it holds."""

    body: Body
    approved_on: date
    effective_on: date
    review_due_on: date
    summary: str = ""


def may_view(user: "User", version: PolicyVersion) -> Verdict:
    """Everybody in the trust may read what it promises. Agrees with ``visible_to``."""
    if user.access.holds(Capability.POLICY_VIEW) and version.trust_id == user.trust_id:
        return ALLOWED
    return denied("This policy belongs to another trust.")


def may_adopt(user: "User", trust: Trust) -> Verdict:
    """Those who look after the trust's policy, for their own trust."""
    if user.access.covers(Capability.POLICY_ADOPT, trust_id=trust.pk):
        return ALLOWED
    return denied(
        "Only a trust QA lead or trust administrator can adopt a policy. Ask one of them."
    )


def may_take_over(
    approval: Approval, version: PolicyVersion, current: PolicyVersion | None
) -> Verdict:
    """Say whether the approval is in order and follows on from the version now in force."""
    body = approval.body
    if body.trust_id != version.trust_id:
        return denied(
            "Choose a body of this trust: the policy was not approved by another trust's."
        )
    if body.kind == Body.Kind.LOCAL:
        return denied(
            "A trust's policy is approved by its board or a committee, not by a local body."
        )
    if approval.approved_on > approval.effective_on:
        return denied(
            "A policy takes effect on or after the day it was approved. Check the two dates."
        )
    if approval.review_due_on <= approval.effective_on:
        return denied("The next review must fall after the day the policy takes effect.")
    return _follows(approval, current)


def _follows(approval: Approval, current: PolicyVersion | None) -> Verdict:
    if current and current.effective_on and approval.effective_on <= current.effective_on:
        return denied(
            f"Version {current.number} took effect on {current.effective_on:%-d %B %Y}. "
            "Choose a later day for the next version."
        )
    return ALLOWED


def may_take_effect(effective_on: date, *, on: date) -> Verdict:
    """A version takes effect when it is adopted, so never on a day still to come."""
    if effective_on <= on:
        return ALLOWED
    return denied(
        "A version is in force from the moment it is adopted. "
        f"Adopt this one on {effective_on:%-d %B %Y}, or choose today."
    )


def is_review_overdue(version: PolicyVersion, *, on: date) -> bool:
    """Say whether the version should have been looked at again by now."""
    return (
        version.status == PolicyVersion.Status.IN_FORCE
        and version.review_due_on is not None
        and version.review_due_on < on
    )
