"""Whose drafts lie on a device, and who may send them."""

from typing import TYPE_CHECKING
from uuid import UUID

from trigpoint.evidence.devices.models import DraftSecret
from trigpoint.records.refusals import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from trigpoint.people.models import User

NO_LONGER = (
    "You no longer record evidence there. Ask your trust's administrator to give you the role "
    "back, then send it; or save a copy and bring it to the review's lead."
)


def may_view(user: "User", secret: DraftSecret) -> Verdict:
    """Only its person. Agrees with ``visible_to``."""
    if secret.person_id == user.person_id:
        return ALLOWED
    return denied("Those drafts are somebody else's. They open for whoever wrote them.")


def may_send(user: "User", author_id: UUID | None) -> Verdict:
    """Notes go in under the name of whoever wrote them, whoever has signed in on the device since."""
    if author_id in (None, user.person_id):
        return ALLOWED
    return denied(
        "Somebody else is signed in on this device now. These notes stay on it, shut, and are sent "
        "when their author signs in here again."
    )
