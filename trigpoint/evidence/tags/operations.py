"""Put a tag on records, and take it off again."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from trigpoint.evidence.entries.models import EvidenceRecord
from trigpoint.evidence.tags import rules
from trigpoint.evidence.tags.models import RecordTag, Tag
from trigpoint.people.names.queries import system_staff_named
from trigpoint.records import history
from trigpoint.records.refusals import Refused

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Tagged:
    """How many records were changed, and how many could not be; the others had it, or had it not."""

    tag: Tag
    changed: int
    left_out: int


@transaction.atomic
def put(
    *, name: str, record_ids: Collection[UUID], by: "User", names_checked: bool = False
) -> Tagged:
    """Put a tag on records; a new word becomes one of the trust's tags.

    Args:
        name: the tag.
        record_ids: the records it goes on.
        by: who puts it there.
        names_checked: they looked at the words of a new tag that may be a pupil's name.

    Raises:
        Refused: it is no tag, it names somebody, no or too many records were chosen, or none of
            them may carry one.

    """
    name = rules.tidied(name)
    rules.is_a_tag(name).enforce()
    tags = Tag.objects.select_for_update(no_key=True)  # one hand at a time puts it anywhere
    tag = tags.filter(trust=by.trust_id, name__iexact=name).first()
    rules.names_nobody(
        name,
        staff=system_staff_named(by.person.trust_id, name),
        is_new=tag is None,
        names_checked=names_checked,
    ).enforce()
    open_to, left_out = _chosen(record_ids, by=by)
    if tag is None:
        tag, _ = tags.get_or_create(
            trust_id=by.trust_id, name__iexact=name, defaults={"name": name}
        )
    there = set(
        RecordTag.objects.filter(tag=tag, record__in=open_to).values_list("record_id", flat=True)
    )
    new = [record for record in open_to if record.pk not in there]
    RecordTag.objects.bulk_create(
        RecordTag(trust_id=by.trust_id, tag=tag, record=record, tagged_by=by.person)
        for record in new
    )
    history.write_each(new, "tagged", by=by, tag=tag.name)
    return Tagged(tag, len(new), left_out)


@transaction.atomic
def take_off(*, name: str, record_ids: Collection[UUID], by: "User") -> Tagged:
    """Take a tag off records.

    Raises:
        Refused: there is no such tag, or no or too many records were chosen.

    """
    tag = Tag.objects.visible_to(by).filter(name__iexact=rules.tidied(name)).first()
    if tag is None:
        msg = "There is no such tag. Choose one of those in the list."
        raise Refused(msg)
    open_to, left_out = _chosen(record_ids, by=by)
    marks = RecordTag.objects.filter(tag=tag, record__in=open_to)
    carried = list(EvidenceRecord.objects.filter(pk__in=marks.values("record")).only("pk"))
    marks.delete()
    history.write_each(carried, "untagged", by=by, tag=tag.name)
    return Tagged(tag, len(carried), left_out)


def _chosen(record_ids: Collection[UUID], *, by: "User") -> tuple[list[EvidenceRecord], int]:
    """Return the records of these that the person may tag, and how many of them they may not."""
    rules.may_be_so_many(len(record_ids)).enforce()
    readable = list(EvidenceRecord.objects.visible_to(by).filter(pk__in=record_ids))
    open_to = [record for record in readable if rules.may_tag(by, record)]
    if not open_to:
        msg = (
            "None of these records can be tagged by you: a draft or private record only by its "
            "author, others by those who weigh evidence there."
        )
        raise Refused(msg)
    return open_to, len(readable) - len(open_to)
