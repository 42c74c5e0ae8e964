"""Which files are collected, and where they lie: named by what is in them."""

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage


class OwnStaticFiles(StaticFilesConfig):
    """Collects everything but the scripts of a library that we ship ourselves."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "django_htmx"]


class ModuleStorage(CompressedManifestStaticFilesStorage):
    """The same, and a script that imports another finds it under its new name."""

    support_js_module_import_aggregation = True
