"""The verb of a draft: discard."""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from trigpoint.evidence.attachments import operations as attachments
from trigpoint.evidence.carried.queries import system_carried
from trigpoint.evidence.drafts import rules
from trigpoint.evidence.entries import operations as entries
from trigpoint.evidence.entries import queries
from trigpoint.evidence.entries.models import DiscardedDraft, EvidenceRecord
from trigpoint.instruments.answers.rules import Answered, in_words
from trigpoint.records import history

if TYPE_CHECKING:
    from trigpoint.people.models import User


@transaction.atomic
def discard(*, record: EvidenceRecord, by: "User", at: datetime) -> DiscardedDraft:
    """Take a draft away. Its words stay readable for its author; its photos and files do not.

    A device that still holds the draft is told so when it sends it again.

    Raises:
        NotHere: it was discarded in another window.
        Refused: it is somebody else's, or it is submitted.

    """
    record = entries.locked(record.pk)
    rules.may_discard(by, record).enforce()
    content = queries.system_content(record).plain()
    answered = _answered(record, content["answers"])
    discarded = DiscardedDraft.objects.create(
        pk=record.pk,
        trust_id=record.trust_id,
        academy_id=record.academy_id,
        author=record.author,
        number=record.number,
        content=content | {"answered": [asdict(answer) for answer in answered]},
        discarded_at=at,
    )
    for attachment in record.attachments.order_by("created_at", "id"):
        attachments.remove(attachment=attachment, by=by)
    history.write(record, "discarded", by=by, number=record.number, revision=record.revision)
    record.delete()
    return discarded


def _answered(record: EvidenceRecord, answers: dict[str, Any]) -> list[Answered]:
    """Return all answers in words, those its form does not ask for any more as well."""
    asked = in_words(queries.system_form(record), answers)
    carried = system_carried(record.instrument_version, answers, kind=record.kind)
    return [*asked, *(answer for one in carried for answer in one.said)]
