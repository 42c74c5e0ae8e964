"""The evidence one may read, narrowed, searched, and as it is handed out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from trigpoint.evidence.attachments.models import Attachment
from trigpoint.evidence.entries.models import EvidenceRecord, LookForMark, Note
from trigpoint.evidence.room.rules import Cell, Column, Facet
from trigpoint.evidence.search.models import RecordWords
from trigpoint.evidence.search.queries import system_is_common
from trigpoint.evidence.search.rules import Run, Search, fragments, marked
from trigpoint.evidence.tags.models import RecordTag, Tag
from trigpoint.evidence.years.rules import year_pattern
from trigpoint.people.models import Person
from trigpoint.people.roles import Capability
from trigpoint.policies.models import LookFor, PolicyVersion, Standard
from trigpoint.policies.versions.rules import HELD
from trigpoint.reviews.models import LineOfEnquiry
from trigpoint.trusts.models import Academy, Team

if TYPE_CHECKING:
    from trigpoint.people.models import User

NUMBER = re.compile(r"E(\d{1,9})", re.IGNORECASE)  # a record's, as its page shows it
MOST_LISTED = 1_000  # a trust may hold a million, and counting them reads them all
_facets: list[Facet] = []
_columns: list[Column] = []


def system_narrow_also(facet: Facet) -> None:
    """Add a filter of an upper area. Call from ``AppConfig.ready``; twice changes nothing."""
    if facet.name not in {one.name for one in _facets}:
        _facets.append(facet)


def system_tell_also(column: Column) -> None:
    """Add a column of an upper area. Call from ``AppConfig.ready``; twice changes nothing."""
    if column.label not in {one.label for one in _columns}:
        _columns.append(column)


def system_facets() -> Sequence[Facet]:
    """Return the filters of upper areas."""
    return tuple(_facets)


def system_columns() -> Sequence[Column]:
    """Return the columns of upper areas."""
    return tuple(_columns)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a list of records is narrowed. Every part is optional.

    ``look_for`` is a lineage: records in which it was marked, seen or not. ``counted`` leaves out
    drafts, private records and halves of pairs, as the figures do that lead here. ``since`` and ``until`` are days,
    both included. ``also`` holds what upper areas' filters were set to.
    """

    review_id: UUID | None = None
    academy_id: UUID | None = None
    standard_id: UUID | None = None
    team_id: UUID | None = None
    line_id: UUID | None = None
    tag_id: UUID | None = None
    look_for: str = ""
    kind: str = ""
    subject: str = ""
    year: str = ""
    seen_by: str = ""
    since: date | None = None
    until: date | None = None
    photo: bool = False
    mine: bool = False
    counted: bool = False
    search: Search = field(default_factory=Search)
    also: tuple[tuple[str, str], ...] = ()

    @property
    def is_anywhere(self) -> bool:
        """Say whether nothing ties the records to one place, line of enquiry or author."""
        return not (self.mine or self.review_id or self.academy_id or self.team_id or self.line_id)


def register(wanted: Wanted, *, viewer: "User") -> "QuerySet[EvidenceRecord]":
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
        "subject__icontains": wanted.subject,
        "year_groups__iregex": year_pattern(wanted.year) if wanted.year else "",
        "observed_at__gte": wanted.since and _begins(wanted.since),
        "observed_at__lt": wanted.until and _begins(wanted.until + timedelta(days=1)),
    }
    if wanted.is_anywhere and viewer.access.is_trust_wide(Capability.EVIDENCE_VIEW):
        narrowed["trust"] = viewer.access.trust_id
    found = found.filter(**{name: value for name, value in narrowed.items() if value})
    found = found.filter(*_tied(wanted, viewer))
    if wanted.counted:
        found = found.counted()
    notes = Note.objects.filter(record=OuterRef("pk")).order_by().values("record")
    return (
        found.select_related("academy", "author", "review")
        .annotate(note_count=Coalesce(Subquery(notes.annotate(n=Count("id")).values("n")), 0))
        .order_by("-observed_at", "-id")
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """How many records are listed, and what there is to choose from among them, by filter."""

    count: int
    in_use: dict[str, list[str]]


def listed(wanted: Wanted, *, viewer: "User", at_most: int) -> Listed:
    """Count what is found and gather its subjects and observers, in one query.

    Of so many as are listed: a trust may hold a million, and counting them reads them all.
    """
    found = register(wanted, viewer=viewer)[:at_most]
    pairs = list(found.values_list("subject", "author__name"))
    subjects, observers = {subject for subject, _ in pairs}, {name for _, name in pairs}
    return Listed(
        len(pairs), {"subject": sorted(subjects - {""}), "seen_by": sorted(observers - {""})}
    )


def _begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _tied(wanted: Wanted, viewer: "User") -> list[Q]:
    """Say what else hangs on a record: a standard, a look-for, a tag, a photo, words, claims."""
    here: list[Q] = []
    if wanted.standard_id:
        tied = EvidenceRecord.standards.through.objects.filter(evidencerecord=OuterRef("pk"))
        here.append(Q(Exists(tied.filter(standard=wanted.standard_id))))
    if wanted.look_for:
        marks = LookForMark.objects.filter(record=OuterRef("pk"))
        here.append(Q(Exists(marks.filter(look_for__lineage=wanted.look_for))))
    if wanted.tag_id:
        tagged = RecordTag.objects.filter(trust=viewer.trust_id, tag=wanted.tag_id)
        here.append(Q(pk__in=tagged.values("record")))
    if wanted.photo:
        photos = Attachment.objects.filter(record=OuterRef("pk"), media_type__startswith="image/")
        here.append(Q(Exists(photos)))
    if wanted.seen_by:
        people = Person.objects.filter(trust=viewer.trust_id, name__icontains=wanted.seen_by)
        here.append(Q(author__in=people))
    if wanted.search.is_asked:
        here.append(_saying(wanted, viewer))
    chosen = dict(wanted.also)
    here += [one.keep(chosen[one.name], viewer) for one in _facets if chosen.get(one.name)]
    return here


def _saying(wanted: Wanted, viewer: "User") -> Q:
    """Say which records hold the words: a list of them, or each asked where nearly all do."""
    search, places = wanted.search, [f"t{viewer.trust_id.hex}"]
    if numbered := NUMBER.fullmatch(search.typed):
        here = Academy.objects.filter(trust=viewer.trust_id)
        return Q(academy__in=here, number=int(numbered[1]))
    if not search.terms:
        return Q(pk__in=[])
    if wanted.academy_id:
        places.append(f"a{wanted.academy_id.hex}")
    if not system_is_common(search, places=places):
        return Q(pk__in=RecordWords.objects.saying(search.terms, places=places).values("record"))
    said = RecordWords.objects.saying_one_by_one(search.terms)
    return Q(Exists(said.filter(record=OuterRef("pk"))))


def narrowed(wanted: Wanted, *, viewer: "User") -> dict[str, str]:
    """Say in words what no filter on the page shows, by name: the team, the line, the look-for."""
    words: dict[str, str] = {}
    if wanted.team_id:
        teams = Team.objects.visible_to(viewer).filter(pk=wanted.team_id)
        words["team"] = teams.values_list("name", flat=True).first() or ""
    if wanted.line_id:
        lines = LineOfEnquiry.objects.visible_to(viewer).filter(pk=wanted.line_id)
        words["line"] = lines.values_list("question", flat=True).first() or ""
    if wanted.look_for:
        look_fors = LookFor.objects.visible_to(viewer).filter(
            lineage=wanted.look_for, standard__version__status__in=HELD
        )
        newest = look_fors.order_by("-created_at", "id").values_list("text", flat=True)
        words["look_for"] = newest.first() or ""
    return {name: said for name, said in words.items() if said}


def standards(wanted: Wanted, *, viewer: "User") -> "QuerySet[Standard]":
    """Return the standards a list can be narrowed to: the review's, else the policy's in force."""
    ours = Standard.objects.visible_to(viewer)
    if wanted.review_id:
        lines = LineOfEnquiry.objects.visible_to(viewer).filter(review=wanted.review_id)
        return ours.filter(lines__in=lines).distinct().order_by("position", "id")
    in_force = ours.filter(version__status=PolicyVersion.Status.IN_FORCE)
    return in_force.order_by("area__position", "position", "id")


def tags(*, viewer: "User") -> "QuerySet[Tag]":
    """Return the tags there are for the viewer, by name."""
    return Tag.objects.visible_to(viewer).order_by("name", "id")


@dataclass(frozen=True, slots=True)
class Row:
    """One record of the list: its title, where it says what was looked for, and what stands beside."""

    record: EvidenceRecord
    title: list[Run]
    fragments: list[list[Run]]
    tags: list[str]
    cells: tuple[tuple[str, Cell | None], ...]  # each under the label of its column


def rows(
    records: Sequence[EvidenceRecord], *, viewer: "User", search: Search | None = None
) -> list[Row]:
    """Return a page's records with their tags, upper areas' columns and what was looked for."""
    search = search or Search()
    ids = [record.pk for record in records]
    marks = RecordTag.objects.visible_to(viewer).filter(record__in=ids)
    tagged = _by_record(marks.order_by("tag__name").values_list("record", "tag__name"))
    noted: dict[UUID, list[str]] = {}
    if search.terms:
        said = Note.objects.visible_to(viewer).filter(record__in=ids)
        noted = _by_record(said.order_by("position", "id").values_list("record", "text"))
    told = [(column.label, column.of(ids, viewer)) for column in _columns]
    return [
        Row(
            record=record,
            title=marked(record.title or "Untitled", search),
            fragments=fragments([*noted.get(record.pk, ()), *_others(record)], search),
            tags=tagged.get(record.pk, []),
            cells=tuple((label, cells.get(record.pk)) for label, cells in told),
        )
        for record in records
    ]


def _by_record(pairs: Iterable[tuple[UUID, str]]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for record_id, words in pairs:
        found.setdefault(record_id, []).append(words)
    return found


def _others(record: EvidenceRecord) -> list[str]:
    """Return the texts of a record that are neither its title nor notes."""
    answers = list(record.answers.values())
    listed = [one for it in answers if isinstance(it, list) for one in it]
    words = [one for one in (*answers, *listed) if isinstance(one, str)]
    return [*words, record.subject, record.group_described]


def to_hand_out(
    wanted: Wanted, *, viewer: "User", at_most: int
) -> tuple[list[EvidenceRecord], bool]:
    """Return what is found as a file needs it, newest first, and whether there was more."""
    found = (
        register(wanted, viewer=viewer)
        .select_related("observed", "team", "level")
        .prefetch_related(
            Prefetch("standards", Standard.objects.order_by("position", "id").only("code"))
        )
    )
    listed = list(found[: at_most + 1])
    return listed[:at_most], len(listed) > at_most


def notes(records: Sequence[EvidenceRecord], *, viewer: "User") -> dict[UUID, list[str]]:
    """Return the notes of some records, each with its kind, as a cell of a file holds them."""
    said = Note.objects.visible_to(viewer).filter(record__in=[record.pk for record in records])
    rows = said.order_by("position", "id").values_list("record", "kind", "text")
    return _by_record((pk, f"{Note.Kind(kind).label}: {text}") for pk, kind, text in rows)


def chosen_ids(wanted: Wanted, *, viewer: "User", at_most: int) -> list[UUID]:
    """Return the ids of what is found, newest first, one more than ``at_most`` if there are more."""
    return list(register(wanted, viewer=viewer).values_list("pk", flat=True)[: at_most + 1])
