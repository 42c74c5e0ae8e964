"""App registration: the sidebar's lines, the search box, a review's Evidence, the search index, jobs."""

from django.apps import AppConfig

from trigpoint.people.roles import Capability
from trigpoint.web import everywhere, navigation, panels, tabs
from trigpoint.web.navigation import Entry, Group, Scope, Takes

BOTH = (Scope.TRUST, Scope.ACADEMY)
ROOM = "evidence:room-index"
ENTRIES = (
    Entry(
        "Evidence",
        "notes",
        ROOM,
        Capability.EVIDENCE_VIEW,
        Group.REVIEW,
        order=25,
        scopes=BOTH,
        takes=Takes.QUERY,
        also=("evidence:entries",),
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
    Entry(
        "Past evidence",
        "file-upload",
        "evidence:imports-index",
        Capability.EVIDENCE_IMPORT,
        Group.SETUP,
        order=18,
    ),
)


class EvidenceConfig(AppConfig):
    """Registers trigpoint.evidence."""

    name = "trigpoint.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Offer this area's pages to the shell and to the review's workspace."""
        from trigpoint.evidence.entries import queries as entries  # noqa: PLC0415 -- models load after
        from trigpoint.reviews.lines.queries import system_rest_also  # noqa: PLC0415 -- as below
        from trigpoint.reviews.reviews.queries import system_look_also  # noqa: PLC0415 -- apps do
        from trigpoint.reviews.visits.queries import system_count_also  # noqa: PLC0415 -- likewise

        everywhere.register("evidence/offline/_everywhere.html")
        system_count_also(entries.system_stays)
        system_look_also("FIELDWORK", "evidence was recorded", entries.system_of_review)
        system_rest_also("evidence", entries.system_on_line)
        self._keep_words()
        self._keep_jobs()
        navigation.offer_search(Entry("Search evidence", "search", ROOM, Capability.EVIDENCE_VIEW))
        navigation.register(*ENTRIES)
        tabs.register(tabs.Tab("review", "Evidence", ROOM, Capability.EVIDENCE_VIEW, order=20))
        panels.register(
            panels.Panel(
                "review-today",
                "What we have seen, and what we have not",
                "evidence:coverage-show",
                Capability.EVIDENCE_VIEW,
                order=10,
            )
        )

    def _keep_words(self) -> None:
        """Have the search index put up again after whatever migrations did to its tables."""
        from django.db.models.signals import post_migrate, pre_migrate  # noqa: PLC0415 -- as above

        from trigpoint.evidence.search import operations as search  # noqa: PLC0415 -- as above

        pre_migrate.connect(search.take_down, sender=self)
        post_migrate.connect(search.put_up, sender=self)

    @staticmethod
    def _keep_jobs() -> None:
        """Have done what comes round: halves of files, old imports, surveys that end, a salt that changes."""
        from trigpoint.evidence.answering.tasks import forget_salt  # noqa: PLC0415 -- as above
        from trigpoint.evidence.imports.tasks import forget as forget_imports  # noqa: PLC0415 -- as above
        from trigpoint.evidence.surveys.tasks import close_due  # noqa: PLC0415 -- as above
        from trigpoint.evidence.uploads.tasks import forget  # noqa: PLC0415 -- as above
        from trigpoint.records.schedule import Job, register  # noqa: PLC0415 -- as above

        register(
            Job("evidence.forget-parts", "41 2 * * *", forget),
            Job("evidence.forget-imports", "47 2 * * *", forget_imports),
            Job("evidence.surveys", "5 0 * * *", close_due),
            Job("evidence.answering-salt", "*/15 * * * *", forget_salt),
        )
