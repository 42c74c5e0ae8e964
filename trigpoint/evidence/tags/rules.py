"""Who may see a tag, who may put one on a record, and what one may be called."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trigpoint.evidence.entries.models import EvidenceRecord
from trigpoint.evidence.entries.rules import names_are_checked
from trigpoint.evidence.names.rules import names_in_haste
from trigpoint.evidence.tags.models import LONGEST, Tag
from trigpoint.people.names import rules as people
from trigpoint.people.roles import Capability
from trigpoint.records.refusals import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from trigpoint.people.models import User

MOST_AT_ONCE = 1_000  # records
SAY_INSTEAD = "Say what the records have in common, such as “Phonics pilot”."


def may_view(user: "User", tag: Tag, *, is_on_a_record_of_theirs: bool) -> Verdict:
    """Who weighs the whole trust's evidence; else who may read a record that carries it.

    Agrees with ``visible_to``.
    """
    if tag.trust_id == user.trust_id and (
        user.access.is_trust_wide(Capability.EVIDENCE_WEIGH) or is_on_a_record_of_theirs
    ):
        return ALLOWED
    return denied("No record you may read carries that tag.")


def may_tag(user: "User", record: EvidenceRecord) -> Verdict:
    """Who weighs evidence there; a draft and a private record only its author, who also weighs."""
    weighs = user.access.covers(
        Capability.EVIDENCE_WEIGH,
        trust_id=record.trust_id,
        academy_id=record.academy_id,
        team_id=record.team_id,
        review_id=record.review_id,
    )
    if not weighs:
        return denied("You do not weigh evidence there. Ask the review's lead to tag it.")
    is_own = record.author_id == user.person_id
    if not is_own and (record.is_private or record.status == EvidenceRecord.Status.DRAFT):
        return denied("Drafts and private records of others carry no tags.")
    return ALLOWED


def tidied(name: str) -> str:
    """Return a tag as it is stored: single spaces, none around."""
    return " ".join(name.split())


def is_a_tag(name: str) -> Verdict:
    """A tag says something, and fits."""
    if not name:
        return denied("Write the tag first, such as “Phonics pilot”.")
    if len(name) > LONGEST:
        return denied(f"A tag holds {LONGEST} characters. Take a shorter one.")
    return ALLOWED


def names_nobody(name: str, *, staff: Sequence[str], is_new: bool, names_checked: bool) -> Verdict:
    """A tag stands on many records, so it names nobody: no staff, and no pupil.

    Args:
        name: the tag.
        staff: the names of staff found in it; they are refused.
        is_new: nobody has looked at it yet.
        names_checked: whoever puts it on looked at the words that may be a pupil's name.

    """
    if staff:
        return people.names_nobody("A tag", staff, instead=SAY_INSTEAD)
    words = names_in_haste(name) if is_new else []
    return names_are_checked(words, names_checked=names_checked)


def may_be_so_many(count: int) -> Verdict:
    """Say whether so many records can be tagged in one go, or whether there are none."""
    if not count:
        return denied("Choose the records first: tick them in the list.")
    if count > MOST_AT_ONCE:
        return denied(
            f"At most {MOST_AT_ONCE:,} records are tagged at once. Narrow the list with a filter."
        )
    return ALLOWED
