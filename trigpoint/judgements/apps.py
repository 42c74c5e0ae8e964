"""App registration: the sidebar's line, the review's tabs, panels on lower pages."""

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from trigpoint.people.models import User


class JudgementsConfig(AppConfig):
    """Registers trigpoint.judgements."""

    name = "trigpoint.judgements"
    label = "judgements"

    def ready(self) -> None:
        """Offer this area's pages to the shell and to lower pages."""
        from trigpoint.judgements.claims import queries as claims  # noqa: PLC0415 -- apps are loaded only now
        from trigpoint.people.roles import Capability  # noqa: PLC0415
        from trigpoint.web import tabs  # noqa: PLC0415

        self._say_what_fieldwork_leaves()
        self._stand_in_the_evidence_room()
        self._offer_entries()
        tabs.register(
            tabs.Tab(
                "review",
                "Corroborate",
                "judgements:claims-index",
                Capability.CLAIM_VIEW,
                order=30,
                count=lambda user, review_id: claims.open_count(viewer=user, review_id=review_id),
            ),
            tabs.Tab(
                "review", "Levels", "judgements:levels-judge", Capability.JUDGEMENT_VIEW, order=35
            ),
            tabs.Tab(
                "review",
                "Findings",
                "judgements:findings-for_review",
                Capability.FINDING_VIEW,
                order=40,
            ),
        )
        self._offer_panels()

    @staticmethod
    def _offer_entries() -> None:
        from trigpoint.people.roles import Capability  # noqa: PLC0415 -- as above
        from trigpoint.web import navigation  # noqa: PLC0415
        from trigpoint.web.navigation import Entry, Group, Scope, Takes  # noqa: PLC0415

        navigation.register(
            Entry(
                "Findings",
                "flag",
                "judgements:findings-index",
                Capability.FINDING_VIEW,
                Group.REVIEW,
                order=40,
                scopes=(Scope.TRUST, Scope.ACADEMY),
                takes=Takes.QUERY,
            ),
            Entry(
                "Self-review",
                "git-compare",
                "judgements:self_reviews-show",
                Capability.REVIEW_SELF,
                Group.REVIEW,
                order=15,
                scopes=(Scope.ACADEMY,),
                takes=Takes.PATH,
            ),
        )

    @staticmethod
    def _offer_panels() -> None:
        from trigpoint.people.roles import Capability  # noqa: PLC0415 -- as above
        from trigpoint.web import panels  # noqa: PLC0415

        panels.register(
            panels.Panel(
                "evidence-record", "Used in", "judgements:claims-for_record", Capability.CLAIM_VIEW
            ),
            panels.Panel(
                "standard",
                "Latest levels",
                "judgements:levels-for_standard",
                Capability.JUDGEMENT_VIEW,
            ),
            panels.Panel(
                "review-own-view",
                "School’s own view",
                "judgements:self_reviews-for_review",
                Capability.JUDGEMENT_VIEW,
            ),
        )

    @staticmethod
    def _stand_in_the_evidence_room() -> None:
        from trigpoint.evidence.imports.queries import system_stand_on  # noqa: PLC0415 -- as above
        from trigpoint.evidence.room.queries import (  # noqa: PLC0415
            system_narrow_also,
            system_tell_also,
        )
        from trigpoint.evidence.room.rules import Cell, Column, Facet  # noqa: PLC0415
        from trigpoint.judgements.claims import queries as claims  # noqa: PLC0415
        from trigpoint.judgements.strength.models import Strength  # noqa: PLC0415
        from trigpoint.people.roles import Capability  # noqa: PLC0415

        strengths = [(it.value, f"Claims with {it.label.lower()} evidence") for it in Strength]

        def cells(record_ids: "Collection[UUID]", viewer: "User") -> "dict[UUID, Cell]":
            counted = claims.use_counts(viewer=viewer, record_ids=record_ids)
            link = "judgements:claims-for_record"
            return {
                pk: Cell(f"{count} claim{'' if count == 1 else 's'}", link)
                for pk, count in counted.items()
            }

        system_stand_on("cited by a claim", claims.system_cited_records)
        system_tell_also(Column("Cited in", cells))
        system_narrow_also(
            Facet(
                "strength",
                "Cited for",
                "Cited or not",
                lambda viewer: (
                    [*strengths, (claims.NOT_CITED, "Not cited by a claim")]
                    if viewer.access.holds(Capability.CLAIM_VIEW)
                    else []
                ),
                lambda strength, viewer: claims.cited_for(strength, viewer=viewer),
            )
        )

    @staticmethod
    def _say_what_fieldwork_leaves() -> None:
        from trigpoint.judgements.claims import queries as claims  # noqa: PLC0415 -- as above
        from trigpoint.judgements.findings import queries as findings  # noqa: PLC0415
        from trigpoint.reviews.reviews.queries import system_look_also  # noqa: PLC0415

        system_look_also("FIELDWORK", "a claim was proposed", claims.system_of_review)
        system_look_also("FIELDWORK", "a finding was raised", findings.system_of_review)
