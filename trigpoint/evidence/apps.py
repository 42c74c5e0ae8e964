"""App registration: the sidebar's lines, the review's Evidence tab, its coverage panel, its jobs."""

from django.apps import AppConfig

from trigpoint.people.roles import Capability
from trigpoint.web import navigation, panels, tabs
from trigpoint.web.navigation import Entry, Group, Scope, Takes

BOTH = (Scope.TRUST, Scope.ACADEMY)
ENTRIES = (
    Entry(
        "Evidence",
        "notes",
        "evidence:entries-index",
        Capability.EVIDENCE_VIEW,
        Group.REVIEW,
        order=25,
        scopes=BOTH,
        takes=Takes.QUERY,
    ),
    Entry(
        "Capture",
        "pencil-plus",
        "evidence:entries-new",
        Capability.EVIDENCE_CAPTURE,
        Group.REVIEW,
        order=30,
        scopes=BOTH,
    ),
    Entry(
        "Surveys",
        "message-circle",
        "evidence:surveys-index",
        Capability.EVIDENCE_CAPTURE,
        Group.REVIEW,
        order=32,
        scopes=BOTH,
        takes=Takes.QUERY,
    ),
)


class EvidenceConfig(AppConfig):
    """Registers trigpoint.evidence."""

    name = "trigpoint.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Offer this area's pages to the shell and to the review's workspace."""
        from trigpoint.evidence.answering.tasks import forget_salt  # noqa: PLC0415 -- as below
        from trigpoint.evidence.entries import queries as entries  # noqa: PLC0415 -- as below
        from trigpoint.evidence.surveys.tasks import close_due  # noqa: PLC0415 -- as below
        from trigpoint.records.schedule import Job, register  # noqa: PLC0415 -- models load after
        from trigpoint.reviews.reviews.queries import system_look_also  # noqa: PLC0415 -- apps do
        from trigpoint.reviews.visits.queries import system_count_also  # noqa: PLC0415 -- likewise

        register(
            Job("evidence.surveys", "5 0 * * *", close_due),
            Job("evidence.answering-salt", "*/15 * * * *", forget_salt),
        )
        system_count_also(entries.system_stays)
        system_look_also("FIELDWORK", "evidence was recorded", entries.system_of_review)
        navigation.register(*ENTRIES)
        tabs.register(
            tabs.Tab(
                "review", "Evidence", "evidence:entries-index", Capability.EVIDENCE_VIEW, order=20
            )
        )
        panels.register(
            panels.Panel(
                "review-today",
                "What we have seen, and what we have not",
                "evidence:coverage-show",
                Capability.EVIDENCE_VIEW,
                order=10,
            )
        )
