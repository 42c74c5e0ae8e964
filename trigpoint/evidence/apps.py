"""App registration: the sidebar's lines, the search box, a review's Evidence, and the nightly job."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Registers trigpoint.evidence."""

    name = "trigpoint.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Offer this area's pages to the shell and to the review's workspace."""
        from trigpoint.evidence.entries import queries as entries  # noqa: PLC0415 -- as below
        from trigpoint.evidence.uploads import tasks as uploads  # noqa: PLC0415 -- as below
        from trigpoint.people.roles import Capability  # noqa: PLC0415 -- apps are loaded only now
        from trigpoint.records import schedule  # noqa: PLC0415
        from trigpoint.reviews.reviews.queries import system_look_also  # noqa: PLC0415
        from trigpoint.reviews.visits.queries import system_count_also  # noqa: PLC0415
        from trigpoint.web import everywhere, panels, tabs  # noqa: PLC0415

        everywhere.register("evidence/offline/_everywhere.html")
        schedule.register(schedule.Job("evidence.forget-parts", "41 2 * * *", uploads.forget))
        system_count_also(entries.system_stays)
        system_look_also("FIELDWORK", "evidence was recorded", entries.system_of_review)
        self._keep_words()
        self._offer_entries()
        tabs.register(
            tabs.Tab(
                "review", "Evidence", "evidence:room-index", Capability.EVIDENCE_VIEW, order=20
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

    def _keep_words(self) -> None:
        """Have the search index put up again after whatever migrations did to its tables."""
        from django.db.models.signals import post_migrate, pre_migrate  # noqa: PLC0415 -- as above

        from trigpoint.evidence.search import operations as search  # noqa: PLC0415 -- as above

        pre_migrate.connect(search.take_down, sender=self)
        post_migrate.connect(search.put_up, sender=self)

    @staticmethod
    def _offer_entries() -> None:
        from trigpoint.people.roles import Capability  # noqa: PLC0415 -- as above
        from trigpoint.web import navigation  # noqa: PLC0415
        from trigpoint.web.navigation import Entry, Group, Scope, Takes  # noqa: PLC0415

        room = "evidence:room-index"
        navigation.offer_search(Entry("Search evidence", "search", room, Capability.EVIDENCE_VIEW))
        navigation.register(
            Entry(
                "Evidence",
                "notes",
                room,
                Capability.EVIDENCE_VIEW,
                Group.REVIEW,
                order=25,
                scopes=(Scope.TRUST, Scope.ACADEMY),
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
                scopes=(Scope.TRUST, Scope.ACADEMY),
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
