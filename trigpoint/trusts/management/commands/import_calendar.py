"""Bring term dates in from an iCalendar file."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from trigpoint.records.refusals import Refused
from trigpoint.trusts.structure.models import Academy
from trigpoint.trusts.term_files import operations, rules


class Command(BaseCommand):
    """``manage.py import_calendar FILE --group-uid UID [--urn URN]``."""

    help = "Import term dates for one academy or for every academy of a trust."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the trust, and optionally one academy."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--group-uid", required=True, help="the trust's Group UID")
        parser.add_argument("--urn", type=int, help="one academy only, by its URN")

    def handle(
        self, *args: Any, file: Path, group_uid: str, urn: int | None, **options: Any
    ) -> None:
        """Import all of it or nothing, then say what was done."""
        if not file.is_file():
            msg = f"No file at {file}."
            raise CommandError(msg)
        academies = Academy.objects.filter(trust__group_uid=group_uid, closed_on=None)
        if urn:
            academies = academies.filter(urn=urn)
        if not academies:
            msg = "No such academy here. Import the trust's academies first: manage.py import_gias."
            raise CommandError(msg)
        try:
            reading = rules.read(file.read_bytes())
        except Refused as refused:
            raise CommandError(refused.reason) from refused
        report = operations.import_terms(
            academies=list(academies), reading=reading, by=None, on=timezone.localdate()
        )
        for event in reading.events:
            if event.taken is rules.Taken.LEFT_OUT:
                self.stdout.write(f"Left out: {event.title}, {event.starts_on}. {event.problem}")
        for sentence in reading.unread:
            self.stdout.write(f"Left out: {sentence}")
        self.stdout.write(self.style.SUCCESS(f"{len(academies)} academies: {report.words}"))
