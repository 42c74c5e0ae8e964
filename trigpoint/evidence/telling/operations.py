"""Tells the person observed, without a word of what was seen or who was there."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from trigpoint.people.models import Notice
from trigpoint.people.notices.operations import News, tell

if TYPE_CHECKING:
    from trigpoint.evidence.entries.models import EvidenceRecord


def tell_observed(record: "EvidenceRecord", *, at: datetime) -> None:
    """Tell whoever a record is about that it has been shared with them; nobody when it names nobody."""
    if record.observed is None:
        return
    news = News(
        kind=Notice.Kind.FEEDBACK,
        sentence="Feedback on a visit to your work is there for you to read and to answer.",
        address=reverse("evidence:entries-show", args=[record.pk]),
        once_key=f"feedback:{record.pk}",
    )
    tell([record.observed], news, at=at)
