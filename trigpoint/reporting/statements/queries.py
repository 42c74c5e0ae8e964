"""The statement of a report that tells a judgement."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trigpoint.judgements.models import Judgement
from trigpoint.reporting.reports.models import Report
from trigpoint.reporting.reports.queries import Line, outline

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Told:
    """A statement with its number, and the report it stands in."""

    line: Line
    report: Report


def telling(*, viewer: "User", judgement: Judgement) -> Told | None:
    """Return the statement that tells a judgement, in four queries; None where none may be read."""
    found = Report.objects.visible_to(viewer).filter(statements__judgement=judgement)
    report = found.select_related("review").first()
    if report is None:
        return None
    sections = outline(viewer=viewer, report=report).sections
    lines = [line for section in sections for line in section.lines]
    return Told(next(it for it in lines if it.statement.judgement_id == judgement.pk), report)
