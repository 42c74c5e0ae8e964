"""What every start and every upgrade needs before the first page: tables, cache, static files."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """``manage.py prepare``. Safe to repeat; changes nothing that is up to date."""

    help = "Bring the database and the static files up to date."

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, make the cache table, collect the static files."""
        settings.VAR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if options["verbosity"]:
            self.stdout.write("The database and the static files are up to date.")
