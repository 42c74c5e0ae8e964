"""The verbs of a proposed review: move, agree, agree all, drop, restore."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from trigpoint.people.models import Person
from trigpoint.policies.models import Area
from trigpoint.records import history
from trigpoint.records.refusals import Refused
from trigpoint.reviews.assignment.rules import NO_PLACE, Breach, Slot, breaches
from trigpoint.reviews.programme import queries
from trigpoint.reviews.programme import rules as programme_rules
from trigpoint.reviews.programme.models import Programme, ProgrammeSlot
from trigpoint.reviews.programme.operations import NO_POLICY
from trigpoint.reviews.programme.queries import Gathered
from trigpoint.reviews.promises.rules import label
from trigpoint.reviews.reviews import operations as reviews
from trigpoint.reviews.reviews.models import Review
from trigpoint.reviews.reviews.operations import Member, ReviewPlan, system_lock
from trigpoint.reviews.slots import rules
from trigpoint.reviews.slots.rules import Move
from trigpoint.reviews.staffing.rules import Rota, seat_together

if TYPE_CHECKING:
    from trigpoint.people.models import User

S = ProgrammeSlot.Status
GONE = (
    "This proposed review is not there any more: a new proposal has taken its place. Go back to "
    "the calendar to see what is proposed now."
)


@transaction.atomic
def move(*, slot: ProgrammeSlot, to: Move, by: "User", on: date) -> ProgrammeSlot:
    """Move a proposed review to another day or week, or give it other people.

    Raises:
        Refused: it is not theirs to move, or it would break a hard rule; each rule says so.

    """
    slot = _locked(slot)
    rules.may_move(by, slot).enforce()
    gathered = _gathered(slot.programme, on=on)
    others = [queries.system_slot_of(it) for it in _others(slot)]
    found = _way(slot, to, gathered, others)
    was = slot.starts_on
    slot.starts_on, slot.ends_on, slot.is_moved = found.starts_on, found.ends_on, True
    if found.people:
        slot.lead_id = found.people[0]
        slot.team.set(Person.objects.filter(pk__in=found.people[1:]))
    slot.save(update_fields=["starts_on", "ends_on", "is_moved", "lead"])
    history.write(slot, "moved", by=by, on=on, was=was, now=slot.starts_on)
    return slot


def _gathered(programme: Programme, *, on: date) -> Gathered:
    gathered = queries.system_gather(programme.year, on=on)
    if gathered is None:
        raise Refused(NO_POLICY)
    return gathered


def _others(slot: ProgrammeSlot) -> Iterable[ProgrammeSlot]:
    return (
        slot.programme.slots.filter(status=S.PROPOSED)
        .exclude(pk=slot.pk)
        .prefetch_related("team")
        .order_by("id")
    )


def _way(slot: ProgrammeSlot, to: Move, gathered: Gathered, others: Sequence[Slot]) -> Slot:
    """Return how a slot stands after the move, or refuse with what is in the way."""
    need, now = queries.system_need_of(slot, gathered), queries.system_slot_of(slot)
    place = gathered.year.place_of(now)
    if place is None:
        raise Refused(NO_PLACE)
    rules.may_be_asked(to.people or (), gathered.year.reviewers).enforce()
    days = (slot.ends_on - slot.starts_on).days + 1
    starts = rules.days_to_try(to, days=days, place=place)
    rules.may_be_open(starts, days=days, place=place, week=to.week).enforce()
    year = replace(gathered.year, fixed=[*gathered.year.fixed, *others])
    ways: list[tuple[Slot, list[Breach]]] = []
    for day in starts:
        people = to.people if to.people is not None else now.people
        if to.finds_people and need.seats:
            seated = seat_together(Rota(year), [replace(need, days=days)], day)
            people = seated[0].people if seated else people
        way = replace(now, starts_on=day, ends_on=day + timedelta(days=days - 1), people=people)
        ways.append((way, breaches(year, [way])))
    found, broken = rules.best_start(ways)
    rules.may_stand(broken).enforce()
    return found


@transaction.atomic
def agree(*, slot: ProgrammeSlot, by: "User", on: date) -> Review:
    """Turn a proposed review into a planned one.

    Raises:
        Refused: it is not theirs to agree, or it breaks a hard rule by now.

    """
    slot = _locked(slot)
    return _agree(slot, _gathered(slot.programme, on=on), by=by, on=on)


def _agree(slot: ProgrammeSlot, gathered: Gathered, *, by: "User", on: date) -> Review:
    rules.may_agree(by, slot).enforce()
    rules.may_stand(breaches(gathered.year, [queries.system_slot_of(slot)])).enforce()
    rules.may_look_at(slot.area_lineage, gathered.areas).enforce()
    areas = Area.objects.filter(version=gathered.version).order_by("position")
    if slot.area_lineage:
        areas = areas.filter(lineage=slot.area_lineage)
    name = gathered.areas.get(slot.area_lineage, "")
    review = reviews.plan(
        plan=ReviewPlan(
            academy=slot.academy,
            kind=slot.kind,
            title=rules.title(slot.kind, area=name, year=gathered.row.name),
            lead=slot.lead,
            fieldwork_starts_on=slot.starts_on,
            fieldwork_ends_on=slot.ends_on,
            reason=slot.why,
            areas=tuple(areas),
            staff_hours_budget=slot.hours,
            members=tuple(Member(person=it) for it in slot.team.order_by("name", "id")),
        ),
        by=by,
        on=on,
    )
    slot.status, slot.review = rules.LIFECYCLE.target("agree"), review
    slot.save(update_fields=["status", "review"])
    history.write(slot, "agreed", by=by, on=on, review=str(review.pk))
    return review


@transaction.atomic
def agree_all(*, programme: Programme, by: "User", on: date) -> tuple[int, list[str]]:
    """Agree everything proposed that somebody sees; what cannot be stays, with its reason.

    Returns:
        How many are planned now, and a sentence for each that is not.

    Raises:
        Refused: they plan no reviews in the trust.

    """
    system_lock(programme.trust_id)
    programme = Programme.objects.select_related("year").get(pk=programme.pk)
    rules.may_agree_all(by, programme).enforce()
    gathered = _gathered(programme, on=on)
    agreed, refused, standing = 0, list[str](), list(gathered.year.fixed)
    for slot in _proposed(programme, viewer=by):
        year = replace(gathered.year, fixed=standing)
        try:
            with transaction.atomic():
                _agree(slot, replace(gathered, year=year), by=by, on=on)
        except Refused as refusal:
            refused.append(f"{slot.academy.name}, {label(slot.kind)}: {refusal.reason}")
        else:
            agreed += 1
            standing.append(queries.system_slot_of(slot))
    is_settled = not programme.slots.filter(status=S.PROPOSED).exists()
    if is_settled and programme_rules.LIFECYCLE.may("settle", programme.status):
        programme.status = programme_rules.LIFECYCLE.target("settle")
        programme.save(update_fields=["status"])
        history.write(programme, "settled", by=by, on=on, agreed=agreed)
    return agreed, refused


def _proposed(programme: Programme, *, viewer: "User") -> Iterable[ProgrammeSlot]:
    return (
        ProgrammeSlot.objects.visible_to(viewer)
        .filter(programme=programme, status=S.PROPOSED)
        .select_for_update(of=("self",))
        .select_related("academy", "lead", "programme__year")
        .prefetch_related("team")
        .order_by("starts_on", "id")
    )


@transaction.atomic
def drop(*, slot: ProgrammeSlot, because: str, by: "User", on: date) -> ProgrammeSlot:
    """Leave a proposed review out of the year, with the reason; a new proposal leaves it out too."""
    slot = _locked(slot)
    rules.may_drop(by, slot).enforce()
    slot.status, slot.dropped_because = rules.LIFECYCLE.target("drop"), because
    slot.save(update_fields=["status", "dropped_because"])
    history.write(slot, "dropped", by=by, on=on, because=because)
    return slot


@transaction.atomic
def restore(*, slot: ProgrammeSlot, by: "User", on: date) -> ProgrammeSlot:
    """Take a dropped review up again, where it was.

    Raises:
        Refused: its place breaks a hard rule by now, or it is not theirs to take up.

    """
    slot = _locked(slot)
    rules.may_restore(by, slot).enforce()
    gathered = _gathered(slot.programme, on=on)
    others = [queries.system_slot_of(it) for it in _others(slot)]
    year = replace(gathered.year, fixed=[*gathered.year.fixed, *others])
    rules.may_stand(breaches(year, [queries.system_slot_of(slot)])).enforce()
    slot.status, slot.dropped_because = rules.LIFECYCLE.target("restore"), ""
    slot.save(update_fields=["status", "dropped_because"])
    history.write(slot, "restored", by=by, on=on)
    return slot


def _locked(slot: ProgrammeSlot) -> ProgrammeSlot:
    system_lock(slot.trust_id)
    found = (
        ProgrammeSlot.objects.select_for_update(of=("self",))
        .select_related("academy", "lead", "programme__year")
        .filter(pk=slot.pk)
        .first()
    )
    if found is None:
        raise Refused(GONE)
    return found
