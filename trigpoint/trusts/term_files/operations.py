"""Making academies' calendars what a file of term dates says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.records import events, history
from trigpoint.trusts.calendars import operations as calendars
from trigpoint.trusts.calendars.models import Closure, Term
from trigpoint.trusts.calendars.rules import may_import
from trigpoint.trusts.structure.models import Academy
from trigpoint.trusts.term_files.rules import Reading, year_of

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(slots=True)
class Report:
    """What an import did, rows of all academies together."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0

    @property
    def words(self) -> str:
        """Say it in a sentence."""
        return (
            f"{self.created} created, {self.updated} updated, "
            f"{self.unchanged} unchanged, {self.removed} removed."
        )


@transaction.atomic
def import_terms(
    *, academies: Sequence[Academy], reading: Reading, by: "User | None", on: date
) -> Report:
    """Make the terms and closed days of academies what a file says, all of them or none.

    Terms of the years the file covers, and holidays between its first and last day, become exactly
    those of the file. INSET days and other closures are replaced only when the file has any.
    Importing twice changes nothing. ``by=None`` is the command line.

    Raises:
        Refused: the person may not import calendars for one of the academies.

    """
    report = Report()
    for academy in (
        Academy.objects.select_for_update()
        .filter(pk__in=[academy.pk for academy in academies])
        .select_related("trust")
        .order_by("name", "id")
    ):
        if by is not None:
            may_import(by, academy).enforce()
        done = Report()
        _import_terms(academy, reading, done)
        _import_closures(academy, reading, done)
        history.write(academy, "imported_terms", by=by, on=on, did=done.words)
        if done.created or done.updated or done.removed:
            events.publish(calendars.CalendarChanged(academy.pk))
        for name in ("created", "updated", "unchanged", "removed"):
            setattr(report, name, getattr(report, name) + getattr(done, name))
    return report


def _import_terms(academy: Academy, reading: Reading, report: Report) -> None:
    years = {}
    for term in reading.terms:
        span = year_of(term.starts_on, first_month=academy.trust.year_starts_month)
        years[term.starts_on] = calendars.set_year(
            trust=academy.trust, name=span.name, starts_on=span.starts_on, ends_on=span.ends_on
        )
    there = {row.starts_on: row for row in academy.terms.filter(year__in=set(years.values()))}
    for wanted in reading.terms:
        row = there.pop(wanted.starts_on, None)
        facts = {"name": wanted.name[:60], "ends_on": wanted.ends_on}
        if row is None:
            year = years[wanted.starts_on]
            starts_on = wanted.starts_on
            Term.objects.create(
                trust_id=academy.trust_id, academy=academy, year=year, starts_on=starts_on, **facts
            )
            report.created += 1
        else:
            _bring(row, facts, report)
    _remove(there.values(), report)


def _import_closures(academy: Academy, reading: Reading, report: Report) -> None:
    if not reading.closures:
        return
    kinds = {closure.kind for closure in reading.closures}
    span = (
        min(closure.starts_on for closure in reading.closures),
        max(closure.ends_on for closure in reading.closures),
    )
    there = {
        (row.kind, row.starts_on): row
        for row in academy.closures.filter(kind__in=kinds, starts_on__range=span)
    }
    for wanted in reading.closures:
        row = there.pop((wanted.kind, wanted.starts_on), None)
        facts = {"name": wanted.name, "ends_on": wanted.ends_on}
        if row is None:
            Closure.objects.create(
                trust_id=academy.trust_id,
                academy=academy,
                kind=wanted.kind,
                starts_on=wanted.starts_on,
                **facts,
            )
            report.created += 1
        else:
            _bring(row, facts, report)
    _remove(there.values(), report)


def _bring(row: Term | Closure, facts: dict[str, object], report: Report) -> None:
    """Bring one row up to the file, and count whether that changed anything."""
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    if not changed:
        report.unchanged += 1
        return
    for name in changed:
        setattr(row, name, facts[name])
    row.save(update_fields=changed)
    report.updated += 1


def _remove(rows: Iterable[Term | Closure], report: Report) -> None:
    for row in rows:
        row.delete()
        report.removed += 1
