"""Evidence as lists: a record's content, the capture page, the register, who can read what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models
from django.db.models import (
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest

from trigpoint.evidence.checklists.queries import system_checklist
from trigpoint.evidence.contents.rules import LONGEST_VISIT, NoteContent, RecordContent
from trigpoint.evidence.entries.models import DiscardedDraft, EvidenceRecord, LookForMark, Note
from trigpoint.evidence.entries.rules import party
from trigpoint.evidence.places.queries import Placing, own_teams, places, placing
from trigpoint.instruments.labels.queries import system_labelled
from trigpoint.instruments.library.queries import system_published
from trigpoint.instruments.library.rules import may_name as form_may_name
from trigpoint.instruments.models import ActivityKind
from trigpoint.people.models import Person, Post
from trigpoint.people.roles import Capability
from trigpoint.policies.models import Level, LookFor, PolicyVersion, Standard
from trigpoint.policies.versions.rules import HELD
from trigpoint.reviews.models import Activity, LineOfEnquiry, Review
from trigpoint.reviews.visits.queries import Year
from trigpoint.reviews.visits.rules import IN_A_LESSON, Party
from trigpoint.trusts.models import Academy, Team

if TYPE_CHECKING:
    from trigpoint.people.models import User


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
        (_levels(record), {content.level_id} - {before.level_id, None}, "levels"),
    )
    for there, wanted, words in links:
        if wanted and there.filter(pk__in=wanted).count() < len(wanted):
            return words
    return ""


def _levels(record: EvidenceRecord) -> models.QuerySet[Level]:
    """Return the levels a record may carry: of the policy its review holds to, or the one in force."""
    found = Level.objects.filter(trust=record.trust_id).exclude(tone=Level.Tone.WORDS)
    if record.review_id is None:
        return found.filter(scale__version__status=PolicyVersion.Status.IN_FORCE)
    return found.filter(scale__version__review=record.review_id)


def is_discarded(record_id: UUID, *, viewer: "User") -> bool:
    """Say whether the viewer discarded the draft of that id."""
    return DiscardedDraft.objects.visible_to(viewer).filter(pk=record_id).exists()


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


def system_form(record: EvidenceRecord) -> dict[str, Any]:
    """Return the form a record answers, in its academy's words."""
    return system_labelled(record.instrument_version, record.academy_id)


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


def system_last_number(academy_id: UUID) -> int:
    """Return the highest number ever given in an academy, those of discarded drafts as well."""
    gone = DiscardedDraft.objects.filter(academy=academy_id).order_by("-number")
    highest = Greatest(Coalesce(Max("number"), 0), Coalesce(Subquery(gone.values("number")[:1]), 0))
    last: int = EvidenceRecord.objects.filter(academy=academy_id).aggregate(last=highest)["last"]
    return last


def system_of_review(review_id: UUID) -> "models.QuerySet[Any]":
    """Return every record of a review, drafts as well."""
    return EvidenceRecord.objects.filter(review=review_id)


def system_parties(one: Party) -> list[Party]:
    """Return who recorded the same activity as one party, or a lesson of its academy about then."""
    longest = timedelta(minutes=LONGEST_VISIT)
    about_then = Q(observed_at__range=(one.starts_at - longest, one.ends_at))
    same = Q(activity=one.activity_id) if one.activity_id else Q(pk__in=[])
    lessons = EvidenceRecord.objects.filter(academy=one.academy_id, kind__in=IN_A_LESSON)
    return [party(other, other) for other in lessons.filter(same | about_then).defer("answers")]


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
        system_labelled(published, place.academy.pk),
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
        system_labelled(activity.instrument_version, place.academy.pk),
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
        Q(posts__academy=bare.academy) if form_may_name(bare.form) else Q(pk__in=[])
    )
    if planned or bare.content.observed_id:
        people = people | Person.objects.filter(pk__in=[planned, bare.content.observed_id])
    trust_id, people = bare.academy.trust_id, people.distinct().order_by("name", "id")
    marked = system_checklist(bare.form, in_order, review=bare.review, trust_id=trust_id)
    return replace(bare, lines=lines, standards=in_order, checklist=marked, people=list(people))


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a list of records is narrowed. Every part is optional.

    ``look_for`` is a lineage: records in which it was marked, seen or not. ``counted`` leaves out
    drafts and private records, as the figures do that lead here.
    """

    review_id: UUID | None = None
    academy_id: UUID | None = None
    standard_id: UUID | None = None
    team_id: UUID | None = None
    line_id: UUID | None = None
    look_for: str = ""
    kind: str = ""
    mine: bool = False
    counted: bool = False

    @property
    def is_anywhere(self) -> bool:
        """Say whether nothing ties the records to one place, line of enquiry or author."""
        return not (self.mine or self.review_id or self.academy_id or self.team_id or self.line_id)


def register(wanted: Wanted, *, viewer: "User") -> "models.QuerySet[EvidenceRecord]":
    """Return the records the viewer may read, newest first, with what a row shows.

    For the whole trust's the trust is named once more: the page then comes straight from an index.
    """
    found = EvidenceRecord.objects.visible_to(viewer)
    narrowed = {
        "review": wanted.review_id,
        "academy": wanted.academy_id,
        "team": wanted.team_id,
        "kind": wanted.kind,
        "lines": wanted.line_id,
        "author": viewer.person_id if wanted.mine else None,
    }
    if wanted.is_anywhere and viewer.access.is_trust_wide(Capability.EVIDENCE_VIEW):
        narrowed["trust"] = viewer.access.trust_id
    found = found.filter(**{name: value for name, value in narrowed.items() if value})
    if wanted.standard_id:
        tied = EvidenceRecord.standards.through.objects.filter(evidencerecord=OuterRef("pk"))
        found = found.filter(Exists(tied.filter(standard=wanted.standard_id)))
    if wanted.look_for:
        marks = LookForMark.objects.filter(record=OuterRef("pk"))
        found = found.filter(Exists(marks.filter(look_for__lineage=wanted.look_for)))
    if wanted.counted:
        found = found.filter(is_private=False).exclude(status=EvidenceRecord.Status.DRAFT)
    notes = Note.objects.filter(record=OuterRef("pk")).order_by().values("record")
    return (
        found.select_related("academy", "author", "review")
        .annotate(note_count=Coalesce(Subquery(notes.annotate(n=Count("id")).values("n")), 0))
        .order_by("-observed_at", "-id")
    )


def narrowed(wanted: Wanted, *, viewer: "User") -> list[str]:
    """Say in words what no filter on the page shows: the team, the line, the look-for."""
    words: list[str] = []
    if wanted.team_id:
        teams = Team.objects.visible_to(viewer).filter(pk=wanted.team_id)
        words += teams.values_list("name", flat=True)
    if wanted.line_id:
        lines = LineOfEnquiry.objects.visible_to(viewer).filter(pk=wanted.line_id)
        words += lines.values_list("question", flat=True)
    if wanted.look_for:
        look_fors = LookFor.objects.visible_to(viewer).filter(
            lineage=wanted.look_for, standard__version__status__in=HELD
        )
        words += look_fors.order_by("-created_at", "id").values_list("text", flat=True)[:1]
    return words


def standards(wanted: Wanted, *, viewer: "User") -> "models.QuerySet[Standard]":
    """Return the standards a list can be narrowed to: the review's, else the policy's in force."""
    ours = Standard.objects.visible_to(viewer)
    if wanted.review_id:
        lines = LineOfEnquiry.objects.visible_to(viewer).filter(review=wanted.review_id)
        return ours.filter(lines__in=lines).distinct().order_by("position", "id")
    in_force = ours.filter(version__status=PolicyVersion.Status.IN_FORCE)
    return in_force.order_by("area__position", "position", "id")
