"""App registration."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Registers trigpoint.evidence."""

    name = "trigpoint.evidence"
    label = "evidence"
