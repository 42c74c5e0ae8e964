"""App registration."""

from django.apps import AppConfig

THINGS = ("drafts", "labels", "sections", "questions", "xlsforms")  # whose list is the library


class InstrumentsConfig(AppConfig):
    """Registers trigpoint.instruments."""

    name = "trigpoint.instruments"
    label = "instruments"

    def ready(self) -> None:
        """Offer the forms to those who plan and capture with them."""
        from trigpoint.people.roles import Capability  # noqa: PLC0415 -- apps are loaded only now
        from trigpoint.web import navigation  # noqa: PLC0415 -- with it
        from trigpoint.web.navigation import Entry, Group, Scope  # noqa: PLC0415 -- with it

        navigation.register(
            Entry(
                "Instruments",
                "clipboard-list",
                "instruments:library-index",
                Capability.INSTRUMENT_VIEW,
                Group.PLAN,
                order=40,
                scopes=(Scope.TRUST, Scope.ACADEMY),
                also=tuple(f"instruments:{thing}" for thing in THINGS),
            )
        )
