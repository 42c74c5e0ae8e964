"""App registration."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Registers trigpoint.governance."""

    name = "trigpoint.governance"
    label = "governance"
