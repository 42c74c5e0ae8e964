"""Who may comment on a version in consultation, and who says what was done with a comment."""

from datetime import date
from typing import TYPE_CHECKING

from trigpoint.people.roles import Capability
from trigpoint.policies.comments.models import PolicyComment
from trigpoint.policies.versions.models import PolicyVersion
from trigpoint.policies.versions.rules import BEFORE_APPROVAL
from trigpoint.policies.versions.rules import may_view as may_view_version
from trigpoint.records.days import day_words
from trigpoint.records.refusals import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from trigpoint.people.models import User

Status = PolicyVersion.Status


def may_view(user: "User", comment: PolicyComment) -> Verdict:
    """Colleagues who read the version read its comments. Agrees with ``visible_to``."""
    if not user.access.holds(Capability.POLICY_COMMENT):
        return denied("Comments on the policy are for people who work for the trust.")
    if comment.version.consult_until and comment.trust_id == user.trust_id:
        return ALLOWED
    return may_view_version(user, comment.version)


def may_know_author(user: "User", comment: PolicyComment) -> bool:
    """Say whether somebody reads who made a comment: its author, and who writes the policy."""
    return comment.author_id == user.person_id or user.access.holds(Capability.POLICY_DRAFT)


def may_comment(user: "User", version: PolicyVersion, *, on: date) -> Verdict:
    """Everybody in the trust, while the version is consulted on and until the last day of it."""
    if version.trust_id != user.trust_id or not user.access.holds(Capability.POLICY_COMMENT):
        return denied("Only people who work for the trust comment on its policy.")
    if version.status != Status.CONSULTATION or version.consult_until is None:
        return denied("This version is not in consultation, so nothing can be added to it.")
    if version.consult_until < on:
        return denied(
            f"Comments could be made until {day_words(version.consult_until)}. "
            "Write to the trust QA lead, who can open the consultation again."
        )
    return ALLOWED


def may_withdraw(user: "User", comment: PolicyComment) -> Verdict:
    """Whoever made a comment takes it back, until it is answered."""
    if comment.author_id != user.person_id:
        return denied("Only the person who made this comment can take it back.")
    if comment.disposition:
        return denied("It has been answered, so it stays on record with its answer.")
    return _is_before_approval(comment)


def may_answer(user: "User", comment: PolicyComment) -> Verdict:
    """Those who write the policy, until a body approves it; an answer may be changed till then."""
    if not user.access.covers(Capability.POLICY_DRAFT, trust_id=comment.trust_id):
        return denied("Only a trust QA lead or trust administrator answers comments on the policy.")
    return _is_before_approval(comment)


def _is_before_approval(comment: PolicyComment) -> Verdict:
    if comment.version.status in BEFORE_APPROVAL:
        return ALLOWED
    return denied("The version has been approved or withdrawn, so its comments stay as they are.")
