"""What somebody who imports sees of the register they uploaded."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trigpoint.trusts.gias.models import TRUST_KINDS, ImportRun
from trigpoint.trusts.structure.models import Academy

if TYPE_CHECKING:
    from trigpoint.people.models import User

MOST_FOUND = 30


@dataclass(frozen=True, slots=True)
class Found:
    """One trust of the register."""

    uid: str
    name: str
    kind: str
    is_open: bool
    town: str
    academy_count: int


def trusts_called(wanted: str, *, viewer: "User", run: ImportRun) -> list[Found]:
    """Find trusts by Group UID or part of the name: open ones first, at most thirty."""
    if run.trust_id != viewer.trust_id:
        return []
    wanted = wanted.strip().casefold()
    links = run.register.get("links", {})
    found = [
        Found(
            uid,
            name,
            TRUST_KINDS[kind],
            not status.startswith("CLOSED"),
            town,
            len(links.get(uid, ())),
        )
        for uid, (name, kind, status, town, _) in run.register.get("groups", {}).items()
        if kind in TRUST_KINDS and (uid == wanted or wanted in name.casefold())
    ]
    found.sort(key=lambda trust: (trust.uid != wanted, not trust.is_open, trust.name, trust.uid))
    return found[:MOST_FOUND]


def not_in_the_register(*, viewer: "User", run: ImportRun) -> list[Academy]:
    """Academies of the trust that the register does not list for it: perhaps they left."""
    listed = {int(row["urn"]) for row in run.rows if str(row["urn"]).isdecimal()}
    ours = Academy.objects.visible_to(viewer).filter(urn__isnull=False, closed_on=None)
    return [academy for academy in ours.order_by("name", "id") if academy.urn not in listed]
