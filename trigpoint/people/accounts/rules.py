"""Who may open and switch off sign-ins, and what each role sees of a person."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from trigpoint.people.roles import ROLE_CAPABILITIES, Capability, Role
from trigpoint.people.staff.models import Person
from trigpoint.records.days import day_words
from trigpoint.records.refusals import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from trigpoint.people.models import User

# What a capability lets its holder see of one person, said to that person.
ABOUT_ME: Mapping[Capability, str] = {
    Capability.STAFF_VIEW: "your name, posts, work email and staff number",
    Capability.GRANT_VIEW: "which roles you hold, and since when",
    Capability.EVIDENCE_VIEW: "notes about your work once they have been shared with you, with your reply",
    Capability.EVIDENCE_WEIGH: "notes about your work in reviews they belong to, once submitted",
    Capability.FINDING_VIEW: "findings about your work, once a final report lets them out",
}


def sees(role: Role) -> list[str]:
    """Return what holders of a role see of a person in their reach, in words."""
    return [
        words for capability, words in ABOUT_ME.items() if capability in ROLE_CAPABILITIES[role]
    ]


def may_open(user: "User", person: Person, *, on: date) -> Verdict:
    """An administrator of the whole trust, for somebody who has no sign-in yet."""
    if reach := _reaches(user, person):
        return can_open(person, on=on)
    return reach


def can_open(person: Person, *, on: date) -> Verdict:
    """Say whether a person can be given a sign-in, whoever asks; until their last day they can."""
    if hasattr(person, "user"):
        return denied(f"{person} has a sign-in already: {person.user.email}.")
    if person.left_on and person.has_left(on=on):
        return denied(
            f"{person} has left: the last day was {day_words(person.left_on)}. Bring in a staff list "
            "with a post that does not end, then open the sign-in."
        )
    return ALLOWED


def may_switch_off(user: "User", account: "User", *, others: int) -> Verdict:
    """An administrator of the whole trust, but never for the last of them.

    Args:
        user: who asks.
        account: the sign-in to switch off.
        others: other administrators of the whole trust who can sign in.

    """
    if not (reach := _reaches(user, account.person)):
        return reach
    if not account.is_switched_on:
        return denied("This sign-in is switched off already.")
    if others == 0:
        return denied(
            "This is the last administrator who can sign in. Give somebody else that role first."
        )
    return ALLOWED


def may_switch_on(user: "User", account: "User") -> Verdict:
    """An administrator of the whole trust."""
    if account.is_switched_on:
        return denied("This sign-in is switched on already.")
    return _reaches(user, account.person)


def _reaches(user: "User", person: Person) -> Verdict:
    if person.trust_id == user.trust_id and user.access.is_trust_wide(Capability.ACCOUNT_OPEN):
        return ALLOWED
    return denied("Only an administrator of the whole trust opens and closes sign-ins. Ask one.")
