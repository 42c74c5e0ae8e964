"""What an import's rows can name, what is there already, and what stands in the way of undoing it."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet

from trigpoint.evidence.entries.models import EvidenceRecord, Reply
from trigpoint.evidence.entries.queries import system_numbered
from trigpoint.evidence.imports import rules
from trigpoint.evidence.imports.models import ColumnMemory, EvidenceImport, ImportedRow
from trigpoint.evidence.imports.rules import Known
from trigpoint.evidence.tags.models import RecordTag, Tag
from trigpoint.instruments.library.queries import system_published
from trigpoint.people.models import Post
from trigpoint.policies.models import PolicyVersion, Standard
from trigpoint.records.tables import tidy
from trigpoint.reviews.visits.queries import system_year_of
from trigpoint.trusts.models import Academy, Trust

if TYPE_CHECKING:
    from trigpoint.people.models import User

Uses = Callable[[Collection[UUID]], "QuerySet[Any]"]  # rows with a record
_uses: list[tuple[str, Uses]] = []


def system_stand_on(words: str, uses: Uses) -> None:
    """Say what an upper area builds on records. Call from ``AppConfig.ready``; twice changes nothing."""
    if words not in {said for said, _ in _uses}:
        _uses.append((words, uses))


def imports(*, viewer: "User") -> QuerySet[EvidenceImport]:
    """Return the imports, newest first, without the rows of their files."""
    found = EvidenceImport.objects.visible_to(viewer).defer("lines", "columns", "matched", "rows")
    return found.select_related("uploaded_by").order_by("-created_at", "id")


def system_unconfirmed(*, before: datetime) -> QuerySet[EvidenceImport]:
    """Return the imports from before then that were never brought in."""
    waiting = [EvidenceImport.Status.UPLOADED, EvidenceImport.Status.CHECKED]
    found = EvidenceImport.objects.filter(status__in=waiting, created_at__lt=before)
    return found.order_by("created_at", "id")


def system_remembered(trust: Trust) -> dict[str, str]:
    """Return what the trust's headings were taken for last time."""
    memory = ColumnMemory.objects.filter(trust=trust).first()
    return memory.headings if memory else {}


def system_known(trust: Trust, *, importer: UUID, on: date) -> Known:
    """Return what a row that ``importer`` brings in can name, in seven queries for any number."""
    academies, called = _academies(trust)
    in_force = Standard.objects.filter(
        trust=trust, version__status=PolicyVersion.Status.IN_FORCE
    ).values_list("code", "id")
    staff: dict[tuple[UUID, str], list[UUID]] = {}
    names: dict[UUID, list[str]] = {}
    posts = Post.objects.filter(trust=trust, academy__isnull=False)
    for academy_id, name, person_id in posts.values_list(
        "academy", "person__name", "person"
    ).distinct():
        if academy_id is not None:
            staff.setdefault((academy_id, tidy(name)), []).append(person_id)
            names.setdefault(academy_id, []).append(name)
    there = ImportedRow.objects.filter(trust=trust).values_list("digest", "record__imported_from")
    kinds = {kind: form.content for kind, form in system_published(trust.pk).items()}
    year_from, _ = system_year_of(trust, on)
    return Known(
        academies, called, kinds, dict(in_force), staff, names, dict(there), year_from, importer
    )


def _academies(trust: Trust) -> tuple[dict[str, list[UUID]], dict[UUID, str]]:
    """Return the academies by what a row may write, and what each is called in the preview."""
    found = list(Academy.objects.filter(trust=trust).values_list("id", "name", "urn"))
    by_name: dict[str, list[UUID]] = {}
    for pk, name, _ in found:
        by_name.setdefault(tidy(name), []).append(pk)
    called = {
        pk: f"{name}, URN {urn}" if urn and len(by_name[tidy(name)]) > 1 else name
        for pk, name, urn in found
    }
    return by_name | {str(urn): [pk] for pk, _, urn in found if urn}, called


def system_last_number(academy_id: UUID) -> int:
    """Return the highest number ever given in an academy, those of what is gone as well."""
    numbered = system_numbered(academy_id)
    return max(rows.aggregate(last=Max("number"))["last"] or 0 for rows in numbered)


def system_tags_on(upload: EvidenceImport) -> QuerySet[Tag]:
    """Return the tags that stand on records of an import."""
    marks = RecordTag.objects.filter(record__imported_row__upload=upload)
    return Tag.objects.filter(pk__in=marks.values("tag")).order_by("id")


def _leaning_on(upload: EvidenceImport) -> list[str]:
    """Say which later imports left rows out because this one had brought them in."""
    if upload.confirmed_at is None:
        return []  # it has brought nothing in yet
    digests, words = set(), set()
    for digest, number in upload.imported_rows.values_list("digest", "number"):
        digests.add(digest)
        words.add(rules.known_from(f"{upload.file_name}, row {number}"))
    later = EvidenceImport.objects.filter(
        trust=upload.trust_id,
        status=EvidenceImport.Status.CONFIRMED,
        confirmed_at__gte=upload.confirmed_at,
        tally__KNOWN__gt=0,
    ).exclude(pk=upload.pk)
    found = []
    for name, rows in later.order_by("confirmed_at", "id").values_list("file_name", "rows"):
        count = sum(  # those from before digests were kept are known by their words
            row["digest"] in digests if "digest" in row else row["words"] in words for row in rows
        )
        if count:
            left_out = "1 row" if count == 1 else f"{count} rows"
            found.append(
                f"it alone holds {left_out} that {name} left out as there already; undo that first"
            )
    return found


def _tagged_by_others(ids: Collection[UUID]) -> "QuerySet[Any]":
    tags = RecordTag.objects.filter(record__in=ids).exclude(tagged_by=F("record__author"))
    return tags.values("record")


def system_in_the_way(upload: EvidenceImport) -> list[str]:
    """Say of records of an import what somebody has done with them since."""
    records = EvidenceRecord.objects.filter(imported_row__upload=upload)
    ids = list(records.values_list("pk", flat=True))
    done: list[tuple[str, QuerySet[EvidenceRecord]]] = [
        ("shared", records.filter(shared_at__isnull=False)),
        ("changed by its author", records.filter(revision__gt=1)),
        ("a record with a file", records.filter(attachments__isnull=False)),
        (
            "answered",
            records.filter(Q(pk__in=Reply.objects.filter(record__in=ids).values("record"))),
        ),
        ("tagged by somebody else", records.filter(pk__in=_tagged_by_others(ids))),
        *((words, records.filter(pk__in=uses(ids).values("record"))) for words, uses in _uses),
    ]
    found = []
    for words, used in done:
        first = used.select_related("academy").order_by("academy__name", "number", "id").first()
        if first:
            found.append(f"{first.reference} of {first.academy.name} is {words}")
    return found + _leaning_on(upload)
