"""App registration: the sidebar's Reports, a review's Report tab, and what is heard from below."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Registers trigpoint.reporting."""

    name = "trigpoint.reporting"
    label = "reporting"

    def ready(self) -> None:
        """Offer the area's entry and tab, and hear when a review closes."""
        from trigpoint.people.roles import Capability  # noqa: PLC0415 -- apps must be ready first
        from trigpoint.records import events  # noqa: PLC0415 -- apps must be ready first
        from trigpoint.reporting.reports import (  # noqa: PLC0415 -- apps must be ready first
            operations,
            queries,
        )
        from trigpoint.reviews.reviews.operations import (  # noqa: PLC0415 -- apps must be ready first
            ReviewClosed,
        )
        from trigpoint.reviews.reviews.queries import (  # noqa: PLC0415 -- apps must be ready first
            system_look_also,
        )
        from trigpoint.web import navigation, panels, tabs  # noqa: PLC0415 -- apps must be ready first
        from trigpoint.web.navigation import (  # noqa: PLC0415 -- apps must be ready first
            Entry,
            Group,
            Scope,
            Takes,
        )

        navigation.register(
            Entry(
                "Reports",
                "file-text",
                "reporting:reports-index",
                Capability.REPORT_VIEW,
                Group.REVIEW,
                order=20,
                scopes=(Scope.TRUST, Scope.ACADEMY),
                takes=Takes.QUERY,
            )
        )
        tabs.register(
            tabs.Tab(
                "review", "Report", "reporting:drafts-for_review", Capability.REPORT_VIEW, order=50
            )
        )
        panels.register(
            panels.Panel(
                "judgement",
                "What the report says",
                "reporting:statements-for_judgement",
                Capability.REPORT_VIEW,
            )
        )
        system_look_also("REPORTING", "the report was begun", queries.system_of_review)
        events.subscribe(ReviewClosed, operations.on_review_closed)
