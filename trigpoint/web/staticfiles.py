"""Which files are collected, and where they lie: named by what is in them."""

from collections.abc import Iterable
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from whitenoise.storage import (  # type: ignore[import-untyped]  # it carries no types
    CompressedManifestStaticFilesStorage,
)


class OwnFinder(AppDirectoriesFinder):
    """Finds every app's files but the scripts of a library that we ship ourselves."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        """List what is collected: names and where they are stored."""
        return super().list([*(ignore_patterns or ()), "django_htmx"])


class ModuleStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # as above
    """The same, and a script that imports another finds it under its new name."""

    support_js_module_import_aggregation = True
