"""When a draft may be discarded."""

from typing import TYPE_CHECKING

from trigpoint.evidence.entries.models import EvidenceRecord
from trigpoint.records.refusals import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from trigpoint.people.models import User


def may_discard(user: "User", record: EvidenceRecord) -> Verdict:
    """Its author, as long as it is a draft."""
    if record.author_id != user.person_id:
        return denied("Only its author can discard a draft.")
    if record.status != EvidenceRecord.Status.DRAFT:
        return denied("This record is submitted, so it stays. Correct its words instead.")
    return ALLOWED
