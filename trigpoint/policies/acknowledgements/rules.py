"""Who confirms having read the policy, who sees that, and how often somebody is reminded."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from trigpoint.people.roles import Capability
from trigpoint.policies.acknowledgements.models import Acknowledgement
from trigpoint.policies.settings.rules import number, numbers
from trigpoint.policies.versions.models import PolicyVersion
from trigpoint.records.days import day_words
from trigpoint.records.refusals import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from trigpoint.people.models import User


def may_view(user: "User", row: Acknowledgement) -> Verdict:
    """One's own, and those of people with a post in one's reach. Agrees with ``visible_to``."""
    if row.person_id == user.person_id:
        return ALLOWED
    reaches = any(
        user.access.covers(
            Capability.ACKNOWLEDGEMENT_VIEW, trust_id=post.trust_id, academy_id=post.academy_id
        )
        for post in row.person.posts.all()
    )
    return ALLOWED if reaches else denied("That person works outside the places you reach.")


def may_acknowledge(version: PolicyVersion, *, has_post: bool) -> Verdict:
    """Members of staff, for the version that is in force."""
    if version.status != PolicyVersion.Status.IN_FORCE:
        return denied("This version is not in force. Read the one that is, and confirm that.")
    if not has_post:
        return denied(
            "The policy is confirmed by those who hold a post in the trust. "
            "If you do, ask your administrator to bring in the staff list."
        )
    return ALLOWED


def nudge_days(version: PolicyVersion) -> int:
    """Return the days between two reminders at least."""
    return number(version.settings, "acknowledgement", "nudge_days")


def nudged_since(version: PolicyVersion, *, on: date) -> date:
    """Return the day since which somebody was reminded too lately to be reminded again."""
    return on - timedelta(days=nudge_days(version) - 1)


def may_nudge(user: "User", version: PolicyVersion, *, in_reach: bool = True) -> Verdict:
    """Whoever reminds people, of the version in force; one person only where that is held."""
    if version.status != PolicyVersion.Status.IN_FORCE:
        return denied("This version is not in force, so nobody is asked to read it any more.")
    if not user.access.holds(Capability.ACKNOWLEDGEMENT_NUDGE):
        return denied("Only heads, the trust's QA lead and administrators remind people.")
    if not in_reach:
        return denied("They work where you remind nobody. Ask the head of their academy.")
    return ALLOWED


def has_anybody_to_nudge(version: PolicyVersion, count: int) -> Verdict:
    """Whether somebody is left to remind."""
    if count:
        return ALLOWED
    return denied(
        "There is nobody to remind: everybody has read it, was reminded in the last "
        f"{nudge_days(version)} days, or has no sign-in."
    )


def may_nudge_now(
    name: str, row: Acknowledgement | None, version: PolicyVersion, *, signs_in: bool, on: date
) -> Verdict:
    """Remind somebody who has not read it, can sign in, and was not reminded just now."""
    if row and row.acknowledged_on:
        return denied(f"{name} read it on {day_words(row.acknowledged_on)}.")
    if not signs_in:
        return denied(f"{name} has no sign-in to read it with. Ask an administrator to open one.")
    if row and row.nudged_on and row.nudged_on >= nudged_since(version, on=on):
        again = row.nudged_on + timedelta(days=nudge_days(version))
        return denied(
            f"{name} was reminded on {day_words(row.nudged_on)}. "
            f"Remind them again from {day_words(again)} on, or speak with them."
        )
    return ALLOWED


def review_notice(version: PolicyVersion, *, on: date) -> int | None:
    """Return which of the policy's notices of its own review is due: its days before, or None.

    When several days have gone by, only the latest notice is given: the earlier ones say less.
    """
    if version.review_due_on is None:
        return None
    left = (version.review_due_on - on).days
    passed = [
        days for days in numbers(version.settings, "life", "review_notice_days") if days >= left
    ]
    return min(passed, default=None)
