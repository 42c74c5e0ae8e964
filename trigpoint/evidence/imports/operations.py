"""Read a spreadsheet of past evidence, preview it, bring it in whole, and undo it whole."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from trigpoint.evidence.entries.models import EvidenceRecord, Note, SpentNumber
from trigpoint.evidence.headings import rules as headings
from trigpoint.evidence.imports import queries, rules
from trigpoint.evidence.imports.models import ColumnMemory, EvidenceImport, ImportedRow
from trigpoint.evidence.imports.rules import Asked, Row
from trigpoint.evidence.tags.models import Tag
from trigpoint.instruments.library.queries import system_published
from trigpoint.instruments.models import InstrumentVersion
from trigpoint.people.sheets.rules import Order, find_order
from trigpoint.records import history, tables
from trigpoint.records.refusals import Refused
from trigpoint.records.tables import tidy
from trigpoint.trusts.models import Academy, Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User

AT_ONCE = 1_000  # rows in one statement
NOON = time(12)  # an old spreadsheet knows the day and not the hour
KEPT_AFTERWARDS = ("number", "title", "academy", "outcome", "words", "digest")
GONE_WHEN_UNDONE = ("title", "academy", "words", "digest")


@transaction.atomic
def upload(*, trust: Trust, data: bytes, name: str, by: "User") -> EvidenceImport:
    """Read a spreadsheet and guess what its columns are. Writes no record.

    Raises:
        Refused: the person may not, or the file cannot be read or is too large.

    """
    rules.may_import(by, trust).enforce()
    table = tables.read(data, name="The file")
    rules.has_not_too_many(len(table.lines)).enforce()
    guessed = headings.guess(table.columns, queries.system_remembered(trust))
    made = EvidenceImport.objects.create(
        trust=trust,
        file_name=name[:120],
        uploaded_by=by.person,
        columns=list(table.columns),
        lines=[[line.number, list(line.cells)] for line in table.lines],
        matched={"columns": guessed},
    )
    history.write(made, "uploaded", by=by, rows=len(table.lines))
    return made


@transaction.atomic
def match(
    *,
    upload: EvidenceImport,
    chosen: Sequence[str],
    kind: str,
    order: Order | None,
    by: "User",
    on: date,
) -> EvidenceImport:
    """Say what each column is, remember it for the trust, and say of each row what it would do.

    Args:
        upload: the import, not brought in yet.
        chosen: for each column of the file what it is, empty for one that is not used.
        kind: the kind of visit where a row names none.
        order: which comes first in a day in figures; None to find out.
        by: who matches them.
        on: today.

    Raises:
        Refused: a column that is needed is missing, or every day could be read both ways.

    """
    upload = _locked(upload)
    rules.may_import(by, upload.trust).enforce()
    rules.LIFECYCLE.may("match", upload.status).enforce()
    headings.is_matched(chosen).enforce()
    at = {key: place for place, key in enumerate(chosen) if key}
    order = order or _find_order(upload, at["day"])
    upload.matched = {"columns": list(chosen), "kind": kind, "order": order}
    upload.rows = _preview(upload, by=by, on=on)
    upload.tally = rules.tally(upload.rows)
    upload.status = rules.LIFECYCLE.target("match")
    upload.save(update_fields=["matched", "rows", "tally", "status"])
    _remember(upload, chosen)
    history.write(upload, "matched", by=by, **upload.tally)
    return upload


def _locked(upload: EvidenceImport) -> EvidenceImport:
    imports = EvidenceImport.objects.select_for_update(of=("self",)).select_related("trust")
    return imports.get(pk=upload.pk)


def _take_turn(upload: EvidenceImport) -> None:
    """Let one import of a trust at a time be brought in, or undone.

    Of a file that is there twice, the second sees what the first brought in.
    """
    imports = EvidenceImport.objects.select_for_update(of=("self",)).filter(trust=upload.trust_id)
    list(imports.order_by("created_at", "id").values_list("pk"))  # as `forget` goes


def _find_order(upload: EvidenceImport, place: int) -> Order:
    days = [(number, cells[place]) for number, cells in upload.lines if place < len(cells)]
    if (order := find_order(days)) is None:
        msg = (
            "Every day in the file could be read both ways. Say whether the day or month is first."
        )
        raise Refused(msg)
    return order


def _preview(upload: EvidenceImport, *, by: "User", on: date) -> list[Row]:
    """Say of each row what it would do if ``by`` brought it in."""
    columns = upload.matched["columns"]
    at = {key: place for place, key in enumerate(columns) if key}
    asked = Asked(at, upload.matched["kind"], Order(upload.matched["order"]), on)
    known = queries.system_known(upload.trust, importer=by.person_id, on=on)
    return rules.without_repeats(
        rules.check_row(number, cells, asked, known) for number, cells in upload.lines
    )


def _remember(upload: EvidenceImport, chosen: Sequence[str]) -> None:
    memory = ColumnMemory.objects.filter(trust=upload.trust).first()
    memory = memory or ColumnMemory(trust=upload.trust)
    named = {tidy(heading): key for heading, key in zip(upload.columns, chosen, strict=True)}
    memory.headings = {**memory.headings, **named}
    memory.save()


@transaction.atomic
def confirm(*, upload: EvidenceImport, leave_out: bool, by: "User", at: datetime) -> EvidenceImport:
    """Bring in what was previewed, all of it or nothing; nobody is told and nothing is shared.

    Raises:
        Refused: rows have problems and are not to be left out, nothing is new, or what the rows
            name has changed since the preview, or they name whoever brings them in.

    """
    _take_turn(upload)
    upload = _locked(upload)
    rules.may_import(by, upload.trust).enforce()
    rules.may_confirm(upload, leave_out=leave_out).enforce()
    if _preview(upload, by=by, on=timezone.localtime(at).date()) != upload.rows:
        msg = "What the rows name has changed since this preview. Match the columns again."
        raise Refused(msg)
    new = [row for row in upload.rows if row["outcome"] == rules.ADDED]
    records = _records(upload, new, by=by, at=at)
    EvidenceRecord.objects.bulk_create(records, batch_size=AT_ONCE)
    Note.objects.bulk_create(_notes(records, new), batch_size=AT_ONCE)
    through = EvidenceRecord.standards.through
    through.objects.bulk_create(
        (
            through(evidencerecord_id=record.pk, standard_id=UUID(standard))
            for record, row in zip(records, new, strict=True)
            for standard in row["facts"]["standards"]
        ),
        batch_size=AT_ONCE,
    )
    ImportedRow.objects.bulk_create(
        (
            ImportedRow(
                trust=upload.trust,
                upload=upload,
                record=record,
                number=row["number"],
                digest=row["digest"],
            )
            for record, row in zip(records, new, strict=True)
        ),
        batch_size=AT_ONCE,
    )
    history.write_each(records, "imported", by=by, file=upload.file_name)
    upload.rows = [{key: row[key] for key in KEPT_AFTERWARDS} for row in upload.rows]
    upload.lines, upload.confirmed_at = [], at
    upload.status = rules.LIFECYCLE.target("confirm")
    upload.save(update_fields=["rows", "lines", "confirmed_at", "status"])
    history.write(upload, "confirmed", by=by, **upload.tally)
    return upload


def _records(
    upload: EvidenceImport, rows: Sequence[Row], *, by: "User", at: datetime
) -> list[EvidenceRecord]:
    """Make the records, numbered on within each academy, one import at a time for each."""
    used = {UUID(row["facts"]["academy_id"]) for row in rows}
    list(Academy.objects.select_for_update(no_key=True).filter(pk__in=used).order_by("id"))
    last: defaultdict[UUID, int] = defaultdict(int)
    last.update({academy: queries.system_last_number(academy) for academy in used})
    forms, made = system_published(upload.trust_id), []
    for row in rows:
        academy = UUID(row["facts"]["academy_id"])
        last[academy] += 1
        made.append(_record(upload, row, forms, number=last[academy], by=by, at=at))
    return made


def _record(
    upload: EvidenceImport,
    row: Row,
    forms: dict[str, InstrumentVersion],
    *,
    number: int,
    by: "User",
    at: datetime,
) -> EvidenceRecord:
    facts = row["facts"]
    seen_on = date.fromisoformat(facts["day"])
    return EvidenceRecord(
        pk=uuid4(),
        trust=upload.trust,
        academy_id=UUID(facts["academy_id"]),
        number=number,
        kind=facts["kind"],
        instrument_version=forms[facts["kind"]],
        author=by.person,
        observed_id=UUID(facts["observed_id"]) if facts["observed_id"] else None,
        observed_at=timezone.make_aware(datetime.combine(seen_on, NOON)),
        status=EvidenceRecord.Status.SUBMITTED,
        submitted_at=at,
        imported_from=f"{upload.file_name}, row {row['number']}",
        **{name: facts[name] for name in (*rules.TEXTS.values(), "minutes")},
    )


def _notes(records: Sequence[EvidenceRecord], rows: Sequence[Row]) -> list[Note]:
    return [
        Note(
            trust_id=record.trust_id,
            record=record,
            position=place,
            kind=Note.Kind(note["kind"]),
            text=note["text"],
        )
        for record, row in zip(records, rows, strict=True)
        for place, note in enumerate(row["facts"]["notes"])
    ]


@transaction.atomic
def undo(*, upload: EvidenceImport, by: "User", at: datetime) -> EvidenceImport:
    """Take out every record an import made; the import itself stays, without a word of its rows.

    Tags that stood on nothing else go as well.

    The numbers of its records are spent: none is given a second time.

    Raises:
        Refused: it is not brought in, or somebody has built on one of its records.

    """
    _take_turn(upload)
    upload = _locked(upload)
    rules.may_import(by, upload.trust).enforce()
    records = EvidenceRecord.objects.filter(imported_row__upload=upload)
    tags = list(queries.system_tags_on(upload).select_for_update(no_key=True))  # before records
    list(records.select_for_update(of=("self",)).values_list("pk", flat=True))
    rules.may_undo(upload, in_the_way=queries.system_in_the_way(upload)).enforce()
    count = records.count()
    _spend_numbers(upload.trust, records)
    records.delete()
    Tag.objects.filter(pk__in=[tag.pk for tag in tags], record_tags=None).delete()
    upload.rows = [row | dict.fromkeys(GONE_WHEN_UNDONE, "") for row in upload.rows]
    upload.status, upload.undone_at = rules.LIFECYCLE.target("undo"), at
    upload.save(update_fields=["rows", "status", "undone_at"])
    history.write(upload, "undone", by=by, records=count)
    return upload


def _spend_numbers(trust: Trust, records: "QuerySet[EvidenceRecord]") -> None:
    """Remember the highest number of each academy, while nobody is given one there."""
    highest = dict(records.order_by().values_list("academy").annotate(Max("number")))
    list(Academy.objects.select_for_update(no_key=True).filter(pk__in=highest).order_by("id"))
    spent = SpentNumber.objects.filter(academy__in=highest).values_list("academy", "number")
    for academy, number in spent:
        highest[academy] = max(number, highest[academy])
    SpentNumber.objects.bulk_create(
        (SpentNumber(trust=trust, academy_id=pk, number=it) for pk, it in highest.items()),
        update_conflicts=True,
        unique_fields=["academy"],
        update_fields=["number"],
    )


@transaction.atomic
def forget(*, before: datetime) -> int:
    """Delete imports from before then that were never brought in, rows and all; return how many."""
    left = list(queries.system_unconfirmed(before=before).select_for_update())
    for upload in left:
        history.write(upload, "forgotten", by=None, rows=len(upload.lines))
        upload.delete()
    return len(left)
