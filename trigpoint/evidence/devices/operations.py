"""The verb of a device: unlock."""

from secrets import token_hex
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.evidence.devices.models import DraftSecret

if TYPE_CHECKING:
    from trigpoint.people.models import User

BYTES = 32


@transaction.atomic
def unlock(*, by: "User") -> str:
    """Return the secret that seals somebody's drafts, made the first time they write anywhere."""
    mine = DraftSecret.objects.visible_to(by)
    if (kept := mine.first()) is None:
        made = DraftSecret(trust_id=by.trust_id, person=by.person, secret=token_hex(BYTES))
        DraftSecret.objects.bulk_create([made], ignore_conflicts=True)  # two tabs may be first
        kept = mine.get()
    return kept.secret
