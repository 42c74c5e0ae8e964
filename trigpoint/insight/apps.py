"""App registration: the sidebar's lines, and the rollup's ears."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Registers trigpoint.insight."""

    name = "trigpoint.insight"
    label = "insight"

    def ready(self) -> None:
        """Offer the overviews to the shell, and hear what changes them."""
        _draw_sidebar()
        _lead_in()
        _listen()


def _draw_sidebar() -> None:
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
            of_several=True,
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


def _lead_in() -> None:
    """Say which page matters first to whom. One list, so that the order can be read."""
    from trigpoint.people.roles import Capability  # noqa: PLC0415 -- apps are loaded only now
    from trigpoint.web import navigation  # noqa: PLC0415
    from trigpoint.web.navigation import Landing  # noqa: PLC0415

    navigation.land(
        Landing("insight:overviews-trust", Capability.TRUST_OVERVIEW, 10),
        Landing("governance:assurance-show", Capability.ASSURANCE_VIEW, 20),
        Landing("insight:overviews-academies", Capability.ACTION_RAISE, 30),
        Landing("reviews:reviews-index", Capability.REVIEW_RUN, 40),
        Landing("trusts:structure-index", Capability.ACADEMY_IMPORT, 50),
        Landing("improvement:needs-index", Capability.NEED_VIEW, 60),
        Landing("insight:teams-index", Capability.TEAM_OVERVIEW, 70),
        Landing("people:grants-index", Capability.GRANT_VIEW, 80),
        Landing("insight:practice-show", Capability.MY_PRACTICE, 90),
    )


def _listen() -> None:
    """Keep the rollup in step, in the transaction of whatever changed."""
    from trigpoint.insight.standings import operations  # noqa: PLC0415 -- apps are loaded only now
    from trigpoint.judgements.levels.operations import JudgementsStand  # noqa: PLC0415
    from trigpoint.policies.versions.operations import PolicyAdopted  # noqa: PLC0415
    from trigpoint.records import events  # noqa: PLC0415
    from trigpoint.reviews.reviews.operations import LooksChanged  # noqa: PLC0415
    from trigpoint.trusts.calendars.operations import CalendarChanged  # noqa: PLC0415
    from trigpoint.trusts.structure.operations import AcademyChanged, TierSet  # noqa: PLC0415

    events.subscribe(JudgementsStand, operations.on_judgements_stand)
    events.subscribe(PolicyAdopted, operations.on_policy_adopted)
    events.subscribe(AcademyChanged, operations.on_academy_changed)
    events.subscribe(TierSet, operations.on_tier_set)
    events.subscribe(LooksChanged, operations.on_looks_changed)
    events.subscribe(CalendarChanged, operations.on_calendar_changed)
