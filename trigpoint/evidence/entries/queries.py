"""One record as it is read and written: its content, the capture page, what it may point at."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import (
    Exists,
    F,
    FilteredRelation,
    Prefetch,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest

from trigpoint.evidence.checklists.queries import system_checklist
from trigpoint.evidence.contents.rules import LONGEST_VISIT, NoteContent, RecordContent
from trigpoint.evidence.entries.models import (
    DiscardedDraft,
    EvidenceRecord,
    LookForMark,
    Note,
    SpentNumber,
)
from trigpoint.evidence.entries.rules import party
from trigpoint.evidence.places.queries import Placing, own_teams, places, placing
from trigpoint.instruments.labels import queries as labels
from trigpoint.instruments.library.queries import system_published
from trigpoint.instruments.library.rules import may_name as form_may_name
from trigpoint.instruments.models import ActivityKind, InstrumentVersion
from trigpoint.instruments.voices.rules import may_name as kind_may_name
from trigpoint.people.models import Person, Post
from trigpoint.policies.models import LookFor, PolicyVersion, Standard
from trigpoint.reviews.models import Activity, LineOfEnquiry, Review
from trigpoint.reviews.visits.queries import Year
from trigpoint.reviews.visits.rules import IN_A_LESSON, Party
from trigpoint.trusts.models import Academy, Team

if TYPE_CHECKING:
    from trigpoint.people.models import User

# What of a record says who was where, and when.
BESIDE = (
    "id", "kind", "author_id", "observed_at", "minutes", "academy_id", "activity_id",
    "observed_id", "team_id", "subject", "year_groups",
)  # fmt: skip


def is_discarded(record_id: UUID, *, viewer: "User") -> bool:
    """Say whether the viewer discarded the draft of that id."""
    return DiscardedDraft.objects.visible_to(viewer).filter(pk=record_id).exists()


def system_works_at(person_id: UUID, academy_id: UUID) -> bool:
    """Say whether somebody holds, or held, a post at an academy."""
    return Post.objects.filter(person=person_id, academy=academy_id).exists()


def system_content(record: EvidenceRecord, notes: Sequence[Note] | None = None) -> RecordContent:
    """Return a stored record as the content that would be sent for it, in two queries."""
    if notes is None:
        notes = record.notes.order_by("position", "id")  # type: ignore[assignment]  # reads as one
    links = _links(record)
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
            for note in notes or ()
        ),
        look_fors={pk: seen for pk, seen in links if seen not in ("standard", "line")},
        standards=tuple(sorted(pk for pk, seen in links if seen == "standard")),
        lines=tuple(sorted(pk for pk, seen in links if seen == "line")),
    )


def _links(record: EvidenceRecord) -> list[tuple[UUID, str]]:
    """Return the look-fors marked, with how far each was seen, the standards and the lines."""
    own = {"evidencerecord": record.pk}
    standards = EvidenceRecord.standards.through.objects.filter(**own)
    lines = EvidenceRecord.lines.through.objects.filter(**own)
    marks = LookForMark.objects.filter(record=record.pk).order_by()
    return list(
        marks.values_list("look_for_id", "seen").union(
            standards.values_list("standard_id", Value("standard")),
            lines.values_list("lineofenquiry_id", Value("line")),
            all=True,
        )
    )


def system_form(record: EvidenceRecord) -> dict[str, Any]:
    """Return the form a record answers: while it is a draft, in its academy's words.

    Once it is handed in it reads as its version asks, so that nobody rewords what was answered.
    """
    version: InstrumentVersion = record.instrument_version
    if record.status == EvidenceRecord.Status.DRAFT:
        return labels.system_labelled(version, record.academy_id)
    return dict(version.content)


def system_form_name(record: EvidenceRecord) -> str:
    """Return what the form of a record is called, by the same rule."""
    version: InstrumentVersion = record.instrument_version
    if record.status == EvidenceRecord.Status.DRAFT:
        return labels.system_form_name(version, record.academy_id)
    return version.instrument.name


def system_settings(record: EvidenceRecord) -> dict[str, Any]:
    """Return the settings that hold for a record: its review's version's, or those in force."""
    versions = PolicyVersion.objects.filter(trust=record.trust_id)
    chosen = (
        versions.filter(review=record.review_id)
        if record.review_id
        else versions.filter(status=PolicyVersion.Status.IN_FORCE)
    )
    settings = chosen.order_by("-effective_on", "id").values_list("settings", flat=True).first()
    return settings or {}


def system_stays(person_id: UUID, year: Year) -> "models.QuerySet[Any]":
    """Return the visits to somebody that were handed in, between two days, both included."""
    records = EvidenceRecord.objects.filter(observed=person_id, observed_at__date__range=year)
    return records.exclude(status=EvidenceRecord.Status.DRAFT).annotate(
        source_id=F("id"),
        starts_at=F("observed_at"),
        ends_at=Value(None, models.DateTimeField()),
        is_plan=Value(value=False),
    )


def own_drafts(*, viewer: "User") -> "models.QuerySet[EvidenceRecord]":
    """Return what the viewer began and has not handed in, newest first."""
    drafts = EvidenceRecord.objects.visible_to(viewer).filter(author=viewer.person_id)
    return (
        drafts.filter(status=EvidenceRecord.Status.DRAFT)
        .select_related("academy")
        .order_by("-observed_at", "-id")
    )


def system_of_review(review_id: UUID) -> "models.QuerySet[Any]":
    """Return every record of a review, drafts as well."""
    return EvidenceRecord.objects.filter(review=review_id)


def system_on_line(line_id: UUID) -> "models.QuerySet[Any]":
    """Return the records that were handed in on a line of enquiry."""
    handed_in = EvidenceRecord.objects.exclude(status=EvidenceRecord.Status.DRAFT)
    return handed_in.filter(lines=line_id)


def system_numbered(academy_id: UUID) -> list["models.QuerySet[Any]"]:
    """Return all that holds numbers ever given in an academy, those of what is gone as well."""
    numbered = (EvidenceRecord.objects, DiscardedDraft.objects, SpentNumber.objects)
    return [rows.filter(academy=academy_id) for rows in numbered]


@dataclass(frozen=True, slots=True)
class Room:
    """What an academy holds as a record begins: its highest number ever, whether the id is free.

    ``parties`` recorded the same activity, or a lesson there about then.
    """

    last_number: int
    is_taken: bool
    is_discarded: bool
    parties: list[Party]


def system_room(one: Party, record_id: UUID, *, viewer: "User") -> Room:
    """Return all of it in one query: asked once the academy is held, so that nothing moves."""
    longest = timedelta(minutes=LONGEST_VISIT)
    beside = Q(evidence__observed_at__range=(one.starts_at - longest, one.ends_at))
    if one.activity_id:
        beside |= Q(evidence__activity=one.activity_id)
    given = system_numbered(one.academy_id)
    highest = [Coalesce(Subquery(it.order_by("-number").values("number")[:1]), 0) for it in given]
    lessons = Academy.objects.filter(pk=one.academy_id).annotate(
        lesson=FilteredRelation("evidence", condition=beside & Q(evidence__kind__in=IN_A_LESSON)),
        last=Greatest(*highest),
        taken=Exists(EvidenceRecord.objects.filter(pk=record_id)),
        thrown=Exists(DiscardedDraft.objects.visible_to(viewer).filter(pk=record_id)),
    )
    rows = list(lessons.values("last", "taken", "thrown", *(f"lesson__{it}" for it in BESIDE)))
    found = [
        EvidenceRecord(**{name: row[f"lesson__{name}"] for name in BESIDE})
        for row in rows
        if row["lesson__id"]
    ]
    first = rows[0]
    return Room(first["last"], first["taken"], first["thrown"], [party(it, it) for it in found])


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
    checklist: Sequence[Standard] = ()
    people: Sequence[Person] = ()
    team: Team | None = None

    @property
    def where(self) -> str:
        """The review, the team and the academy, as far as there are any."""
        parts = (self.review and self.review.title, self.team and self.team.name, self.academy.name)
        return ", ".join(part for part in parts if part)

    @property
    def kind_label(self) -> str:
        """The kind of visit in words."""
        return str(ActivityKind(self.kind).label)

    @property
    def chips(self) -> list[LookFor]:
        """The look-fors of the standards concerned, in the policy's order."""
        return [look_for for standard in self.checklist for look_for in standard.look_fors.all()]


def sheet(record_id: UUID, asked: RecordContent, *, viewer: "User", on: date) -> Sheet | None:
    """Return the capture page of one's own record, or a blank one for the place ``asked`` for.

    None when the record is somebody else's, or the place is not there or not the viewer's.
    """
    record = (
        EvidenceRecord.objects.filter(pk=record_id, author=viewer.person_id)
        .select_related("academy", "review", "activity", "instrument_version", "trust", "team")
        .first()
    )
    if record:
        return _sheet(_filled(record), on=on)
    place = placing(asked, viewer=viewer)
    if place is None or (not place.review and place.academy not in places(viewer=viewer)):
        return None  # the page offers the academy's staff by name
    own = [] if place.review else own_teams(viewer=viewer).filter(academy=place.academy)
    activity = place.activity
    blank = _planned(place, activity) if activity else _unplanned(place, asked, list(own))
    return _sheet(blank, on=on) if blank else None


def _filled(record: EvidenceRecord) -> Sheet:
    content = system_content(record)
    return Sheet(
        content=content,
        academy=record.academy,
        kind=record.kind,
        form=system_form(record),
        record=record,
        review=record.review,
        activity=record.activity,
        team=record.team,
    )


def _unplanned(place: Placing, asked: RecordContent, own: list[Team]) -> Sheet | None:
    """Begin a record of no activity, for one of one's own teams where one records for no more."""
    published = system_published(place.academy.trust_id).get(asked.kind)
    if published is None:
        return None
    team = next((team for team in own if team.pk == asked.team_id), own[0] if own else None)
    content = RecordContent(
        academy_id=place.academy.pk,
        review_id=place.review.pk if place.review else None,
        kind=asked.kind,
        team_id=team.pk if team else None,
    )
    return Sheet(
        content,
        place.academy,
        asked.kind,
        labels.system_labelled(published, place.academy.pk),
        review=place.review,
        team=team,
    )


def _planned(place: Placing, activity: Activity) -> Sheet:
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
    return Sheet(
        content,
        place.academy,
        activity.kind,
        labels.system_labelled(activity.instrument_version, place.academy.pk),
        review=place.review,
        activity=activity,
    )


def _sheet(bare: Sheet, *, on: date) -> Sheet:
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
    people = Person.objects.here(on=on).filter(
        Q(posts__academy=bare.academy)
        if form_may_name(bare.form) and kind_may_name(bare.kind)
        else Q(pk__in=[])
    )
    if planned or bare.content.observed_id:
        people = people | Person.objects.filter(pk__in=[planned, bare.content.observed_id])
    trust_id, people = bare.academy.trust_id, people.distinct().order_by("name", "id")
    marked = system_checklist(bare.form, in_order, review=bare.review, trust_id=trust_id)
    checklist = [*marked, *_asked_before(marked, bare.content)]
    return replace(bare, lines=lines, standards=in_order, checklist=checklist, people=list(people))


def _asked_before(checklist: Sequence[Standard], content: RecordContent) -> Sequence[Standard]:
    """Return what was marked and is asked for no longer: it stays with its record, in sight."""
    asked = {look_for.pk for standard in checklist for look_for in standard.look_fors.all()}
    left = content.look_fors.keys() - asked
    if not left:
        return ()
    marked = LookFor.objects.filter(pk__in=left).order_by("position", "id")
    standards = Standard.objects.filter(look_fors__in=left).select_related("area").distinct()
    in_order = standards.order_by("area__position", "position", "id")
    return list(in_order.prefetch_related(Prefetch("look_fors", marked)))


def tied(notes: Sequence[Note], *, viewer: "User") -> list[tuple[Note, list[LookFor]]]:
    """Return notes with the look-fors each was linked to, in the order they were linked."""
    asked = {look_for for note in notes for look_for in note.look_for_ids}
    found = LookFor.objects.visible_to(viewer).filter(pk__in=asked).select_related("standard")
    known = {str(look_for.pk): look_for for look_for in found} if asked else {}
    return [(note, [known[it] for it in note.look_for_ids if it in known]) for note in notes]
