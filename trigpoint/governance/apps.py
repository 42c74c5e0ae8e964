"""App registration: the sidebar's Assurance and Meetings."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Registers trigpoint.governance."""

    name = "trigpoint.governance"
    label = "governance"

    def ready(self) -> None:
        """Offer the area's entries; the assurance page is where a trustee starts."""
        from trigpoint.people.roles import Capability  # noqa: PLC0415 -- apps must be ready first
        from trigpoint.web import navigation, panels  # noqa: PLC0415 -- apps must be ready first
        from trigpoint.web.navigation import Entry  # noqa: PLC0415 -- apps must be ready first

        navigation.register(
            Entry(
                "Assurance",
                "shield-check",
                "governance:assurance-show",
                Capability.ASSURANCE_VIEW,
                order=50,
                home=True,
            ),
            Entry(
                "Meetings",
                "message-2",
                "governance:meetings-index",
                Capability.MEETING_VIEW,
                order=60,
            ),
        )
        panels.register(
            panels.Panel(
                "assurance",
                "Decisions and questions",
                "governance:meetings-latest",
                Capability.MEETING_VIEW,
            )
        )
