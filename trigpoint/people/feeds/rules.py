"""Whose a calendar address is, and how a secret is recognised without being kept."""

from hashlib import sha256
from typing import TYPE_CHECKING

from trigpoint.people.feeds.models import Feed
from trigpoint.records.refusals import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from trigpoint.people.models import User


def may_view(user: "User", feed: Feed) -> Verdict:
    """Only its owner. Agrees with ``visible_to``."""
    if feed.person_id == user.person_id:
        return ALLOWED
    return denied("That calendar is somebody else's.")


def digest(token: str) -> str:
    """Return what is kept of a secret. It has 256 bits by chance, so one round of hashing is enough."""
    return sha256(token.encode()).hexdigest()
