"""Everything a year is proposed and judged from, gathered out of the tables."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from trigpoint.people.models import Grant, Person
from trigpoint.people.roles import Role
from trigpoint.policies.cadence.queries import system_standing_rules
from trigpoint.policies.models import Area, PolicyVersion
from trigpoint.policies.rhythms.rules import rhythm
from trigpoint.policies.settings.rules import number
from trigpoint.policies.versions import queries as versions
from trigpoint.reviews.assignment.rules import Need, Place, Slot, Term, Year
from trigpoint.reviews.programme.models import Programme, ProgrammeSlot
from trigpoint.reviews.promises import rules as promises
from trigpoint.reviews.promises.rules import Asked, Look, Subject
from trigpoint.reviews.reviewers.queries import system_reviewers
from trigpoint.reviews.reviews.models import Review
from trigpoint.reviews.reviews.rules import LOOKED
from trigpoint.trusts.calendars import queries as calendars
from trigpoint.trusts.calendars.models import Term as TermRow
from trigpoint.trusts.calendars.rules import WorkingCalendar
from trigpoint.trusts.models import AcademicYear, Academy
from trigpoint.trusts.structure.queries import system_with_tier_on

if TYPE_CHECKING:
    from trigpoint.people.models import User


@dataclass(frozen=True, slots=True)
class Gathered:
    """A school year of a trust as the rules read it, and the rows behind it."""

    row: AcademicYear
    version: PolicyVersion
    year: Year
    academies: Sequence[Academy]
    areas: Mapping[str, str]  # lineage and name
    reviews: Sequence[Review]  # held or planned in the year
    heads: Mapping[UUID, Person]  # who leads an academy's own review of itself
    overdue: Sequence[Need] = ()  # due before today and not held, planned or not
    is_over: bool = False  # the year is past: what it asked for is told by coverage, day by day


def system_school_year(trust_id: UUID, *, on: date) -> AcademicYear | None:
    """Return the school year a day falls in, or the next one that is known."""
    ahead = AcademicYear.objects.filter(trust=trust_id, ends_on__gte=on)
    return ahead.order_by("starts_on", "id").first()


def programmes(*, viewer: "User") -> QuerySet[Programme]:
    """Return the programmes one may see, the latest year first."""
    return (
        Programme.objects.visible_to(viewer)
        .select_related("year", "trust")
        .order_by("-year__starts_on", "id")
    )


def slots(programme: Programme, *, viewer: "User") -> QuerySet[ProgrammeSlot]:
    """Return what is proposed or was dropped, with its people."""
    return (
        ProgrammeSlot.objects.visible_to(viewer)
        .filter(programme=programme)
        .exclude(status=ProgrammeSlot.Status.AGREED)
        .select_related("academy", "lead")
        .prefetch_related("team")
        .order_by("starts_on", "id")
    )


def system_gather(
    row: AcademicYear, *, on: date, kept: Iterable[ProgrammeSlot] = ()
) -> Gathered | None:
    """Gather a school year; None while no policy is in force.

    Args:
        row: the school year.
        on: today.
        kept: proposed reviews that stand as they are, as those moved by hand.

    """
    version = versions.system_version_in_force(row.trust_id)
    if version is None:
        return None
    academies = _academies(row, on=on)
    known = calendars.system_calendars(it.pk for it in academies)
    areas = dict(
        Area.objects.filter(version=version).order_by("position").values_list("lineage", "name")
    )
    held = _reviews(row, on=on)
    standing = list(kept)
    fixed = [system_slot_of_review(it, version) for it in held if _is_of(it, row)]
    fixed += [system_slot_of(it) for it in standing]
    asked = _asked(version, areas, row, on)
    before, done = list(_last_before(row)), [it for it in held if it.status in LOOKED]
    is_over = row.ends_on < on

    def needs(looks: Mapping[UUID, list[Look]]) -> list[Need]:
        subjects = _subjects(version, academies, known, looks=looks)
        return [] if is_over else _needs(asked, subjects, academies)

    year = Year(
        terms=_terms(row),
        places=[_place(it, known[it.pk], row, version, on) for it in academies],
        reviewers=system_reviewers(row.trust_id, on=on, settings=version.settings),
        needs=needs(_looks(before, held, standing)),
        fixed=fixed,
        buffer_weeks=number(version.settings, "programme", "buffer_weeks"),
    )
    there = {it.pk for it in academies}
    shown = [it for it in held if _is_of(it, row) and it.academy_id in there]
    overdue = [need for need in needs(_looks(before, done, ())) if need.due_on < on]
    heads = _heads(row.trust_id, on=on)
    return Gathered(row, version, year, academies, areas, shown, heads, overdue, is_over)


def _asked(version: PolicyVersion, areas: Mapping[str, str], row: AcademicYear, on: date) -> Asked:
    return Asked(
        rules=system_standing_rules(version),
        settings=version.settings,
        version=f"Policy version {version.number}",
        areas=areas,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        today=on,
    )


def _academies(row: AcademicYear, *, on: date) -> list[Academy]:
    """Return the academies that are in the trust, or join it by the end of the year.

    A year that is over is shown with those that were there at its end, in their tiers of then.
    """
    then = min(on, row.ends_on)
    there = Academy.objects.filter(
        Q(joined_on=None) | Q(joined_on__lte=row.ends_on),
        Q(closed_on=None) | Q(closed_on__gt=then),
        trust=row.trust_id,
    )
    found = sorted(system_with_tier_on(there, then), key=lambda it: (-it.tier_then, it.name))  # type: ignore[attr-defined]  # annotated
    for academy in found:
        academy.tier = academy.tier_then  # type: ignore[attr-defined]  # annotated
    return found


def _needs(asked: Asked, subjects: Iterable[Subject], academies: Iterable[Academy]) -> list[Need]:
    """Return what is asked for, short of what falls due when its academy has closed."""
    closes = {it.pk: it.closed_on or date.max for it in academies}
    found = (need for subject in subjects for need in promises.needs(asked, subject))
    return [need for need in found if need.due_on < closes[need.academy_id]]


def _is_of(review: Review, row: AcademicYear) -> bool:
    return row.starts_on <= review.fieldwork_starts_on <= row.ends_on


def _reviews(row: AcademicYear, *, on: date) -> list[Review]:
    """Return what is held and planned in the year, and what is still to be held before it."""
    to_come = ~Q(status__in=LOOKED) & Q(fieldwork_ends_on__gte=on)
    return list(
        Review.objects.filter(Q(fieldwork_ends_on__gte=row.starts_on) | to_come)
        .filter(trust=row.trust_id, fieldwork_starts_on__lte=row.ends_on)
        .exclude(status=Review.Status.CANCELLED)
        .select_related("academy", "lead")
        .prefetch_related("areas", "members")
        .order_by("fieldwork_starts_on", "id")
    )


def _looks(
    before: Iterable[tuple[UUID, Look]],
    held: Iterable[Review],
    standing: Iterable[ProgrammeSlot],
) -> dict[UUID, list[Look]]:
    """Return each academy's looks in the year and its last ones before it, however long ago."""
    found: defaultdict[UUID, list[Look]] = defaultdict(list)
    for academy_id, look in before:
        found[academy_id].append(look)
    for review in held:
        areas = frozenset(area.lineage for area in review.areas.all())
        found[review.academy_id].append(Look(review.kind, areas, review.fieldwork_ends_on))
    for slot in standing:
        areas = frozenset([slot.area_lineage] if slot.area_lineage else [])
        found[slot.academy_id].append(Look(slot.kind, areas, slot.ends_on))
    return found


def _last_before(row: AcademicYear) -> Iterator[tuple[UUID, Look]]:
    """Yield the last look before a year at each academy by kind and area, in one query."""
    rows = (
        Review.objects.filter(trust=row.trust_id, status__in=LOOKED)
        .filter(fieldwork_ends_on__lt=row.starts_on)
        .values_list("academy_id", "kind", "areas__lineage")
        .annotate(last_on=Max("fieldwork_ends_on"))
        .order_by("academy_id", "kind", "areas__lineage")
    )
    for academy_id, kind, area, last_on in rows:
        yield academy_id, Look(kind, frozenset([area] if area else []), last_on)


def _subjects(
    version: PolicyVersion,
    academies: Iterable[Academy],
    known: Mapping[UUID, WorkingCalendar],
    *,
    looks: Mapping[UUID, list[Look]],
) -> list[Subject]:
    return [
        Subject(
            academy_id=it.pk,
            tier=it.tier,
            since=it.joined_on or date.min,
            rhythm=rhythm(known[it.pk], version.settings),
            looks=looks.get(it.pk, ()),
        )
        for it in academies
    ]


def _place(
    academy: Academy,
    calendar: WorkingCalendar,
    row: AcademicYear,
    version: PolicyVersion,
    on: date,
) -> Place:
    notice = number(version.settings, "clock", "notice")
    return Place(
        academy_id=academy.pk,
        name=academy.name,
        works_on=_works_on(
            calendar,
            max(row.starts_on, academy.joined_on or row.starts_on),
            min(row.ends_on, _eve(academy.closed_on) or row.ends_on),
        ),
        not_before=calendar.add(on, -notice),
        ceiling_hours=number(version.settings, "programme", "workload_ceiling_hours"),
    )


def _eve(day: date | None) -> date | None:
    return day - timedelta(days=1) if day else None


@lru_cache(maxsize=256)
def _works_on(calendar: WorkingCalendar, first: date, last: date) -> frozenset[date]:
    """Return the working days of a year; academies share their calendars, and pages their years."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return frozenset(day for day in days if calendar.is_working(day))


def _terms(row: AcademicYear) -> list[Term]:
    """Return the trust's terms of a year, each from the first academy's first day to the last's."""
    found: dict[str, Term] = {}
    rows = TermRow.objects.filter(year=row).order_by("starts_on", "name")
    for name, starts_on, ends_on in rows.values_list("name", "starts_on", "ends_on"):
        before = found.get(name)
        found[name] = Term(
            name,
            min(starts_on, before.starts_on) if before else starts_on,
            max(ends_on, before.ends_on) if before else ends_on,
        )
    return list(found.values()) or [Term(f"the year {row.name}", row.starts_on, row.ends_on)]


def _heads(trust_id: UUID, *, on: date) -> dict[UUID, Person]:
    """Return whoever holds the headteacher's role at each academy, the first given it."""
    grants = (
        Grant.objects.in_force(on=on)
        .filter(trust=trust_id, role=Role.HEADTEACHER, academy__isnull=False)
        .select_related("person")
        .order_by("-starts_on", "-id")
    )
    return {grant.academy_id: grant.person for grant in grants if grant.academy_id}


def system_slot_of_review(review: Review, version: PolicyVersion) -> Slot:
    """Return a review as the rules read it. A self-review takes no reviewer's days."""
    is_own = review.kind == Review.Kind.SELF
    people = (review.lead_id, *(member.person_id for member in review.members.all()))
    return Slot(
        key=str(review.pk),
        academy_id=review.academy_id,
        kind=review.kind,
        starts_on=review.fieldwork_starts_on,
        ends_on=review.fieldwork_ends_on,
        people=() if is_own else people,
        hours=review.staff_hours_budget or promises.shape(review.kind, version.settings)[2],
        label=promises.LABELS[Review.Kind(review.kind)],
        is_led_from_outside=review.kind == Review.Kind.EXTERNAL,
        is_fixed=True,
        is_by_hand=True,
    )


def system_slot_of(slot: ProgrammeSlot) -> Slot:
    """Return a proposed review as the rules read it."""
    is_own = slot.kind == Review.Kind.SELF
    people = (slot.lead_id, *(person.pk for person in slot.team.all()))
    return Slot(
        key=str(slot.pk),
        academy_id=slot.academy_id,
        kind=slot.kind,
        starts_on=slot.starts_on,
        ends_on=slot.ends_on,
        people=() if is_own else people,
        hours=slot.hours,
        label=promises.LABELS[Review.Kind(slot.kind)],
        is_led_from_outside=slot.kind == Review.Kind.EXTERNAL,
        area=slot.area_lineage,
    )


def system_need_of(slot: ProgrammeSlot, gathered: Gathered) -> Need:
    """Return what a proposed review answers, to find people for it again."""
    days, seats, hours = promises.shape(slot.kind, gathered.version.settings)
    return Need(
        key=str(slot.pk),
        academy_id=slot.academy_id,
        kind=slot.kind,
        due_on=slot.due_on,
        earliest_on=gathered.row.starts_on,
        latest_on=gathered.row.ends_on,
        days=days,
        seats=seats,
        hours=hours,
        why=slot.why,
        area=slot.area_lineage,
        area_name=gathered.areas.get(slot.area_lineage, ""),
        label=promises.LABELS[Review.Kind(slot.kind)],
        is_led_from_outside=slot.kind == Review.Kind.EXTERNAL,
        tier=slot.academy.tier,
    )
