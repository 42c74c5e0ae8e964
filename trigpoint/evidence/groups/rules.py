"""A conversation is handed in with its group described and counted, and without a name."""

from typing import TYPE_CHECKING

from trigpoint.evidence.contents.rules import LARGEST_GROUP, LONGEST
from trigpoint.instruments.voices.rules import is_conversation, may_name
from trigpoint.records.refusals import ALLOWED, Verdict, denied

if TYPE_CHECKING:
    from trigpoint.evidence.entries.models import EvidenceRecord

# Questions by which the ready-made forms ask for the same; nobody is asked twice.
WHO, HOW_MANY = ("mix", "roles", "children_described"), "group_size"


def group(record: "EvidenceRecord") -> tuple[str, int | None]:
    """Return a record's group in words and its size; what its fields leave open its answers tell."""
    said, counted = record.group_described.strip(), record.group_size
    if not is_conversation(record.kind):
        return said, counted
    who = [str(record.answers.get(key, "")).strip() for key in WHO]
    how_many = str(record.answers.get(HOW_MANY, ""))
    if counted is None and how_many.isdecimal() and int(how_many) <= LARGEST_GROUP:
        counted = int(how_many)
    return said or "".join(who)[: LONGEST["group_described"]], counted


def is_told(record: "EvidenceRecord") -> Verdict:
    """Say whether a conversation tells who was spoken to, and how many; others need not."""
    if is_conversation(record.kind) and record.observed_id is not None:
        return may_name(record.kind)
    if not is_conversation(record.kind) or record.imported_from:  # nobody counted for a spreadsheet
        return ALLOWED
    described, size = group(record)
    if not described:
        return denied(
            "Say who was spoken to, as a group: such as “six pupils of Year 5, mixed attainment”. "
            "Name nobody."
        )
    if not size:
        return denied("Say how many were in the group.")
    return ALLOWED
