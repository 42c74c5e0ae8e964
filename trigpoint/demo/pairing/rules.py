"""What one of the two wrote of a paired visit, as a record's content."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from trigpoint.evidence.contents.rules import NoteContent, RecordContent
from trigpoint.reviews.models import Activity

BETWEEN = timedelta(minutes=6)  # two notes


def account(
    activity: Activity,
    said: Mapping[str, Any],
    intended: str,
    standard: UUID,
    look_fors: Sequence[UUID],
) -> RecordContent:
    """Return one observer's account.

    Args:
        activity: the visit.
        said: their ``answers``, ``notes`` and ``marks`` from the list of pairs.
        intended: what pupils were meant to learn, which both read off the same board.
        standard: what the visit looks at.
        look_fors: those of the standard; marks are given in their order.

    """
    starts_at = activity.starts_at
    return RecordContent(
        activity_id=activity.pk,
        title=activity.title,
        team_id=activity.team_id,
        subject=activity.subject,
        year_groups=activity.year_groups,
        observed_at=starts_at,
        minutes=(activity.ends_at - starts_at) // timedelta(minutes=1),
        answers={"intended": intended, **said["answers"]},
        notes=tuple(
            NoteContent(text=text, key=f"note {n}", kind=kind, noted_at=starts_at + n * BETWEEN)
            for n, (kind, text) in enumerate(said["notes"])
        ),
        look_fors=dict(zip(look_fors, said["marks"], strict=False)),
        standards=(standard,),
        lines=tuple(activity.lines.values_list("pk", flat=True)),
    )
