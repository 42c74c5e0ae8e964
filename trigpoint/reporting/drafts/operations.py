"""Writing the draft of a report from what the team agreed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from trigpoint.judgements.claims.queries import system_changed
from trigpoint.judgements.claims.rules import still_stand
from trigpoint.judgements.models import Claim, Finding, Judgement
from trigpoint.policies.models import Level
from trigpoint.records import history
from trigpoint.reporting.drafts import queries, rules
from trigpoint.reporting.reports import queries as reports
from trigpoint.reporting.reports import rules as report_rules
from trigpoint.reporting.reports.models import Report, ReportStatement
from trigpoint.reviews.models import Review
from trigpoint.reviews.reviews import operations as reviews

if TYPE_CHECKING:
    from trigpoint.people.models import User

Part = ReportStatement.Part


@dataclass(slots=True)
class _Piece:
    """A statement to be: where it stands, what it rests on, and the words it starts with."""

    part: str
    text: str
    source: Claim | Judgement | Finding
    against: list[str] = field(default_factory=list)
    level: Level | None = None

    @property
    def key(self) -> tuple[str, UUID]:
        """What makes two statements the same one."""
        return self.part, self.source.pk


@transaction.atomic
def assemble(*, review: Review, by: "User", at: datetime) -> Report:
    """Write the draft from what the team agreed; a second time keeps what was edited by hand.

    Findings about one person never enter a report.

    Raises:
        Refused: nothing is agreed, a contradiction is unanswered, evidence was changed after it was
            cited, or the report has left draft.

    """
    review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    rules.may_assemble(by, review, queries.system_readiness(review)).enforce()
    still_stand(system_changed(reports.system_agreed(review.pk))).enforce()
    if review.status == Review.Status.CORROBORATING:
        review = reviews.report(review=review, by=by, on=timezone.localtime(at).date())
    pieces = _pieces(review)
    report, created = Report.objects.get_or_create(
        review=review,
        defaults={
            "trust_id": review.trust_id,
            "academy_id": review.academy_id,
            "title": review.title,
            "summary": _summary(review, pieces),
            "written_by_id": by.person_id,
        },
    )
    left_out = _set_statements(report, pieces)
    history.write(
        report, "assembled", by=by, at=at,
        statements=len(pieces), again=not created, left_out=left_out,
    )  # fmt: skip
    return report


def _pieces(review: Review) -> list[_Piece]:
    """Return what the report says, area by area as in the policy, then what follows from it."""
    judgements = (
        Judgement.objects.filter(review=review)
        .select_related("area", "standard", "level")
        .order_by("area__position", F("standard__position").asc(nulls_first=True), "id")
    )
    by_area: dict[tuple[int, str], list[_Piece]] = {}
    for judgement in judgements:
        piece = _Piece(Part.JUDGEMENT, judgement.rationale, judgement, level=judgement.level)
        by_area.setdefault(_order(judgement.area), []).append(piece)
    for claim in reports.system_agreed(review.pk):
        piece = _Piece(Part.CLAIM, claim.statement, claim, report_rules.against(claim))
        by_area.setdefault(_order(claim.standard.area), []).append(piece)
    found = [piece for place in sorted(by_area) for piece in by_area[place]]
    return [*found, *(_Piece(Part.FINDING, report_rules.told(it), it) for it in _findings(review))]


def _order(area: object) -> tuple[int, str]:
    return getattr(area, "position", 0), getattr(area, "lineage", "")


def _findings(review: Review) -> list[Finding]:
    kinds = {kind: place for place, kind in enumerate(Finding.Kind.values)}
    found = reports.system_told(review.pk).select_related("area")
    return sorted(
        found.order_by("area__position", "raised_on", "id"),
        key=lambda finding: kinds[finding.kind],
    )


def _summary(review: Review, pieces: Iterable[_Piece]) -> str:
    """Write the opening sentences: why, how much was agreed, and what follows."""
    counts = dict.fromkeys(Part, 0)
    for piece in pieces:
        counts[Part(piece.part)] += 1
    said = (
        f"The team agreed {counts[Part.CLAIM]} "
        f"{'statement' if counts[Part.CLAIM] == 1 else 'statements'} and made "
        f"{counts[Part.JUDGEMENT]} {'judgement' if counts[Part.JUDGEMENT] == 1 else 'judgements'}. "
        "Each can be followed back to what was seen."
    )
    return f"{review.reason}\n\n{said}".strip()


def _set_statements(report: Report, pieces: list[_Piece]) -> list[list[str]]:
    """Make the statements be these pieces, in this order; words edited by hand stay.

    Return what is left out now, each statement with what the academy had said of it.
    """
    there = {(row.part, row.source_id): row for row in report.statements.all()}
    wanted = {piece.key for piece in pieces}
    gone = [row for key, row in there.items() if key not in wanted]
    left_out = [[row.text, *row.comments.values_list("text", flat=True)] for row in gone]
    report.statements.filter(pk__in=[row.pk for row in gone]).delete()
    # Positions are unique, so those that stay first step aside to numbers nobody uses.
    aside = max((row.position for row in there.values()), default=0) + len(pieces) + 1
    report.statements.update(position=F("position") + aside)
    for position, piece in enumerate(pieces, start=1):
        row = there.get(piece.key) or _statement(report, piece)
        row.position = position
        row.text = row.text if row.is_reworded else piece.text
        row.against, row.level = piece.against, piece.level
        row.save()
    return left_out


def _statement(report: Report, piece: _Piece) -> ReportStatement:
    row = ReportStatement(trust_id=report.trust_id, report=report, part=piece.part)
    setattr(row, piece.part.lower(), piece.source)
    return row
