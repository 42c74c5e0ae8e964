"""Making the records of a paired visit wait for each other, and letting them go."""

from typing import TYPE_CHECKING
from uuid import UUID

from trigpoint.evidence.blinding import rules
from trigpoint.records import history
from trigpoint.reviews.models import Activity

if TYPE_CHECKING:
    from trigpoint.evidence.entries.models import EvidenceRecord
    from trigpoint.people.models import User


def admit(activity: Activity | None, *, by: "User") -> None:
    """Let nobody but its two observers begin or hand in a record of a paired visit.

    Raises:
        Refused: somebody else would.

    """
    if activity is not None and activity.is_paired:
        rules.may_rate(by, _raters(activity)).enforce()


def settle(record: "EvidenceRecord", *, by: "User") -> None:
    """Hide a record being handed in from the other observer, or open both when it is the second.

    The caller holds the activity's lock, so that two who hand in at once see each other's.

    Raises:
        Refused: the author was of the two when they were let in, and has been exchanged since.

    """
    if record.activity is None or not record.activity.is_paired:
        return
    activity = Activity.objects.get(pk=record.activity.pk)  # as it is under the lock
    raters = _raters(activity)
    rules.may_rate(by, raters).enforce()
    if activity.opened_because:
        return
    handed_in = activity.evidence.exclude(status=record.Status.DRAFT)
    waits_for = rules.waits_for(
        record.author_id,
        raters=raters,
        handed_in={record.author_id, *handed_in.values_list("author_id", flat=True)},
    )
    if waits_for:
        record.blind_to_id = waits_for
        record.save(update_fields=["blind_to"])
    elif release(activity):
        history.write(activity, "pair complete", by=by)


def release(activity: Activity) -> int:
    """Let the two of a paired visit read each other; return how many records waited."""
    return activity.evidence.filter(blind_to__isnull=False).update(blind_to=None)


def _raters(activity: Activity) -> set[UUID]:
    return set(activity.reviewers.values_list("pk", flat=True))
