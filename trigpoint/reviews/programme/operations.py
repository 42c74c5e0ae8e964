"""The verbs of a year's programme: ask for a proposal, propose."""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from trigpoint.policies.versions import queries as versions
from trigpoint.records import history, queue
from trigpoint.records.refusals import Refused
from trigpoint.reviews.programme import queries, rules
from trigpoint.reviews.programme.models import Programme, ProgrammeSlot
from trigpoint.reviews.programme.queries import Gathered
from trigpoint.reviews.proposals import rules as proposals
from trigpoint.reviews.proposals.rules import Proposal, Proposed
from trigpoint.reviews.reviews.models import Review
from trigpoint.reviews.reviews.operations import system_lock
from trigpoint.trusts.models import AcademicYear

if TYPE_CHECKING:
    from trigpoint.people.models import User

S = ProgrammeSlot.Status
NO_POLICY = "No policy is in force, so nothing says what a year needs. Adopt one first."
WAITING = "Waiting for the background worker"
FAILED = (
    "It failed, and nothing was changed. Propose again; if it fails again, tell your administrator."
)
PROPOSE = "trigpoint.reviews.programme.tasks.propose"


@transaction.atomic
def ask(*, year: AcademicYear, by: "User", at: datetime, on: date) -> Programme:
    """Ask for a proposal of a school year; the worker is told to work it out.

    Raises:
        Refused: it is not the person's to ask for, the year is over, no policy is in force, or one
            is on its way.

    """
    programme, _made = Programme.objects.select_for_update().get_or_create(
        year=year, defaults={"trust_id": year.trust_id}
    )
    rules.may_propose(by, year, asked_at=programme.asked_at, at=at).enforce()
    if versions.system_version_in_force(year.trust_id) is None:
        raise Refused(NO_POLICY)
    programme.asked_at, programme.doing = at, WAITING
    programme.save(update_fields=["asked_at", "doing"])
    history.write(programme, "asked", by=by, on=on)
    queue.later(PROPOSE, str(programme.pk), str(by.pk))
    return programme


def propose(*, programme: Programme, by: "User | None", on: date, at: datetime) -> Programme:
    """Work out a proposal and put it in the place of the last one.

    What is agreed, dropped or was moved by hand stays. The search reads first and locks nothing;
    what is kept in the end is kept in one transaction. Where it fails, nobody waits any longer.

    Raises:
        Refused: no policy is in force any more.

    """
    why = FAILED
    try:
        proposed = _propose(programme, by=by, on=on, at=at)
        why = ""
    except Refused as refusal:
        why = refusal.reason
        raise
    finally:
        if why:
            _failed(programme, why)
    return proposed


def _propose(programme: Programme, *, by: "User | None", on: date, at: datetime) -> Programme:
    kept = _standing(programme)
    gathered = queries.system_gather(programme.year, on=on, kept=kept)
    if gathered is None:
        raise Refused(NO_POLICY)
    answered = set(programme.slots.filter(status=S.DROPPED).values_list("need_key", flat=True))
    needs = [need for need in gathered.year.needs if need.key not in answered]
    year = replace(gathered.year, needs=needs)
    found = proposals.propose(year, tell=lambda words: _told(programme, words))
    return _keep(programme, gathered, found, by=by, on=on, at=at)


def _standing(programme: Programme) -> list[ProgrammeSlot]:
    moved = programme.slots.filter(status=S.PROPOSED, is_moved=True)
    return list(moved.select_related("academy").prefetch_related("team").order_by("id"))


def _told(programme: Programme, words: str) -> None:
    """Let whoever waits see how far it is."""
    Programme.objects.filter(pk=programme.pk).update(doing=words)


def _failed(programme: Programme, words: str) -> None:
    """Keep why a proposal came to nothing, and let another be asked for at once."""
    Programme.objects.filter(pk=programme.pk).update(asked_at=None, doing=words)


@transaction.atomic
def _keep(
    programme: Programme,
    gathered: Gathered,
    found: Proposal,
    *,
    by: "User | None",
    on: date,
    at: datetime,
) -> Programme:
    system_lock(programme.trust_id)
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    gone = programme.slots.filter(status=S.PROPOSED, is_moved=False).delete()[1]
    called_off = Q(status=S.AGREED, review__status=Review.Status.CANCELLED)
    still = set(programme.slots.exclude(called_off).values_list("need_key", flat=True))
    told = [{"words": it.why, "academy": str(it.need.academy_id)} for it in found.unplaced]
    made = []
    for it in found.placed:
        lead, *team = it.slot.people or (_head(gathered, it),)
        if lead is None:
            told.append({"words": _no_head(gathered, it), "academy": str(it.need.academy_id)})
        elif it.need.key not in still:
            made.append((_slot(programme, it, lead), team))
    ProgrammeSlot.objects.bulk_create(slot for slot, _ in made)
    places = ProgrammeSlot.team.through
    places.objects.bulk_create(
        places(programmeslot_id=slot.pk, person_id=pk) for slot, team in made for pk in team
    )
    programme.status = rules.LIFECYCLE.target("propose")
    programme.asked_at, programme.doing, programme.proposed_at = None, "", at
    programme.unplaced = told
    programme.save()
    history.write(
        programme,
        "proposed",
        by=by,
        on=on,
        placed=len(made),
        unplaced=len(told),
        replaced=gone.get("reviews.ProgrammeSlot", 0),
    )
    return programme


def _head(gathered: Gathered, proposed: Proposed) -> UUID | None:
    head = gathered.heads.get(proposed.need.academy_id)
    return head.pk if head else None


def _no_head(gathered: Gathered, proposed: Proposed) -> str:
    name = next(it.name for it in gathered.academies if it.pk == proposed.need.academy_id)
    return (
        f"The self-review at {name} has nobody to lead it. Give somebody the role of headteacher "
        "there and propose again."
    )


def _slot(programme: Programme, proposed: Proposed, lead: UUID) -> ProgrammeSlot:
    need, slot = proposed.need, proposed.slot
    return ProgrammeSlot(
        trust_id=programme.trust_id,
        programme=programme,
        academy_id=need.academy_id,
        need_key=need.key,
        kind=need.kind,
        area_lineage=need.area,
        due_on=need.due_on,
        starts_on=slot.starts_on,
        ends_on=slot.ends_on,
        lead_id=lead,
        hours=need.hours,
        why=need.why,
        reasons=list(proposed.reasons),
    )
