"""Add a trust to a fresh installation."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from trigpoint.records.refusals import Refused
from trigpoint.trusts.structure import operations


class Command(BaseCommand):
    """``manage.py found_trust "Ash Learning Trust" --group-uid 4119``."""

    help = "Add a trust; import_gias does this by itself for a trust in the register."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the trust's name and, when it has one, its Group UID."""
        parser.add_argument("name")
        parser.add_argument("--group-uid", default="", help="in Get Information About Schools")

    def handle(self, *args: Any, name: str, group_uid: str, **options: Any) -> None:
        """Add the trust and say what to do next."""
        try:
            trust = operations.found_trust(name=name, group_uid=group_uid)
        except Refused as refused:
            raise CommandError(refused.reason) from refused
        self.stdout.write(
            self.style.SUCCESS(f"{trust} is here. Next: manage.py add_administrator.")
        )
