"""Changes of the trust's shape: academies, tiers, teams, bodies, clusters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from trigpoint.records import events, history
from trigpoint.records.refusals import Refused
from trigpoint.trusts.structure import rules
from trigpoint.trusts.structure.models import Academy, Body, Cluster, Team, TierChange, Trust
from trigpoint.trusts.structure.rules import AcademyFacts

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class TierSet(events.Event):
    """A body gave an academy a tier."""

    academy_id: UUID


@dataclass(frozen=True, slots=True)
class AcademyChanged(events.Event):
    """An academy joined, or something else is known of it, such as its last day."""

    academy_id: UUID


@transaction.atomic
def found_trust(*, name: str, group_uid: str = "") -> Trust:
    """Add a trust to this installation.

    Raises:
        Refused: another trust here has that Group UID.

    """
    if group_uid and Trust.objects.filter(group_uid=group_uid).exists():
        reason = f"A trust with Group UID {group_uid} is here already. Import into that one."
        raise Refused(reason)
    trust = Trust.objects.create(name=name, group_uid=group_uid)
    history.write(trust, "founded", by=None, name=name, group_uid=group_uid)
    return trust


def system_hold(trust: Trust) -> None:
    """Lock a trust while something with a name or number of its own is added to it."""
    Trust.objects.select_for_update(no_key=True).values_list("pk").get(pk=trust.pk)


@transaction.atomic
def open_academy(*, trust: Trust, facts: AcademyFacts, by: "User | None") -> Academy:
    """Add an academy to a trust. ``by=None`` is a command on the server.

    Raises:
        Refused: the person may not, or the trust has that academy already.

    """
    if by:
        rules.may_open(by, trust).enforce()
    system_hold(trust)
    twin = Academy.objects.filter(
        trust=trust, **({"urn": facts.urn} if facts.urn else {"urn": None, "name": facts.name})
    )
    if twin.exists():
        reason = f"{facts.name} is in the trust already. Look for it in the list of academies."
        raise Refused(reason)
    academy = Academy.objects.create(trust=trust, **facts.said())
    history.write(academy, "opened", by=by, **facts.said())
    events.publish(AcademyChanged(academy.pk))
    return academy


@transaction.atomic
def revise_academy(*, academy: Academy, facts: AcademyFacts, by: "User | None") -> list[str]:
    """Take over what is newly known of an academy.

    Returns:
        The names of the fields that changed; empty when everything was known.

    """
    academy = Academy.objects.select_for_update().get(pk=academy.pk)
    if by:
        rules.may_open(by, academy.trust).enforce()
    said = facts.said()
    changed = [field for field, value in said.items() if getattr(academy, field) != value]
    before = {field: getattr(academy, field) for field in changed}
    for field in changed:
        setattr(academy, field, said[field])
    if changed:
        academy.save(update_fields=changed)
        now = {field: said[field] for field in changed}
        history.write(academy, "revised", by=by, before=before, now=now)
        events.publish(AcademyChanged(academy.pk))
    return changed


@transaction.atomic
def set_tier(
    *,
    academy: Academy,
    tier: int,
    reason: str,
    body: Body | None,
    by: "User | None",
    on: date,
) -> TierChange:
    """Record the tier a body gave an academy, and why.

    Raises:
        Refused: the person may not, or the body does not oversee the academy.

    """
    academy = Academy.objects.select_for_update().get(pk=academy.pk)
    if by:
        rules.may_set_tier(by, academy, body).enforce()
    change = TierChange.objects.create(
        trust_id=academy.trust_id,
        academy=academy,
        tier=tier,
        reason=reason,
        decided_on=on,
        body=body,
    )
    before = academy.tier
    later = academy.tier_changes.filter(decided_on__gt=on)
    if not later.exists():  # an older decision that is entered late is history from the start
        academy.tier, academy.tier_reason = tier, reason
        academy.save(update_fields=["tier", "tier_reason"])
    history.write(academy, "tier set", by=by, before=before, now=academy.tier, reason=reason)
    events.publish(TierSet(academy.pk))
    return change


@transaction.atomic
def form_team(
    *,
    trust: Trust,
    academy: Academy | None,
    kind: str,
    name: str,
    by: "User | None",
    subject: str = "",
) -> Team:
    """Add a team to an academy, or a network to the trust.

    Raises:
        Refused: the person may not, or the name is taken there.

    """
    if by:
        rules.may_form_team(by, trust, academy).enforce()
    system_hold(trust)
    taken = Team.objects.filter(trust=trust, academy=academy, name=name).exists()
    rules.fits_team(kind, academy, name, taken=taken).enforce()
    team = Team.objects.create(trust=trust, academy=academy, kind=kind, name=name, subject=subject)
    history.write(team, "formed", by=by, name=name)
    return team


@transaction.atomic
def form_body(
    *, trust: Trust, kind: str, name: str, academy: Academy | None, by: "User | None"
) -> Body:
    """Add a board, committee or local governing body.

    Raises:
        Refused: the person may not, or the name is taken.

    """
    if by:
        rules.may_form_body(by, trust, academy).enforce()
    system_hold(trust)
    taken = Body.objects.filter(trust=trust, name=name).exists()
    rules.fits_body(kind, academy, name, taken=taken).enforce()
    body = Body.objects.create(trust=trust, kind=kind, name=name, academy=academy)
    history.write(body, "formed", by=by, name=name)
    return body


@transaction.atomic
def form_cluster(
    *, trust: Trust, name: str, academies: Iterable[Academy], by: "User | None"
) -> Cluster:
    """Group academies; an academy that was in another cluster moves to this one.

    Raises:
        Refused: the person may not, an academy is another trust's, or the name is taken.

    """
    if by:
        rules.may_form_cluster(by, trust).enforce()
    system_hold(trust)
    if Cluster.objects.filter(trust=trust, name=name).exists():
        reason = f"There is already a cluster called {name}. Choose another name."
        raise Refused(reason)
    cluster = Cluster.objects.create(trust=trust, name=name)
    _gather(cluster, academies)
    history.write(cluster, "formed", by=by, name=name, academies=_names_in(cluster))
    return cluster


@transaction.atomic
def reshape_cluster(
    *, cluster: Cluster, academies: Iterable[Academy], by: "User | None"
) -> Cluster:
    """Say anew which academies are in a cluster; those left out are in none.

    Roles held for the cluster follow with the next request.

    Raises:
        Refused: the person may not.

    """
    cluster = Cluster.objects.select_for_update().get(pk=cluster.pk)
    if by:
        rules.may_form_cluster(by, cluster.trust).enforce()
    before = _names_in(cluster)
    cluster.academy_set.update(cluster=None)
    _gather(cluster, academies)
    history.write(cluster, "reshaped", by=by, before=before, academies=_names_in(cluster))
    return cluster


def _gather(cluster: Cluster, academies: Iterable[Academy]) -> None:
    chosen = [academy.pk for academy in academies]
    Academy.objects.filter(trust=cluster.trust_id, pk__in=chosen).update(cluster=cluster)


def _names_in(cluster: Cluster) -> list[str]:
    return list(cluster.academy_set.order_by("name", "id").values_list("name", flat=True))
