"""What a version is mapped to, for those who write it, and the choice of how to read judgements."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, QuerySet

from trigpoint.policies.crosswalks import rules
from trigpoint.policies.crosswalks.rules import Item, Match
from trigpoint.policies.outside import queries as outside
from trigpoint.policies.outside import rules as rules_of_outside
from trigpoint.policies.outside.rules import Outside
from trigpoint.policies.standards.models import Crosswalk
from trigpoint.policies.versions.models import PolicyVersion

if TYPE_CHECKING:
    from trigpoint.people.models import User


def register(version: PolicyVersion, *, viewer: "User") -> QuerySet[Crosswalk]:
    """Return what a version is mapped to in the order of the policy, area and standard loaded."""
    return (
        Crosswalk.objects.visible_to(viewer)
        .filter(version=version)
        .select_related("area", "standard")
        .order_by(
            "area__position",
            F("standard__position").asc(nulls_first=True),
            "framework",
            "item",
            "id",
        )
    )


@dataclass(frozen=True, slots=True)
class ViewAs:
    """How judgements are read: by our areas, or through an outside framework that was chosen.

    ``choices`` are those the policy in force is mapped to; ``items`` those of the chosen one.
    """

    choices: Sequence[Outside] = ()
    chosen: Outside | None = None
    items: Sequence[Item] = ()

    @property
    def query(self) -> str:
        """The choice as an address keeps it, ``as=ofsted-november-2025``; empty for our areas."""
        return f"as={self.chosen.key}" if self.chosen else ""

    @property
    def is_mapped(self) -> bool:
        """Whether anything of ours maps to the chosen framework."""
        return any(item.sources for item in self.items)

    @property
    def uncovered(self) -> str:
        """The items nothing of ours covers, as a sentence lists them."""
        names = [item.name for item in self.items if not item.sources]
        return (
            names[0]
            if len(names) == 1
            else " or ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
        )


def view_as(*, viewer: "User", wanted: str) -> ViewAs:
    """Return the ways of reading judgements, and the one that was asked for.

    One query; two where a framework of the trust's own is asked for that nothing maps to.

    Args:
        viewer: who reads; the policy in force of their trust says what is mapped to what.
        wanted: a framework's key; one that is not known reads by our areas.

    """
    rows = list(outside.in_force_in_full(viewer=viewer))
    named = {row.framework for row in rows}
    own = {
        row.framework: Outside(row.own_content, row.own_id)  # type: ignore[attr-defined]  # annotated
        for row in rows
        if row.own_content  # type: ignore[attr-defined]  # annotated
    }
    known = sorted([*rules_of_outside.shipped(), *own.values()], key=lambda it: it.sort_key)
    if wanted and wanted not in {it.key for it in known}:
        known = outside.known(viewer=viewer)
    chosen = next((it for it in known if it.key == wanted), None)
    choices = [it for it in known if it.label in named or it == chosen]
    return ViewAs(choices, chosen, _items(chosen, rows) if chosen else ())


def _items(chosen: Outside, rows: Sequence[Crosswalk]) -> list[Item]:
    matches = [
        Match(
            row.area.lineage,
            row.item,
            row.fit,
            row.area.name,
            row.standard.code if row.standard else "",
        )
        for row in rows
        if row.framework == chosen.label
    ]
    named = [(item["code"], item["name"]) for item in chosen.file["items"]]
    return rules.items(named, matches, list(dict.fromkeys(row.area.lineage for row in rows)))
