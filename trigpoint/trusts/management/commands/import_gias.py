"""Bring a trust's academies in from the files of Get Information About Schools."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from trigpoint.records.refusals import Refused
from trigpoint.trusts.gias import operations, rules


class Command(BaseCommand):
    """``manage.py import_gias --groups FILE --links FILE --group-uid UID``."""

    help = "Import a trust's academies by Group UID; the trust is founded when it is new."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the two files, the trust, and optionally the establishments file."""
        parser.add_argument("--groups", type=Path, required=True, help="allgroupsdata CSV")
        parser.add_argument("--links", type=Path, required=True, help="alllinksdata CSV")
        parser.add_argument("--establishments", type=Path, help="edubasealldata CSV, for ages")
        parser.add_argument("--group-uid", required=True, help="the trust's Group UID")
        parser.add_argument(
            "--our-trust", action="store_true", help="found it beside the trusts here already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import all of it or nothing, with a bar on stderr, then say what was done."""
        given = [options["groups"], options["links"], options["establishments"]]
        groups, links, places = [_bytes(path) if path else b"" for path in given]
        names = ", ".join(path.name for path in given if path)
        try:
            run = operations.system_import(
                files=operations.Files(groups, links, places, names),
                group_uid=options["group_uid"],
                at=timezone.now(),
                is_ours=options["our_trust"],
                each=self._bar,
            )
        except Refused as refused:
            raise CommandError(refused.reason) from refused
        for row in run.rows:
            if row["outcome"] == rules.Outcome.REFUSED:
                self.stdout.write(f"Row {row['row']}, {row['name']}: {row['words']}")
        counts = rules.tally(run.rows)
        self.stdout.write(f"{run.group_name} (Group UID {run.group_uid})")
        self.stdout.write(
            self.style.SUCCESS(
                f"{counts['create']} created, {counts['update']} updated, "
                f"{counts['unchanged']} unchanged, {counts['refused']} refused."
            )
        )

    def _bar(self, rows: list[operations.Row]) -> Iterable[operations.Row]:
        return tqdm(rows, unit="academy", file=self.stderr, disable=None)


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        msg = f"No file at {path}."
        raise CommandError(msg)
    return path.read_bytes()
