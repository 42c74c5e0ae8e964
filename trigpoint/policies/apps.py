"""App registration."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """Registers trigpoint.policies."""

    name = "trigpoint.policies"
    label = "policies"

    def ready(self) -> None:
        """Offer the policy to everybody; those who look after it find its frameworks from there."""
        from trigpoint.people.roles import Capability  # noqa: PLC0415 -- apps are loaded only now
        from trigpoint.web import navigation  # noqa: PLC0415 -- with it
        from trigpoint.web.navigation import Entry, Group, Scope  # noqa: PLC0415 -- with it

        navigation.register(
            Entry(
                "Policy",
                "book-2",
                "policies:versions-show",
                Capability.POLICY_VIEW,
                Group.PLAN,
                order=30,
                scopes=tuple(Scope),
            )
        )
