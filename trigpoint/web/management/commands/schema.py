"""Write the description of the JSON API that other programs read."""

import json
from argparse import ArgumentParser
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.module_loading import import_string


class Command(BaseCommand):
    """``manage.py schema``, and ``--check`` for CI."""

    help = "Write docs/api/openapi.yaml."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ``--check``: change nothing, fail if something would change."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Compare the file with the API, and write it if it differs."""
        path = settings.ROOT / "docs" / "api" / "openapi.yaml"
        text = described()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            self.stdout.write("Nothing to change.")
            return
        if check:
            msg = "docs/api/openapi.yaml is not what the API says any more. Run `make schema`."
            raise CommandError(msg)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.stdout.write("Written: docs/api/openapi.yaml")


def described() -> str:
    """Return the API's OpenAPI description as YAML."""
    # Endpoints are above ``web`` in the stack, so the API is found by name, as the URL map is.
    api: Any = import_string("trigpoint.config.api_urls.api")
    plain = json.loads(
        json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), cls=DjangoJSONEncoder)
    )
    return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=100)
