"""Writing what changed of a record's look-fors."""

from typing import TYPE_CHECKING

from trigpoint.evidence.contents.rules import Changes

if TYPE_CHECKING:
    from trigpoint.evidence.entries.models import EvidenceRecord


def keep_marks(record: "EvidenceRecord", changed: Changes) -> None:
    """Write the look-for marks that changed."""
    mark = record.look_for_marks.model
    if changed.marks_gone:
        record.look_for_marks.filter(look_for__in=changed.marks_gone).delete()
    if changed.marks_changed:
        record.look_for_marks.bulk_create(
            (
                mark(
                    trust_id=record.trust_id,
                    record=record,
                    look_for_id=look_for,
                    seen=mark.Seen(seen),
                )
                for look_for, seen in changed.marks_changed.items()
            ),
            update_conflicts=True,
            unique_fields=["record", "look_for"],
            update_fields=["seen"],
        )
