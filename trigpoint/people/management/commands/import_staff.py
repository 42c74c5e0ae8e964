"""Bring a trust's own staff list in."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from trigpoint.people.sheets.rules import Order
from trigpoint.people.staff_lists import operations, rules
from trigpoint.records.refusals import Refused
from trigpoint.trusts.models import Trust

ORDERS = {"day": Order.DAY_FIRST, "month": Order.MONTH_FIRST}


class Command(BaseCommand):
    """``manage.py import_staff FILE --group-uid UID``."""

    help = "Bring staff in from a CSV or Excel file; running it twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the trust, and how the file writes days when that cannot be told."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--group-uid", help="the trust; not needed when there is only one")
        parser.add_argument("--first", choices=ORDERS, help="what 03/04/2026 begins with")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring in all rows or none, with a bar on stderr, then say what was done."""
        path: Path = options["file"]
        if not path.is_file():
            msg = f"No file at {path}."
            raise CommandError(msg)
        try:
            made = operations.upload(
                trust=_trust(options["group_uid"]),
                data=path.read_bytes(),
                name=path.name,
                order=ORDERS.get(options["first"] or ""),
                by=None,
                on=timezone.localdate(),
            )
            if rules.may_confirm(made):
                made = operations.confirm(upload=made, by=None, at=timezone.now(), each=self._bar)
        except Refused as refused:
            raise CommandError(refused.reason) from refused
        self._report(made.rows, made.columns)

    def _report(self, rows: list[rules.Row], columns: dict[str, list[str]]) -> None:
        for row in rows:
            if row["outcome"] == rules.REFUSED:
                self.stdout.write(f"Row {row['number']}, {row['name']}: {row['words']}")
        if columns["unknown"]:
            self.stdout.write(f"Columns not used: {', '.join(columns['unknown'])}.")
        if columns["secret"]:
            self.stdout.write(f"Never read: {', '.join(columns['secret'])}.")
        counts = rules.tally(rows)
        self.stdout.write(
            self.style.SUCCESS(
                f"{counts['create']} created, {counts['update']} updated, "
                f"{counts['unchanged']} unchanged, {counts['refused']} refused."
            )
        )

    def _bar(self, rows: list[rules.Row]) -> Iterable[rules.Row]:
        return tqdm(rows, unit="row", file=self.stderr, disable=None)


def _trust(group_uid: str | None) -> Trust:
    """Find the trust by Group UID, or take the only one."""
    found = Trust.objects.filter(**({"group_uid": group_uid} if group_uid else {}))
    if found.count() == 1:
        return found.get()
    msg = (
        f"No trust here has Group UID {group_uid}. Run import_gias first."
        if group_uid
        else "Say which trust with --group-uid: there is none here yet, or more than one."
    )
    raise CommandError(msg)
