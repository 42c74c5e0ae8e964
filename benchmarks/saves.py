"""How many records a second are accepted, beside bare inserts of the same rows in the same run.

    python -m benchmarks.saves                       # on SQLite, in a temporary folder
    DATABASE_URL=postgres://… python -m benchmarks.saves   # on an empty database of that server

The real web server (two processes) takes records from eight clients over HTTP: sign-in, rules,
record, notes and history, each save a transaction of its own that is on disk before the answer.
The floor writes the very same rows, one transaction a record, with no questions asked. Both
figures depend on the machine; read the ratio.
"""

import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

CLIENTS = 8
EACH = 40  # records of one client in one round
ROUNDS = 3
NOTES = 3


def main() -> None:
    """Build a small world, then time a floor and a round of saves, in turn."""
    from tests.faults import servers

    var = Path(tempfile.mkdtemp(prefix="saves-"))
    servers.environment(var, os.environ.get("DATABASE_URL") or f"sqlite:///{var / 'saves.sqlite3'}")
    import django

    django.setup()
    from django.db import connection

    from tests.faults import comparing

    if (floor_table := "evidence_evidencerecord") in connection.introspection.table_names():
        sys.exit(f"The database is not empty: it holds {floor_table}. Name an empty one.")
    tablets = comparing.found(CLIENTS, CLIENTS * EACH * ROUNDS)
    server = servers.Server(var, None, seed=1)
    server.start_web()
    try:
        saved, floors = [], []
        for number in range(ROUNDS):
            saved.append(rate(number, tablets, server.port))
            floors.append(floor(number))
    finally:
        server.end()
        shutil.rmtree(var, ignore_errors=True)
    took, least = statistics.median(saved), statistics.median(floors)
    print(f"{connection.vendor}; {CLIENTS} clients; {NOTES} notes a record; medians of {ROUNDS}")
    print(f"accepted over HTTP   {took:7.0f} records/s")
    print(f"bare inserts         {least:7.0f} records/s, one client, one transaction each")
    print(f"ratio                {least / took:7.1f}")


def rate(number: int, tablets: list[Any], port: int) -> float:
    """Have every client send its records; return how many a second were accepted."""
    from tests.faults.devices import Device
    from tests.faults.typed import MORNING, Typist

    devices = []
    for place, (cookies, places) in enumerate(tablets):
        typist = Typist(f"{number} {place}", places)
        records = [typist.record(number * EACH + one) for one in range(EACH)]
        for record in records:
            notes = [typist.note(one, MORNING) for one in range(NOTES)]
            record.revisions = [record.revisions[0] | {"notes": notes}]
        devices.append(Device(f"{number} {place}", port, cookies, records))
    begun = time.perf_counter()
    for device in devices:
        device.start()
    for device in devices:
        device.join()
    taken = time.perf_counter() - begun
    accepted = sum(device.counts["receipts"] for device in devices)
    if accepted != CLIENTS * EACH:
        sys.exit(f"Only {accepted} were accepted: {[device.wrong[:1] for device in devices]}")
    return accepted / taken


def floor(number: int) -> float:
    """Insert the rows of as many records again, bare, and return how many a second."""
    from django.db import transaction
    from django.db.models import Max

    from trigpoint.evidence.models import EvidenceRecord, Note
    from trigpoint.records.models import HistoryEntry

    many = CLIENTS * EACH
    some = EvidenceRecord.objects.order_by("-created_at", "id").prefetch_related("notes")[:many]
    kept = [(one, list(one.notes.all())) for one in some]
    entries = HistoryEntry.objects.filter(subject_id__in=[one.pk for one, _ in kept])
    said = {entry.subject_id: entry for entry in entries}
    last = EvidenceRecord.objects.aggregate(last=Max("number"))["last"] + number * many
    for place, (record, notes) in enumerate(kept, 1):
        entry = said.pop(record.pk)
        record.pk, record.number = uuid4(), last + place
        entry.pk, entry.subject_id = uuid4(), record.pk
        said[record.pk] = entry
        for note in notes:
            note.pk, note.record_id = uuid4(), record.pk
    begun = time.perf_counter()
    for record, notes in kept:
        with transaction.atomic():
            EvidenceRecord.objects.bulk_create([record])
            Note.objects.bulk_create(notes)
            HistoryEntry.objects.bulk_create([said[record.pk]])
    return many / (time.perf_counter() - begun)


if __name__ == "__main__":
    main()
