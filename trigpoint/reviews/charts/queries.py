"""What the page of the year is drawn from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count
from django.urls import reverse

from trigpoint.people.models import Post
from trigpoint.people.roles import Capability
from trigpoint.policies.settings.rules import number
from trigpoint.reviews.assignment.rules import Breach, Need, Slot, Year, breaches, days_of
from trigpoint.reviews.charts import rules
from trigpoint.reviews.charts.rules import Chart, Event, Facts
from trigpoint.reviews.programme import queries as programmes
from trigpoint.reviews.programme.models import Programme, ProgrammeSlot
from trigpoint.reviews.programme.queries import Gathered
from trigpoint.reviews.remedies.rules import Remedy, remedy
from trigpoint.reviews.reviews.models import Review
from trigpoint.reviews.reviews.rules import LOOKED
from trigpoint.reviews.visits.rules import IN_A_LESSON
from trigpoint.trusts.models import AcademicYear

if TYPE_CHECKING:
    from trigpoint.people.models import User

S, P = Review.Status, ProgrammeSlot.Status
MOST_REMEDIES = 4  # on the page at once
TEACH = (Post.Category.TEACHER, Post.Category.EARLY_CAREER)
NOT_YET = frozenset({S.PLANNED, S.NOTIFIED})
LOOKS_AT_LESSONS = frozenset(
    {Review.Kind.DEEP_DIVE, Review.Kind.TRUST, Review.Kind.EXTERNAL, Review.Kind.PEER}
)


@dataclass(frozen=True, slots=True)
class Overdue:
    """A review that was due or planned before today and has not been held.

    ``by`` is the review that answers it, if there is one.
    """

    academy: str
    what: str
    due_on: date
    by: Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The page of a year with what is said beside it."""

    chart: Chart
    gathered: Gathered
    counts: dict[str, int]
    overdue: Sequence[Overdue]
    clashes: Sequence[Breach]
    waiting: Sequence[Need]  # asked for, and neither proposed nor planned
    dropped: Sequence[ProgrammeSlot]
    events: Sequence[Event]
    remedies: Sequence[Remedy]


def drawn(
    row: AcademicYear,
    programme: Programme | None,
    *,
    viewer: "User",
    on: date,
    term: int | None = None,
) -> Drawn | None:
    """Draw a school year for somebody; None while no policy is in force.

    Args:
        row: the school year.
        programme: what is proposed in it; None before anything was.
        viewer: who is looking; they see the academies whose programme they may see.
        on: today.
        term: the number of one term to show alone.

    """
    slots = list(programmes.slots(programme, viewer=viewer)) if programme else []
    kept = _with(P.PROPOSED, slots)
    gathered = programmes.system_gather(row, on=on, kept=kept)
    if gathered is None:
        return None
    gathered = _seen(gathered, viewer)
    proposed, dropped = (_there(_with(it, slots), gathered) for it in (P.PROPOSED, P.DROPPED))
    events = _events(gathered, proposed, on=on)
    broken = _broken(gathered, proposed, on=on)
    left_out = {it.need_key for it in dropped}
    waiting = [need for need in gathered.year.needs if need.key not in left_out]
    events += [_missing(need, gathered) for need in waiting if need.due_on < on]
    events = rules.clashing(events, broken)
    facts = Facts(
        year=gathered.year,
        tiers={it.pk: it.tier for it in gathered.academies},
        teachers=_teachers(row.trust_id),
        events=events,
        on=on,
        term=term,
    )
    return Drawn(
        chart=rules.chart(facts),
        gathered=gathered,
        counts=rules.tally(events),
        overdue=_overdue(gathered, proposed, events),
        clashes=broken,
        waiting=[need for need in waiting if need.due_on >= on],
        dropped=dropped,
        events=events,
        remedies=_remedies(gathered, proposed, broken, on=on),
    )


def _with(status: str, slots: Iterable[ProgrammeSlot]) -> list[ProgrammeSlot]:
    return [it for it in slots if it.status == status]


def _there(slots: Iterable[ProgrammeSlot], gathered: Gathered) -> list[ProgrammeSlot]:
    """Leave out the slots of academies that are gone."""
    there = {it.pk for it in gathered.academies}
    return [it for it in slots if it.academy_id in there]


def _remedies(
    gathered: Gathered, proposed: Sequence[ProgrammeSlot], broken: Iterable[Breach], *, on: date
) -> list[Remedy]:
    """Return a way out for the first few proposed reviews that clash."""
    torn = dict.fromkeys(key for it in broken for key in it.keys)
    by_key = {str(it.pk): it for it in proposed}
    held = [programmes.system_slot_of_review(it, gathered.version) for it in gathered.reviews]
    found = []
    for slot in [by_key[key] for key in torn if key in by_key][:MOST_REMEDIES]:
        others = [programmes.system_slot_of(it) for it in proposed if it.pk != slot.pk]
        year = replace(gathered.year, fixed=[*held, *others])
        need = replace(programmes.system_need_of(slot, gathered), earliest_on=on)
        found.append(remedy(year, need, programmes.system_slot_of(slot)))
    return [it for it in found if it]


def _seen(gathered: Gathered, viewer: "User") -> Gathered:
    """Keep the academies somebody sees the programme of."""
    seen = {
        it.pk
        for it in gathered.academies
        if viewer.access.covers(Capability.PROGRAMME_VIEW, trust_id=it.trust_id, academy_id=it.pk)
    }
    year = gathered.year
    return replace(
        gathered,
        academies=[it for it in gathered.academies if it.pk in seen],
        reviews=[it for it in gathered.reviews if it.academy_id in seen],
        overdue=[it for it in gathered.overdue if it.academy_id in seen],
        year=replace(
            year,
            places=[it for it in year.places if it.academy_id in seen],
            needs=[it for it in year.needs if it.academy_id in seen],
        ),
    )


def _events(gathered: Gathered, proposed: Iterable[ProgrammeSlot], *, on: date) -> list[Event]:
    version, planned = gathered.version, _planned_visits(gathered)
    events = [
        _event(programmes.system_slot_of_review(it, version), gathered, _state(it, on=on))
        for it in gathered.reviews
    ]
    events = [replace(it, visits=planned.get(UUID(it.key), it.visits)) for it in events]
    ahead = {str(it.pk) for it in gathered.reviews if it.status in NOT_YET}
    events = [
        replace(it, moves=reverse("reviews:planned-move", args=[it.key])) if it.key in ahead else it
        for it in events
    ]
    behind = {str(it.pk): it.due_on < max(on, it.ends_on) for it in proposed}
    return events + [
        replace(
            _event(programmes.system_slot_of(it), gathered, rules.PROPOSED),
            is_behind=behind[str(it.pk)],
        )
        for it in proposed
    ]


def _state(review: Review, *, on: date) -> str:
    """Say how a review stands; done is what coverage counts as a look."""
    if review.status in LOOKED:
        return rules.DONE
    never_held = review.status in NOT_YET and review.fieldwork_ends_on < on
    return rules.LATE if never_held else rules.AGREED


def _event(slot: Slot, gathered: Gathered, state: str) -> Event:
    place = next(it for it in gathered.year.places if it.academy_id == slot.academy_id)
    is_proposed = state == rules.PROPOSED
    name = "reviews:slots-show" if is_proposed else "reviews:reviews-show"
    lessons = number(gathered.version.settings, "sample", "LESSON_VISIT")
    return Event(
        key=slot.key,
        academy_id=slot.academy_id,
        academy=place.name,
        kind=slot.kind,
        starts_on=slot.starts_on,
        state=state,
        url=reverse(name, args=[slot.key]),
        area=gathered.areas.get(slot.area, ""),
        days=len(days_of(slot, place.works_on)) * len(slot.people),
        hours=slot.hours,
        visits=lessons if slot.kind in LOOKS_AT_LESSONS else 0,
        moves=reverse("reviews:slots-move", args=[slot.key]) if is_proposed else "",
    )


def _overdue(
    gathered: Gathered, proposed: Iterable[ProgrammeSlot], events: Sequence[Event]
) -> list[Overdue]:
    """Return what is overdue, longest first, each with the first review that answers it."""
    missing = {_asked(need) for need in gathered.year.needs}
    names = {place.academy_id: place.name for place in gathered.year.places}
    ahead = _ahead(gathered, proposed, events)
    found = []
    for need in gathered.overdue:
        answers = [event for answer, event in ahead if _answers(need, answer)]
        by = None if _asked(need) in missing else next(iter(answers), None)
        what = rules.named(need.kind, need.area_name)
        found.append(Overdue(names[need.academy_id], what, need.due_on, by))
    told = {it.by.key for it in found if it.by}
    missed = [it for it in events if it.state == rules.LATE and it.url and it.key not in told]
    found += [Overdue(it.academy, it.what, it.starts_on, it) for it in missed]
    return sorted(found, key=lambda it: (it.due_on, it.academy))


Answer = tuple[UUID, str, frozenset[str]]  # of which academy, kind and areas a review is


def _asked(need: Need) -> tuple[UUID, str, str, date]:
    """Return what the policy asks for; an area that it does not name is no part of that."""
    return need.academy_id, need.kind, "" if need.is_any_area else need.area, need.due_on


def _answers(need: Need, answer: Answer) -> bool:
    academy_id, kind, areas = answer
    is_there = (academy_id, kind) == (need.academy_id, need.kind)
    return is_there and (need.is_any_area or need.area in areas)


def _ahead(
    gathered: Gathered, proposed: Iterable[ProgrammeSlot], events: Iterable[Event]
) -> list[tuple[Answer, Event]]:
    """Return the reviews that are still to be held, the next first, with what each answers."""
    about: dict[str, Answer] = {}
    for review in gathered.reviews:
        areas = frozenset(area.lineage for area in review.areas.all())
        about[str(review.pk)] = review.academy_id, review.kind, areas
    for slot in proposed:
        about[str(slot.pk)] = slot.academy_id, slot.kind, frozenset([slot.area_lineage])
    coming = sorted((it for it in events if it.url), key=lambda it: it.starts_on)
    return [(about[it.key], it) for it in coming if it.state != rules.DONE]


def _missing(need: Need, gathered: Gathered) -> Event:
    place = next(it for it in gathered.year.places if it.academy_id == need.academy_id)
    return Event(
        key=need.key,
        academy_id=need.academy_id,
        academy=place.name,
        kind=need.kind,
        starts_on=max(need.due_on, gathered.row.starts_on),
        state=rules.LATE,
        area=need.area_name,
    )


def _planned_visits(gathered: Gathered) -> dict[UUID, int]:
    """Return how many lessons the timetable of each review visits, where it has one."""
    found = (
        Review.objects.filter(pk__in=[it.pk for it in gathered.reviews])
        .filter(activities__kind__in=IN_A_LESSON, activities__status__in=("PLANNED", "DONE"))
        .values_list("pk")
        .annotate(count=Count("activities"))
    )
    return dict(found)


def _teachers(trust_id: UUID) -> dict[UUID, int]:
    """Return how many people teach at each academy."""
    posts = Post.objects.filter(
        trust=trust_id, academy__isnull=False, category__in=TEACH, ends_on__isnull=True
    )
    counted = posts.values_list("academy").annotate(count=Count("person", distinct=True))
    return dict(counted.order_by())


def _broken(gathered: Gathered, proposed: Iterable[ProgrammeSlot], *, on: date) -> list[Breach]:
    """Return the rules that what lies ahead breaks."""
    held = [programmes.system_slot_of_review(it, gathered.version) for it in gathered.reviews]
    year: Year = replace(gathered.year, fixed=[it for it in held if it.starts_on <= on])
    ahead = [it for it in held if it.starts_on > on]
    found = breaches(year, [*ahead, *(programmes.system_slot_of(it) for it in proposed)])
    return sorted(found, key=lambda it: it.rule not in rules.SHOWN_AS_CLASH)
