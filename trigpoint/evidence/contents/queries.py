"""Whether what a content points at is there."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from trigpoint.evidence.contents.rules import RecordContent
from trigpoint.policies.models import Level, LookFor, PolicyVersion, Standard
from trigpoint.reviews.models import LineOfEnquiry
from trigpoint.trusts.models import Team


@dataclass(frozen=True, slots=True)
class Home:
    """Where a record is kept: what it points at is of the same."""

    trust_id: UUID
    academy_id: UUID
    review_id: UUID | None


def system_missing(home: Home, before: RecordContent, content: RecordContent) -> str:
    """Name what the content newly points at and is not of its own trust, review or academy."""
    ours = Q(trust=home.trust_id)
    here = Q(academy=home.academy_id) | Q(kind=Team.Kind.NETWORK)
    asked = ours & Q(review=home.review_id) if home.review_id else Q(pk__in=[])
    tied = {look_for for note in content.notes for look_for in note.look_fors}
    known = {look_for for note in before.notes for look_for in note.look_fors}
    links: tuple[tuple[models.QuerySet[Any], set[Any], str], ...] = (
        (Standard.objects.filter(ours), {*content.standards} - {*before.standards}, "standards"),
        (
            LookFor.objects.filter(ours),
            ({*content.look_fors} | tied) - {*before.look_fors} - known,
            "look-fors",
        ),
        (LineOfEnquiry.objects.filter(asked), {*content.lines} - {*before.lines}, "lines"),
        (Team.objects.filter(ours & here), {content.team_id} - {before.team_id, None}, "teams"),
        (_levels(home), {content.level_id} - {before.level_id, None}, "levels"),
    )
    for there, wanted, words in links:
        if wanted and there.filter(pk__in=wanted).count() < len(wanted):
            return words
    return ""


def _levels(home: Home) -> models.QuerySet[Level]:
    """Return the levels a record may carry: of the policy its review holds to, or the one in force."""
    found = Level.objects.filter(trust=home.trust_id).exclude(tone=Level.Tone.WORDS)
    if home.review_id is None:
        return found.filter(scale__version__status=PolicyVersion.Status.IN_FORCE)
    return found.filter(scale__version__review=home.review_id)
