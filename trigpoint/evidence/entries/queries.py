"""Evidence as lists and figures: a record's content, the register, visits to a person, coverage."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from trigpoint.evidence.contents.rules import NoteContent, RecordContent
from trigpoint.evidence.entries.models import EvidenceRecord, Note
from trigpoint.evidence.entries.rules import OVER, Reader, capture_settings
from trigpoint.instruments.library.queries import system_published
from trigpoint.instruments.library.rules import may_name as form_may_name
from trigpoint.instruments.models import ActivityKind
from trigpoint.people.models import Grant, Person, Post
from trigpoint.people.roles import ROLE_CAPABILITIES, Capability, Role
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


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the capture page draws. ``record`` is None until the first save."""

    content: RecordContent
    academy: Academy
    kind: str
    form: dict[str, Any]
    record: EvidenceRecord | None = None
    review: Review | None = None
    activity: Activity | None = None
    lines: Sequence[LineOfEnquiry] = ()
    standards: Sequence[Standard] = ()
    people: Sequence[Person] = ()

    @property
    def kind_label(self) -> str:
        """The kind of visit in words."""
        return str(ActivityKind(self.kind).label)

    @property
    def chips(self) -> list[LookFor]:
        """The look-fors of the standards concerned, in the policy's order."""
        return [look_for for standard in self.standards for look_for in standard.look_fors.all()]


def sheet(record_id: UUID, asked: RecordContent, *, viewer: "User") -> Sheet | None:
    """Return the capture page of one's own record, or a blank one for the place ``asked`` for.

    None when the record is somebody else's, or the place is not there or not the viewer's.
    """
    record = (
        EvidenceRecord.objects.filter(pk=record_id, author=viewer.person_id)
        .select_related("academy", "review", "activity", "instrument_version", "trust")
        .first()
    )
    if record:
        return _filled(record)
    place = placing(asked, viewer=viewer)
    if place is None or (not place.review and place.academy not in places(viewer=viewer)):
        return None  # the page offers the academy's staff by name
    return _blank(place, asked.kind)


def _filled(record: EvidenceRecord) -> Sheet:
    content = system_content(record)
    return _sheet(
        Sheet(
            content=content,
            academy=record.academy,
            kind=record.kind,
            form=record.instrument_version.content,
            record=record,
            review=record.review,
            activity=record.activity,
        )
    )


def _blank(place: Placing, kind: str) -> Sheet | None:
    activity = place.activity
    if activity is None:
        published = system_published(place.academy.trust_id).get(kind)
        if published is None:
            return None
        content = RecordContent(
            academy_id=place.academy.pk,
            review_id=place.review.pk if place.review else None,
            kind=kind,
        )
        return _sheet(Sheet(content, place.academy, kind, published.content, review=place.review))
    lines = tuple(activity.lines.order_by("number").values_list("id", flat=True))
    standards = Standard.objects.filter(lines__in=lines).distinct().order_by("position", "id")
    content = RecordContent(
        activity_id=activity.pk,
        title=activity.title,
        team_id=activity.team_id,
        subject=activity.subject,
        year_groups=activity.year_groups,
        group_described=activity.with_whom,
        observed_id=activity.observed_id,
        observed_at=activity.starts_at,
        minutes=int((activity.ends_at - activity.starts_at).total_seconds() // 60),
        standards=tuple(standards.values_list("id", flat=True)),
        lines=lines,
    )
    return _sheet(
        Sheet(
            content,
            place.academy,
            activity.kind,
            activity.instrument_version.content,
            review=place.review,
            activity=activity,
        )
    )


def _sheet(bare: Sheet) -> Sheet:
    """Add what can be chosen: the review's lines, its standards, the people who work there."""
    lines = list(bare.review.lines.order_by("number", "id")) if bare.review else []
    standards = Standard.objects.filter(
        Q(pk__in=bare.content.standards) | Q(lines__in=lines)
        if bare.review
        else Q(version__status=PolicyVersion.Status.IN_FORCE, trust=bare.academy.trust_id)
    ).select_related("area")
    in_order = list(
        standards.distinct()
        .order_by("area__position", "position", "id")
        .prefetch_related(Prefetch("look_fors", LookFor.objects.order_by("position", "id")))
    )
    if bare.review is None:
        chosen = bare.content.standards
        in_order = [s for s in in_order if bare.kind in s.expected_kinds or s.pk in chosen]
    planned = bare.activity.observed_id if bare.activity else None
    people = Person.objects.filter(
        Q(posts__academy=bare.academy, left_on=None) if form_may_name(bare.form) else Q(pk__in=[])
    )
    if planned or bare.content.observed_id:
        people = people | Person.objects.filter(pk__in=[planned, bare.content.observed_id])
    return replace(
        bare, lines=lines, standards=in_order, people=list(people.distinct().order_by("name", "id"))
    )


def my_activities(*, viewer: "User", on: date) -> "models.QuerySet[Activity]":
    """Return what the viewer themselves is still to do, from a week before a day on, in time order."""
    return (
        Activity.objects.visible_to(viewer)
        .filter(
            reviewers=viewer.person_id,
            starts_at__date__gte=on - timedelta(days=7),
            status=Activity.Status.PLANNED,
        )
        .exclude(Q(review__status__in=OVER) | Q(evidence__author=viewer.person_id))
        .select_related("review__academy")
        .distinct()
        .order_by("starts_at", "id")
    )


def places(*, viewer: "User") -> "models.QuerySet[Academy]":
    """Return the academies where the viewer may record evidence, for a record of no activity."""
    return (
        Academy.objects.filter(
            viewer.access.where(Capability.EVIDENCE_CAPTURE, academy="id", team="teams"),
            closed_on=None,
        )
        .distinct()
        .order_by("name", "id")
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a list of records is narrowed. Every part is optional."""

    review_id: UUID | None = None
    academy_id: UUID | None = None
    standard_id: UUID | None = None
    kind: str = ""
    mine: bool = False


def register(wanted: Wanted, *, viewer: "User") -> "models.QuerySet[EvidenceRecord]":
    """Return the records the viewer may read, newest first, with what a row shows."""
    found = EvidenceRecord.objects.visible_to(viewer)
    if wanted.review_id:
        found = found.filter(review=wanted.review_id)
    if wanted.academy_id:
        found = found.filter(academy=wanted.academy_id)
    if wanted.standard_id:
        found = found.filter(pk__in=found.filter(standards=wanted.standard_id).values("pk"))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.mine:
        found = found.filter(author=viewer.person_id)
    notes = Note.objects.filter(record=OuterRef("pk")).order_by().values("record")
    return (
        found.select_related("academy", "author", "review")
        .annotate(note_count=Coalesce(Subquery(notes.annotate(n=Count("id")).values("n")), 0))
        .order_by("-observed_at", "-id")
    )


def readers(record: EvidenceRecord, *, viewer: "User", on: date) -> list[Reader]:
    """Return whose role lets them read a record now, besides its author and its subject.

    Nobody's, for a draft or a private record; before sharing only the review's team.
    """
    if record.is_private or record.status == EvidenceRecord.Status.DRAFT:
        return []
    needed = Capability.EVIDENCE_VIEW if record.shared_at else Capability.EVIDENCE_WEIGH
    roles = [role for role, held in ROLE_CAPABILITIES.items() if needed in held]
    trust_wide = Q(cluster=None, academy=None, team=None, review_id=None)
    here = trust_wide | Q(academy=record.academy_id) | Q(cluster__academy=record.academy_id)
    for place, pk in (("team", record.team_id), ("review_id", record.review_id)):
        if pk:
            here |= Q(**{place: pk})
    grants = (
        Grant.objects.in_force(on=on)
        .filter(here, trust=viewer.trust_id, role__in=roles)
        .exclude(person__in=[record.author_id, *filter(None, [record.observed_id])])
        .order_by("person__name", "person_id")
        .values_list("person_id", "person__name", "role")
    )
    found = {pk: Reader(name, Role(role).label) for pk, name, role in grants}
    return list(found.values())


def standards(wanted: Wanted, *, viewer: "User") -> "models.QuerySet[Standard]":
    """Return the standards a list can be narrowed to: the review's, else the policy's in force."""
    ours = Standard.objects.visible_to(viewer)
    if wanted.review_id:
        lines = LineOfEnquiry.objects.visible_to(viewer).filter(review=wanted.review_id)
        return ours.filter(lines__in=lines).distinct().order_by("position", "id")
    in_force = ours.filter(version__status=PolicyVersion.Status.IN_FORCE)
    return in_force.order_by("area__position", "position", "id")
