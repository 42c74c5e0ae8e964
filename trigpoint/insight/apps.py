"""App registration."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Registers trigpoint.insight."""

    name = "trigpoint.insight"
    label = "insight"
