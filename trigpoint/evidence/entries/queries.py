"""Evidence as lists and figures: a record's content, the register, visits to a person, coverage."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from trigpoint.evidence.contents.rules import NoteContent, RecordContent
from trigpoint.evidence.entries.models import EvidenceRecord
from trigpoint.evidence.entries.rules import capture_settings
from trigpoint.people.models import Post
from trigpoint.policies.models import Level, LookFor, PolicyVersion, Standard
from trigpoint.reviews.activities.queries import system_year_of
from trigpoint.reviews.activities.rules import Visited
from trigpoint.reviews.models import Activity, LineOfEnquiry, Review
from trigpoint.trusts.models import Academy, Team

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a new record would go."""

    academy: Academy
    review: Review | None = None
    activity: Activity | None = None


def placing(content: RecordContent, *, viewer: "User") -> Placing | None:
    """Return the place a content names; None when any of it is not the viewer's to see."""
    review = activity = None
    if content.activity_id:
        activity = (
            Activity.objects.visible_to(viewer)
            .select_related("review__academy", "instrument_version")
            .filter(pk=content.activity_id)
            .first()
        )
        review = activity.review if activity else None
    elif content.review_id:
        review = (
            Review.objects.visible_to(viewer)
            .select_related("academy")
            .filter(pk=content.review_id)
            .first()
        )
    if review:
        fits = content.academy_id in (None, review.academy_id)
        return Placing(review.academy, review, activity) if fits else None
    if content.activity_id or content.review_id:
        return None
    academies = Academy.objects.filter(trust=viewer.trust_id)
    academy = academies.filter(pk__in=[content.academy_id]).first()
    return Placing(academy) if academy else None


def system_missing(record: EvidenceRecord, before: RecordContent, content: RecordContent) -> str:
    """Name what the content newly points at and is not of its own trust, review or academy."""
    ours = Q(trust=record.trust_id)
    here = Q(academy=record.academy_id) | Q(kind=Team.Kind.NETWORK)
    asked = ours & Q(review=record.review_id) if record.review_id else Q(pk__in=[])
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
        (Level.objects.filter(ours), {content.level_id} - {before.level_id, None}, "levels"),
    )
    for there, wanted, words in links:
        if wanted and there.filter(pk__in=wanted).count() < len(wanted):
            return words
    return ""


def system_works_at(person_id: UUID, academy_id: UUID) -> bool:
    """Say whether somebody holds, or held, a post at an academy."""
    return Post.objects.filter(person=person_id, academy=academy_id).exists()


def system_content(record: EvidenceRecord) -> RecordContent:
    """Return a stored record as the content that would be sent for it, in four queries."""
    return RecordContent(
        activity_id=record.activity_id,
        academy_id=record.academy_id,
        review_id=record.review_id,
        kind=record.kind,
        title=record.title,
        team_id=record.team_id,
        subject=record.subject,
        year_groups=record.year_groups,
        group_described=record.group_described,
        group_size=record.group_size,
        observed_id=record.observed_id,
        observed_at=record.observed_at,
        minutes=record.minutes,
        level_id=record.level_id,
        is_private=record.is_private,
        budget_reason=record.budget_reason,
        answers=record.answers,
        notes=tuple(
            NoteContent(
                key=str(note.pk),
                text=note.text,
                kind=note.kind,
                noted_at=note.noted_at,
                look_fors=tuple(UUID(look_for) for look_for in note.look_for_ids),
            )
            for note in record.notes.order_by("position", "id")
        ),
        look_fors=dict(record.look_for_marks.values_list("look_for_id", "seen")),
        standards=tuple(record.standards.order_by("id").values_list("id", flat=True)),
        lines=tuple(record.lines.order_by("id").values_list("id", flat=True)),
    )


def system_capture_settings(record: EvidenceRecord) -> dict[str, Any]:
    """Return how the policy wants evidence captured: the review's version, or the one in force."""
    versions = PolicyVersion.objects.filter(trust=record.trust_id)
    chosen = (
        versions.filter(review=record.review_id)
        if record.review_id
        else versions.filter(status=PolicyVersion.Status.IN_FORCE)
    )
    settings = chosen.order_by("-effective_on", "id").values_list("settings", flat=True).first()
    return capture_settings(settings or {})


def system_visits_besides(record: EvidenceRecord) -> Visited:
    """Count the other visits that year to whoever a record names, by everybody.

    Recorded and planned visits count; two observers of one activity are one visit, and a planned
    one counts until it is missed. At most three queries.
    """
    year = system_year_of(record.trust, timezone.localtime(record.observed_at).date())
    minutes: dict[UUID, int] = {}
    records = EvidenceRecord.objects.filter(
        observed=record.observed_id, observed_at__date__range=year
    ).annotate(visit=Coalesce("activity_id", "id"))
    for visit, lasted in records.values_list("visit", "minutes"):
        minutes[visit] = max(minutes.get(visit, 0), lasted or 0)
    planned = Activity.objects.filter(observed=record.observed_id, starts_at__date__range=year)
    for pk, starts_at, ends_at in planned.exclude(
        Q(status=Activity.Status.MISSED) | Q(review__status=Review.Status.CANCELLED)
    ).values_list("id", "starts_at", "ends_at"):
        minutes[pk] = minutes.get(pk) or int((ends_at - starts_at).total_seconds() // 60)
    for own in (record.pk, record.activity_id):
        minutes.pop(own, None)  # type: ignore[arg-type]  # no activity is no key
    return Visited(len(minutes), sum(minutes.values()))


def system_visitor_count(activity_id: UUID, *, besides: UUID) -> int:
    """Count the people besides one who have recorded an activity."""
    return (
        EvidenceRecord.objects.filter(Q(activity=activity_id) & ~Q(author=besides))
        .values("author")
        .distinct()
        .count()
    )
