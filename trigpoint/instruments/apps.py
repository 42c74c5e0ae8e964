"""App registration."""

from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    """Registers trigpoint.instruments."""

    name = "trigpoint.instruments"
    label = "instruments"
