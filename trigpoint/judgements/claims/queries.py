"""Claims of a review as its team and its readers need them."""

from collections.abc import Collection
from uuid import UUID

from django.utils import timezone

from trigpoint.judgements.claims.models import Citation
from trigpoint.judgements.strength.rules import Cited


def system_cited(claim_ids: Collection[UUID]) -> list[Cited]:
    """Return what is cited by some claims, for weighing; nobody reads it as it stands."""
    found = Citation.objects.filter(claim__in=claim_ids).select_related("record")
    return [
        Cited(
            record_id=it.record_id,
            kind=it.record.kind,
            observer_id=it.record.author_id,
            observed_on=timezone.localtime(it.record.observed_at).date(),
            year_groups=it.record.year_groups,
            contradicts=it.stance == Citation.Stance.CONTRADICTS,
            answered=bool(it.answer_kind),
        )
        for it in found
    ]
