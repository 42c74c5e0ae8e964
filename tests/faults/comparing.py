"""A small world to write in, and the comparison of what is stored with what was typed."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tests.faults.typed import content_hash

RECORDS_A_VISIT = 8
CSRF = "a" * 32
WHERE_IT_IS = ("activity_id", "academy_id", "review_id", "kind")  # filled in from the visit


def found(devices, records):
    """Build a trust with a reviewer for each device, and return their cookies and places."""
    settings.MIGRATION_MODULES = dict.fromkeys(one.label for one in apps.get_app_configs())
    call_command("migrate", run_syncdb=True, verbosity=0)  # tables from the models, as tests do
    call_command("createcachetable", verbosity=0)
    from tests.factories import (  # noqa: PLC0415 -- builders need Django to be ready
        AcademyFactory,
        ActivityFactory,
        InstrumentFactory,
        InstrumentVersionFactory,
        ReviewFactory,
        person,
    )
    from trigpoint.people.roles import Role  # noqa: PLC0415

    home = AcademyFactory.create()
    review = ReviewFactory.create(academy=home)
    InstrumentVersionFactory.create(instrument=InstrumentFactory.create(
        trust=home.trust, kind="BOOK_SCRUTINY"
    ))  # fmt: skip
    form = InstrumentVersionFactory.create(instrument__trust=home.trust)
    some = max(1, records // devices // RECORDS_A_VISIT)
    tablets = []
    for _ in range(devices):
        user = person(Role.REVIEWER, at=home.trust)
        academy = AcademyFactory.create(trust=home.trust)
        visits = [
            ActivityFactory.create(review=review, instrument_version=form) for _ in range(some)
        ]
        places = [{"academy_id": str(academy.pk), "kind": "BOOK_SCRUTINY"}] + [
            {"activity_id": str(visit.pk)} for visit in visits
        ]
        tablets.append((cookies(user), places))
    return tablets


def cookies(user):
    """Sign somebody in."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {name: client.cookies[name].value, settings.CSRF_COOKIE_NAME: CSRF}


@dataclass
class Outcome:
    """What is not on the server as it was typed. ``first`` names a few of each."""

    counts: Counter = field(default_factory=Counter)
    first: list = field(default_factory=list)

    def add(self, kind, words, many=1):
        """Count one thing that is wrong."""
        if many:
            self.counts[kind] += many
            self.first.append(f"{kind}: {words}")


def compare(records, photos):
    """Compare everything that is stored with everything that was typed."""
    from trigpoint.evidence.models import EvidenceRecord, Note  # noqa: PLC0415

    outcome = Outcome()
    stored = {
        one.pk: one
        for one in EvidenceRecord.objects.select_related("activity").order_by("number", "id")
    }
    for record in records:
        compare_record(record, stored.get(record.id), outcome)
    twice = set(stored) - {record.id for record in records}
    outcome.add("duplicated", f"{len(twice)} records nobody holds a receipt for", len(twice))
    expected = sum(len(record.revisions[-1]["notes"]) for record in records)
    spare = Note.objects.exclude(record__in=twice).count() - expected
    outcome.add("duplicated", "notes", max(0, spare))
    compare_history(records, photos, twice, outcome)
    compare_photos(photos, outcome)
    return outcome


def compare_record(record, stored, outcome):
    """Hold one record against its last revision."""
    from trigpoint.evidence.entries.queries import system_content  # noqa: PLC0415

    typed = record.revisions[-1]
    if stored is None or stored.revision < len(record.revisions):
        outcome.add("lost", record.id)
        return
    if stored.revision > len(record.revisions):
        outcome.add("duplicated", f"{record.id} has {stored.revision} revisions")
    here = system_content(stored).plain()
    for note in here["notes"]:
        del note["key"]  # the server's own name for it
    notes = [{name: note[name] for name in note if name != "key"} for note in typed["notes"]]
    wanted = typed | {"notes": notes} | {name: here[name] for name in WHERE_IT_IS}
    placed = all(typed[name] in (None, "", here[name]) for name in WHERE_IT_IS)
    if here != wanted or not placed or stored.content_hash != content_hash(typed):
        outcome.add("altered", record.id)


def compare_history(records, photos, twice, outcome):
    """Each record was begun once, and each photo attached once, however often it was sent."""
    from trigpoint.records.models import HistoryEntry  # noqa: PLC0415

    said = HistoryEntry.objects.filter(subject_type="evidence.evidencerecord")
    for verb, many in (("started", len(records) + len(twice)), ("attached", len(photos))):
        outcome.add("duplicated", f"“{verb}”", max(0, said.filter(verb=verb).count() - many))


def compare_photos(photos, outcome):
    """Hold each photo's bytes and row against the device's, and look for what was left over."""
    from trigpoint.evidence.models import Attachment, UploadPart  # noqa: PLC0415

    stored = {one.pk: one for one in Attachment.objects.all()}
    for photo in photos:
        compare_photo(photo, stored.pop(photo.id, None), outcome)
    outcome.add("duplicated", "photos", len(stored))
    outcome.add("left over", "pieces", UploadPart.objects.count())
    kept = {str(name) for name in Attachment.objects.values_list("file", flat=True)}
    root = Path(settings.MEDIA_ROOT)
    files = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    outcome.add("left over", "files", len(files - kept))


def compare_photo(photo, stored, outcome):
    """Hold one photo against what is stored of it."""
    if stored is None:
        outcome.add("lost", f"photo {photo.id}")
    elif (stored.record_id, stored.received_sha256) != (photo.record.id, photo.sha256):
        outcome.add("altered", f"photo {photo.id}")
    elif hashlib.sha256(stored.file.read()).hexdigest() != stored.sha256:
        outcome.add("altered", f"the stored file of photo {photo.id}")


def is_sound():
    """Say what the database says of itself."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA integrity_check")
            return str(cursor.fetchone()[0])
        cursor.execute("SELECT count(*) FROM evidence_evidencerecord")
        return "ok"
