"""Make somebody an administrator from the server: the first one of a fresh installation."""

import sys
from getpass import getpass
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from trigpoint.people.accounts import operations
from trigpoint.records.refusals import Refused
from trigpoint.trusts.models import Trust


class Command(BaseCommand):
    """``manage.py add_administrator jo@ash.example --name "Jo Ash"``."""

    help = "Give somebody a sign-in and the role of administrator of a whole trust."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take who it is; the password is asked for, or read from standard input."""
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--group-uid", help="the trust; not needed when there is only one")
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="read the password's first line from stdin",
        )

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        """Add them, and say where to sign in."""
        trust = _trust(options["group_uid"])
        password = _password(from_stdin=options["password_stdin"])
        try:
            account = operations.system_add_administrator(
                trust=trust, name=name, email=email, password=password, on=timezone.localdate()
            )
        except Refused as refused:
            raise CommandError(refused.reason) from refused
        self.stdout.write(
            self.style.SUCCESS(f"{account} administers {trust}. Sign in to carry on.")
        )


def _password(*, from_stdin: bool) -> str:
    """Take the password without showing or keeping it."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    first, second = getpass("Password: "), getpass("Password again: ")
    if first != second:
        msg = "The two passwords differ. Run the command again."
        raise CommandError(msg)
    return first


def _trust(group_uid: str | None) -> Trust:
    """Find the trust by Group UID, or take the only one."""
    found = Trust.objects.filter(**({"group_uid": group_uid} if group_uid else {}))
    if found.count() == 1:
        return found.get()
    msg = (
        f"No trust here has Group UID {group_uid}. Run found_trust or import_gias first."
        if group_uid
        else "Say which trust with --group-uid: there is none here yet, or more than one."
    )
    raise CommandError(msg)
