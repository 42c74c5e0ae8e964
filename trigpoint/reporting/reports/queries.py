"""Which reports, and what one says part by part."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    DateField,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)  # fmt: skip

from trigpoint.evidence.models import EvidenceRecord
from trigpoint.judgements.models import Citation, Claim, Finding
from trigpoint.judgements.strength import rules as strength
from trigpoint.people.models import Grant
from trigpoint.people.roles import Capability
from trigpoint.policies.models import Area, Level
from trigpoint.reporting.reports.models import FactualComment, Report, ReportStatement
from trigpoint.reviews.models import Deadline

if TYPE_CHECKING:
    from trigpoint.people.models import User

Status = Report.Status
Part = ReportStatement.Part


@dataclass(frozen=True, slots=True)
class Ref:
    """One piece of evidence behind a statement. ``record_id`` only when the reader may open it."""

    reference: str
    record_id: UUID | None


@dataclass(frozen=True, slots=True)
class Line:
    """One numbered statement and what it rests on."""

    number: str
    statement: ReportStatement
    kind: str = ""
    level: Level | None = None
    strength: str = ""
    known: str = ""
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One area of the report, or what follows from it all."""

    number: int
    title: str
    anchor: str
    level: Level | None = None
    strength: str = ""
    known: str = ""
    lines: tuple[Line, ...] = ()

    @property
    def heading(self) -> str:
        """The words over it, such as "2 Assessment"."""
        return f"{self.number} {self.title}"


@dataclass(frozen=True, slots=True)
class Kind:
    """How much evidence of one kind the report rests on. Counts of records and of people who saw."""

    label: str
    records: int
    observers: int
    first: date
    last: date
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A report, part by part, and the evidence behind it."""

    sections: tuple[Section, ...]
    evidence: tuple[Kind, ...]

    @property
    def numbers(self) -> dict[UUID, str]:
        """The number of each statement, by its id."""
        return {line.statement.pk: line.number for part in self.sections for line in part.lines}


@dataclass(slots=True)
class _Drawn:
    """A section while it is being put together."""

    title: str
    anchor: str
    rows: list[ReportStatement] = field(default_factory=list)


def register(
    *,
    viewer: "User",
    status: str = "",
    academy_id: UUID | None = None,
    closing_from: date | None = None,
) -> "QuerySet[Report]":
    """Return the reports one may read, unfinished first, each with the day its next step is due.

    ``closing_from`` leaves only those whose factual accuracy check ends within two days of it.

    Adds ``due_on`` (None once final) and ``unanswered`` (comments without a disposition).
    """
    found = Report.objects.visible_to(viewer)
    if status:
        found = found.filter(status=status)
    if academy_id:
        found = found.filter(academy=academy_id)
    if closing_from:
        found = found.filter(Report.closing(closing_from))
    return (
        found.select_related("academy", "review", "review__lead")
        .annotate(
            due_on=Case(
                When(status=Status.FACTUAL_ACCURACY, then=F("comments_due_on")),
                When(status=Status.DRAFT, then=_deadline(Deadline.Step.DRAFT)),
                When(status=Status.INTERNAL_QA, then=_deadline(Deadline.Step.INTERNAL_QA)),
                output_field=DateField(),
            ),
            unanswered=Count("comments", filter=Q(comments__disposition="")),
        )
        .order_by(F("finalised_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "id")
    )


def _deadline(step: str) -> Subquery:
    return Subquery(
        Deadline.objects.filter(review=OuterRef("review"), step=step).values("due_on")[:1]
    )


def counts(*, viewer: "User", academy_id: UUID | None = None) -> dict[str, int]:
    """Return how many reports one may read are in each status."""
    found = Report.objects.visible_to(viewer)
    if academy_id:
        found = found.filter(academy=academy_id)
    return {
        row["status"]: row["n"] for row in found.order_by().values("status").annotate(n=Count("id"))
    }


def to_check(*, viewer: "User", academy_id: UUID) -> "QuerySet[Report]":
    """Return reports that wait for the academy's factual accuracy check, for those who may do it."""
    return (
        Report.objects.visible_to(viewer)
        .filter(
            viewer.access.where("reports.check"),
            academy=academy_id,
            status=Status.FACTUAL_ACCURACY,
        )
        .order_by("comments_due_on", "id")
    )


def comments(*, viewer: "User", report: Report) -> "QuerySet[FactualComment]":
    """Return a report's comments, in the order of its statements."""
    return (
        FactualComment.objects.visible_to(viewer)
        .filter(report=report)
        .select_related("statement", "author", "disposed_by")
        .order_by("statement__position", "made_at", "id")
    )


def later_finals(*, viewer: "User", report: Report) -> "QuerySet[Report]":
    """Return the final reports of the same academy that came after this one; none before it is."""
    if report.finalised_at is None:
        return Report.objects.none()
    found = Report.objects.visible_to(viewer).filter(
        academy=report.academy_id, status=Status.FINAL, finalised_at__gt=report.finalised_at
    )
    return found.exclude(pk=report.pk).order_by("-finalised_at", "id")


def system_of_review(review_id: UUID) -> QuerySet[Report]:
    """Return the report of a review, if there is one."""
    return Report.objects.filter(review=review_id)


def system_agreed(review_id: UUID) -> QuerySet[Claim]:
    """Return the claims a report may rest on, as the policy orders them, with what contradicts each."""
    against = Citation.objects.filter(stance=Citation.Stance.CONTRADICTS).select_related("record")
    return (
        Claim.objects.filter(review=review_id, status=Claim.Status.AGREED)
        .select_related("standard__area")
        .prefetch_related(Prefetch("citations", against.order_by("record__number", "id")))
        .order_by("standard__area__position", "standard__position", "number")
    )


def system_told(review_id: UUID) -> QuerySet[Finding]:
    """Return the findings a report tells: those that stand and are about no one person."""
    found = Finding.objects.standing().filter(review=review_id)
    return found.exclude(scope=Finding.Scope.INDIVIDUAL)


def system_others_may_check(report: Report, *, besides: "User", on: date) -> bool:
    """Say whether somebody else who can sign in may do the internal QA of a report."""
    grants = Grant.objects.in_force(on=on).filter(
        trust=report.trust_id, person__user__is_switched_on=True
    )
    given = grants.giving(
        Capability.REPORT_WRITE, academy_id=report.academy_id, review_id=report.review_id
    )
    return given.exclude(person=besides.person_id).exists()


def outline(*, viewer: "User", report: Report) -> Outline:
    """Return a report part by part, in three queries however long it is."""
    rows = list(
        ReportStatement.objects.visible_to(viewer)
        .filter(report=report)
        .select_related(
            "claim__standard__area", "claim__level", "judgement__area", "judgement__standard",
            "level__scale", "finding",
        )
        .order_by("position")
    )  # fmt: skip
    cited = _citations(row.claim_id for row in rows if row.claim_id)
    readable = _readable(viewer, cited)
    drawn: dict[str, _Drawn] = {}
    for row in rows:
        title, anchor = _place(row)
        drawn.setdefault(anchor, _Drawn(title, anchor)).rows.append(row)
    sections = tuple(
        _section(number, part, cited, readable)
        for number, part in enumerate(drawn.values(), start=1)
    )
    return Outline(sections, _evidence(cited))


def _place(row: ReportStatement) -> tuple[str, str]:
    if row.part == Part.FINDING:
        return "What follows", "what-follows"
    area = system_area(row)
    return area.name, f"area-{area.lineage}"


def system_area(row: ReportStatement) -> Area:
    """Return the area a judgement or claim of a report belongs to."""
    if row.judgement:
        return row.judgement.area
    if row.claim:
        return row.claim.standard.area
    msg = "A finding follows from the whole report, not from one area."
    raise ValueError(msg)


def _citations(claim_ids: Iterable[UUID]) -> list[Citation]:
    return list(
        Citation.objects.filter(claim__in=list(claim_ids), stance=Citation.Stance.SUPPORTS)
        .select_related("record")
        .order_by("record__number", "id")
    )


def _readable(viewer: "User", cited: list[Citation]) -> set[UUID]:
    records = {citation.record_id for citation in cited}
    found = EvidenceRecord.objects.visible_to(viewer).filter(pk__in=records)
    return set(found.values_list("pk", flat=True)) if records else set()


def _section(number: int, part: _Drawn, cited: list[Citation], readable: set[UUID]) -> Section:
    over = next((row for row in part.rows if _is_whole_area(row)), None)
    whole = over.judgement if over else None
    by_claim: defaultdict[UUID, list[Ref]] = defaultdict(list)
    for citation in cited:
        record = citation.record
        by_claim[citation.claim_id].append(
            Ref(record.reference, record.pk if record.pk in readable else None)
        )
    lines = (
        _line(f"{number}.{place}", row, tuple(by_claim[row.claim_id]) if row.claim_id else ())
        for place, row in enumerate(part.rows, start=1)
    )
    return Section(
        number,
        part.title,
        part.anchor,
        level=over.level if over else None,
        strength=whole.strength if whole else "",
        known=strength.counted(whole.strength_facts) if whole else "",
        lines=tuple(lines),
    )


def _is_whole_area(row: ReportStatement) -> bool:
    return bool(row.judgement and not row.judgement.standard_id)


def _line(number: str, row: ReportStatement, refs: tuple[Ref, ...]) -> Line:
    """Draw a statement; a whole area's judgement has its level over the section already."""
    if row.finding:
        return Line(number, row, kind=row.finding.get_kind_display())
    if row.judgement:
        made = row.judgement
        if not made.standard:
            return Line(number, row)
        return Line(
            number, row, made.standard.title, row.level, made.strength,
            strength.counted(made.strength_facts), refs,
        )  # fmt: skip
    claim = row.claim
    if claim is None:
        return Line(number, row)
    return Line(
        number,
        row,
        strength=claim.strength,
        known=strength.counted(claim.strength_facts),
        refs=refs,
    )


def _evidence(cited: list[Citation]) -> tuple[Kind, ...]:
    """Count the records behind the report by kind, most first; nobody is named."""
    by_kind: defaultdict[str, dict[UUID, EvidenceRecord]] = defaultdict(dict)
    for citation in cited:
        by_kind[citation.record.get_kind_display()][citation.record_id] = citation.record
    kinds = [_kind(label, list(records.values())) for label, records in by_kind.items()]
    return tuple(sorted(kinds, key=lambda kind: (-kind.records, kind.label)))


def _kind(label: str, records: list[EvidenceRecord]) -> Kind:
    days = sorted(record.observed_at.date() for record in records)
    return Kind(
        label,
        records=len(records),
        observers=len({record.author_id for record in records}),
        first=days[0],
        last=days[-1],
        references=tuple(record.reference for record in records),
    )
