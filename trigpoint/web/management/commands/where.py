"""Answer "which files make this page?" from its address."""

import inspect
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import Resolver404, resolve

from trigpoint.web.endpoints import operations_of
from trigpoint.web.screens import CAPABILITY_MARK, PUBLIC_MARK


class Command(BaseCommand):
    """``manage.py where /judgements/findings/<id>/close/``."""

    help = "List the view, template, rule, operation and tests behind an address."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the path part of the address."""
        parser.add_argument("address")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        """Follow the naming rule; leave out a file that is not there, because not all are needed."""
        path = address.split("?", maxsplit=1)[0].removeprefix("http://").removeprefix("https://")
        path = path[path.find("/") :]
        try:
            match = resolve(path)
        except Resolver404 as unknown:
            msg = f"No screen at {address}. Give the path as it stands in the browser, such as /reviews/."
            raise CommandError(msg) from unknown
        answers = operations_of(match.func) or {"": match.func}
        for method, view in answers.items():
            if method:
                self.stdout.write(f"{'method':10} {method}")
            self.describe(view, match.view_name)

    def describe(self, view: Any, name: str) -> None:
        """Print who may, and the files, of one view or endpoint."""
        bare = inspect.unwrap(view)
        reason = getattr(view, PUBLIC_MARK, "")
        who = getattr(view, CAPABILITY_MARK, "") or f"anyone: {reason or 'the sign-in library'}"
        self.stdout.write(f"{'who':10} {who}")
        self.stdout.write(f"{'name':10} {name}")
        module = getattr(getattr(bare, "view_class", bare), "__module__", "")
        self.stdout.write(f"{'view':10} {module}.{getattr(bare, '__name__', bare)}")
        for label, path in files(module, getattr(bare, "__name__", "")).items():
            if (settings.ROOT / path).exists():
                self.stdout.write(f"{label:10} {path}")


def files(module: str, verb: str) -> dict[str, Path]:
    """Return where each part of a screen is by the house's naming rule, there or not."""
    if not module.startswith("trigpoint."):
        return {"routes": Path("trigpoint", "config", "urls.py")}
    area, *thing = module.split(".")[1:-1]
    home = Path("trigpoint", area, *thing)
    pages = Path("trigpoint", area, "templates", area, *thing)
    return {
        "file": Path(*module.split(".")).with_suffix(".py"),
        "template": pages / f"{verb}.html",
        "piece": pages / f"_{verb}.html",
        "forms": home / "forms.py",
        "rules": home / "rules.py",
        "operations": home / "operations.py",
        "queries": home / "queries.py",
        "models": home / "models.py",
        "tests": Path("tests", area, *thing),
    }
