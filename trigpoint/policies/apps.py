"""App registration."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """Registers trigpoint.policies."""

    name = "trigpoint.policies"
    label = "policies"
