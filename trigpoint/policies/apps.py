"""App registration."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """Registers trigpoint.policies."""

    name = "trigpoint.policies"
    label = "policies"

    def ready(self) -> None:
        """Offer the policy to everybody; those who look after it find its frameworks from there."""
        from trigpoint.people.roles import Capability  # noqa: PLC0415 -- apps are loaded only now
        from trigpoint.policies.acknowledgements import operations, tasks  # noqa: PLC0415 -- with it
        from trigpoint.policies.versions import tasks as versions  # noqa: PLC0415 -- with it
        from trigpoint.policies.versions.operations import PolicyAdopted  # noqa: PLC0415 -- with it
        from trigpoint.records import events, schedule  # noqa: PLC0415 -- with it
        from trigpoint.web import navigation  # noqa: PLC0415 -- with it
        from trigpoint.web.navigation import Entry, Group, Scope, Takes  # noqa: PLC0415 -- with it

        events.subscribe(PolicyAdopted, operations.on_policy_adopted)
        schedule.register(
            schedule.Job("policies.take-effect", "5 0 * * *", versions.take_effect),
            schedule.Job("policies.review-due", "30 6 * * *", tasks.announce_reviews),
        )
        navigation.register(
            Entry(
                "Who has read it",
                "user-check",
                "policies:acknowledgements-index",
                Capability.ACKNOWLEDGEMENT_VIEW,
                Group.PLAN,
                order=31,
                scopes=(Scope.TRUST, Scope.ACADEMY),
                takes=Takes.QUERY,
            ),
            Entry(
                "Policy",
                "book-2",
                "policies:versions-show",
                Capability.POLICY_VIEW,
                Group.PLAN,
                order=30,
                scopes=tuple(Scope),
            ),
        )
