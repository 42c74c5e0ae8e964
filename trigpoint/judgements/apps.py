"""App registration."""

from django.apps import AppConfig


class JudgementsConfig(AppConfig):
    """Registers trigpoint.judgements."""

    name = "trigpoint.judgements"
    label = "judgements"
