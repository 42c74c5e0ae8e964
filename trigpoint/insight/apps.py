"""App registration: the sidebar's lines, and the rollup's ears."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Registers trigpoint.insight."""

    name = "trigpoint.insight"
    label = "insight"

    def ready(self) -> None:
        """Offer the overviews to the shell."""
        from trigpoint.people.roles import Capability  # noqa: PLC0415 -- apps are loaded only now
        from trigpoint.web import navigation  # noqa: PLC0415
        from trigpoint.web.navigation import Entry, Scope, Takes  # noqa: PLC0415

        navigation.register(
            Entry(
                "Overview",
                "layout-grid",
                "insight:overviews-trust",
                Capability.TRUST_OVERVIEW,
                order=1,
                home=True,
            ),
            Entry(
                "Academies",
                "school",
                "insight:overviews-academies",
                Capability.ACADEMY_OVERVIEW,
                order=10,
            ),
            Entry(
                "Our academy",
                "school",
                "insight:overviews-academy",
                Capability.ACADEMY_OVERVIEW,
                order=1,
                scopes=(Scope.ACADEMY,),
                takes=Takes.PATH,
                home=True,
            ),
            Entry(
                "Teams",
                "users",
                "insight:teams-index",
                Capability.TEAM_OVERVIEW,
                order=20,
                scopes=(Scope.ACADEMY, Scope.ME),
            ),
            Entry(
                "My practice",
                "notebook",
                "insight:practice-show",
                Capability.MY_PRACTICE,
                order=1,
                scopes=(Scope.ME,),
                home=True,
            ),
        )
