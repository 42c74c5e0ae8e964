"""The sentences that go with a proposed review: why then, why they, who was passed over and why."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from trigpoint.records.days import day_words
from trigpoint.reviews.assignment.rules import Need, Place, Reviewer, Year, monday_of
from trigpoint.reviews.staffing.rules import Rota, Seating
from trigpoint.reviews.weeks.rules import Choice, edge_weeks, starts_in

MOST_WEEKS = 3  # nearer weeks that a reason speaks of
MOST_PASSED_OVER = 4
Held = Mapping[tuple[UUID, date], str]  # what an academy has in a week: "a deep dive"


@dataclass(frozen=True, slots=True)
class Scene:
    """A year as it came out: what the reasons are read from."""

    year: Year
    rota: Rota
    held: Held
    places: Mapping[UUID, Place]
    edges: set[date]


def scene(year: Year, rota: Rota, seated: Sequence[Seating]) -> Scene:
    """Set the scene after everything has its place."""
    held = {(slot.academy_id, slot.monday): slot.label for slot in year.fixed}
    held |= {(it.need.academy_id, monday_of(it.starts_on)): it.need.label for it in seated}
    places = {place.academy_id: place for place in year.places}
    return Scene(year, rota, held, places, edge_weeks(year))


def reasons(seen: Scene, seating: Seating) -> tuple[str, ...]:
    """Return the reasons for one proposed review, each a sentence."""
    need = seating.need
    people = {one.person_id: one for one in seen.year.reviewers}
    told = [_when(seen, seating), *_nearer(seen, seating)]
    if seating.people:
        team = [people[pk] for pk in seating.people if pk in people]
        told += [_lead(seen, need, team[0], seating.starts_on)]
        told += [_member(need, one) for one in team[1:]]
        told += _passed_over(seen, seating)
    return tuple(sentence for sentence in (need.why, *told) if sentence)


def _when(seen: Scene, seating: Seating) -> str:
    need = seating.need
    weeks = (monday_of(need.due_on) - monday_of(seating.starts_on)).days // 7
    due = f"Due by {day_words(need.due_on)}"
    if seating.ends_on <= need.due_on:
        when = f"{_many(weeks, 'week')} before" if weeks else "in that week"
        return f"{due}, and proposed {when}."
    if need.due_on < seen.places[need.academy_id].not_before:
        return f"{due}, which is past or too near to give notice: proposed as soon as may be."
    late = _many(-weeks, "week") if weeks else "days"
    return f"{due}, and proposed {late} late, because no week in time has a place for it."


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _nearer(seen: Scene, seating: Seating) -> Iterator[str]:
    """Say what is in the way of the weeks between the due day and the one proposed."""
    need, mine = seating.need, monday_of(seating.starts_on)
    due = monday_of(need.due_on)
    step = timedelta(weeks=1 if mine > due else -1)
    monday, told = due, 0
    while monday != mine and told < MOST_WEEKS:
        if why := _not_then(seen, need, monday):
            yield f"The week of {day_words(monday)} {why}."
            told += 1
        monday += step


def _not_then(seen: Scene, need: Need, monday: date) -> str:
    place = seen.places[need.academy_id]
    if held := seen.held.get((need.academy_id, monday)):
        return f"has a {held} there already"
    if monday + timedelta(days=4) < place.not_before:
        return f"leaves {place.name} less than its notice"
    if not starts_in(monday, need, place):
        return f"has no {_many(need.days, 'day')} in a row on which {place.name} is open"
    if monday in seen.edges:
        return "is at the start or end of a term"
    return "would give reviewers or the academy too much at once"


def _lead(seen: Scene, need: Need, one: Reviewer, starts_on: date) -> str:
    term = seen.year.term_of(starts_on)
    used = seen.rota.used.get((one.person_id, term), 0)
    days = f"{used} of {one.days_a_term} days in {seen.year.terms[term].name} taken"
    where = ", from outside the trust" if need.is_led_from_outside else ""
    return f"{one.name} leads{where}: {_knows(need, one)}{days}, this one included."


def _knows(need: Need, one: Reviewer) -> str:
    if not need.area:
        return ""
    return f"knows {need.area_name}, " if need.area in one.areas else ""


def _member(need: Need, one: Reviewer) -> str:
    if need.area and need.area in one.areas:
        return f"{one.name} joins: knows {need.area_name}."
    if one.home_id == need.academy_id:
        return f"{one.name} joins, who works there; the lead is from outside the academy."
    return f"{one.name} joins, with days to spare."


def _passed_over(seen: Scene, seating: Seating) -> Iterator[str]:
    """Name those with a conflict, then those who know the area and cannot come."""
    need, told, booked = seating.need, 0, 0
    rest = [one for one in seen.rota.reviewers if one.person_id not in seating.people]
    torn = {
        one.person_id
        for one in rest
        if one.kept_from(need.academy_id, seating.starts_on, seating.ends_on)
    }
    for one in sorted(rest, key=lambda one: (one.person_id not in torn, one.name)):
        why = seen.rota.hindrance(one, need, seating.starts_on)
        if not why:
            continue
        is_telling = one.person_id in torn or (need.area and need.area in one.areas)
        if is_telling and told < MOST_PASSED_OVER:
            told += 1
            yield f"{one.name} was passed over: {why}."
        else:
            booked += 1
    if booked:
        others = "1 other has" if booked == 1 else f"{booked} others have"
        yield f"{others} a conflict, another review or no days left."


def why_unplaced(seen: Scene, need: Need, offered: Sequence[Choice]) -> str:
    """Say why a need found no place, and what would make one."""
    place = seen.places[need.academy_id]
    what = f"The {need.label} at {place.name} found no place"
    if not offered:
        return (
            f"{what}: there is no week by {day_words(need.latest_on)} with "
            f"{_many(need.days, 'open day')} in a row, its notice kept and no other review. "
            "Move or cancel another review there."
        )
    held = sum((need.academy_id, choice.monday) in seen.held for choice in offered)
    free = [choice for choice in offered if (need.academy_id, choice.monday) not in seen.held]
    lacks = Counter(seen.rota.shortage(need, start) for it in free for start in it.starts[:1])
    parts = [f"in {_many(held, 'week')} {place.name} has another review"] if held else []
    parts += [f"in {_many(count, 'week')} {why}" for why, count in lacks.most_common() if why]
    return (
        f"{what}: {'; '.join(parts) or 'everything near its day is taken'}. "
        "Give reviewers more days, add a reviewer, or plan it by hand."
    )
