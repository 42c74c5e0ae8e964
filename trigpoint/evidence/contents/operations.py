"""Writing what changed of a record's notes and look-fors."""

from typing import TYPE_CHECKING
from uuid import UUID

from trigpoint.evidence.contents.rules import Changes, NoteContent

if TYPE_CHECKING:
    from trigpoint.evidence.entries.models import EvidenceRecord, Note


def keep_notes(record: "EvidenceRecord", changed: Changes, *, after: int) -> None:
    """Add, correct and take out notes. New ones go to the end, ``after`` the last there was."""
    kept = record.notes.model.objects
    if changed.notes_gone:
        record.notes.filter(pk__in=changed.notes_gone).delete()
    if changed.notes_changed:
        kept.bulk_update(
            [_note(record, pk, note) for pk, note in changed.notes_changed.items()],
            ["kind", "noted_at", "text", "look_for_ids"],
        )
    if changed.notes_new:
        kept.bulk_create(
            _note(record, pk, note, position=place)
            for place, (pk, note) in enumerate(changed.notes_new.items(), after + 1)
        )


def _note(record: "EvidenceRecord", pk: UUID, note: NoteContent, *, position: int = 0) -> "Note":
    model = record.notes.model
    return model(
        pk=pk,
        trust_id=record.trust_id,
        record=record,
        position=position,
        kind=model.Kind(note.kind),
        noted_at=note.noted_at,
        text=note.text,
        look_for_ids=[str(look_for) for look_for in note.look_fors],
    )


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
