"""The demo as a Django app. Installed only in demo mode (``config.settings``)."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Offers the one-click sign-ins."""

    name = "trigpoint.demo"
    label = "demo"

    def ready(self) -> None:
        """Put a button for each role on the sign-in page."""
        from trigpoint.demo.signin import queries  # noqa: PLC0415 -- models load after apps
        from trigpoint.web import shell  # noqa: PLC0415

        shell.offer_sign_ins(queries.system_offered)
