"""App registration."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Registers trigpoint.reporting."""

    name = "trigpoint.reporting"
    label = "reporting"
