"""Who goes, what they ask, and what each visit looks at."""

from collections.abc import Sequence
from datetime import timedelta

from trigpoint.demo.programme.rules import SUBJECT_AREAS, Script
from trigpoint.demo.stage.rules import Rulebook, Story, Visit, moment
from trigpoint.demo.words.rules import read
from trigpoint.instruments.models import ActivityKind
from trigpoint.people.models import User
from trigpoint.policies.models import Standard
from trigpoint.reviews.models import Review
from trigpoint.reviews.reviews.operations import Line

Kind = Review.Kind
VISITS = {Kind.TRUST: 14, Kind.DEEP_DIVE: 11, Kind.EXTERNAL: 9, Kind.PEER: 7, Kind.SELF: 4}
HOURS = {Kind.TRUST: 8, Kind.DEEP_DIVE: 5, Kind.EXTERNAL: 6, Kind.PEER: 4, Kind.SELF: 4}  # of staff
WANTED = {
    ActivityKind.LESSON_VISIT: 3,
    ActivityKind.BOOK_SCRUTINY: 2,
    ActivityKind.STUDENT_VOICE: 2,
}
SLOT_MINUTES = 55
SLOTS_A_DAY = 7
AFTER_LUNCH = 4  # slots later
SEEN_ON_PAPER = frozenset({"resources", "quality-assurance"})
TEAM_SIZES = {Kind.TRUST: 3, Kind.DEEP_DIVE: 3, Kind.EXTERNAL: 2, Kind.PEER: 2}


def lines(script: Script, story: Story) -> tuple[Line, ...]:
    """Return the lines of enquiry: two of each area of a deep dive, one of each otherwise."""
    each, book, made = _lines_each(script), story.book, []
    for area in script.areas:
        listed = book.standards[area]
        for number in range(each):
            questions = read("claims")[area]["questions"]
            subject = script.subject if area in SUBJECT_AREAS else ""
            asked = story.words.said(questions, f"question {area}", subject)
            standards = tuple(listed[number::each][:2])
            kinds = {kind for one in standards for kind in one.expected_kinds}
            wanted = {kind: WANTED.get(ActivityKind(kind), 1) for kind in sorted(kinds)}
            made.append(Line(question=asked, standards=standards, wanted=wanted))
    return tuple(made)


def _lines_each(script: Script) -> int:
    return 2 if script.kind == Kind.DEEP_DIVE else 1


def visits(script: Script, team: Sequence[User], story: Story) -> list[Visit]:
    """Return the visits in the order they are planned, nobody in two places at once.

    Somebody who has to be in two reviews on one day goes to the second after the first.
    """
    days, made, slots = script.days, [], story.diary.slots
    each = _lines_each(script)
    for number in range(VISITS[Kind(script.kind)]):
        area = script.areas[number % len(script.areas)]
        second = script.areas[(number + 1) % len(script.areas)]
        round_ = number // len(script.areas)
        standard = _of(story.book, area, round_)
        also = _of(story.book, second, round_ + 1)
        kind = _kind(area, standard, number, round_)
        who, day = team[number % len(team)], days[(number // len(team)) % len(days)]
        if script.part == "staff" and day == script.ends_on and number % 3 != 1:
            kind = ActivityKind.LESSON_VISIT  # somebody waits for this one
        slot = slots[who.person_id, day]
        if script.part == "external" and day == script.ends_on and slot == 1:
            slot += AFTER_LUNCH  # somebody waits to make this one
        if slot >= SLOTS_A_DAY:
            continue
        slots[who.person_id, day] = slot + 1
        starts_at = moment(day) + timedelta(minutes=slot * SLOT_MINUTES + number % len(team) * 5)
        line = script.areas.index(area) * each + round_ % each
        minutes = 30 + story.words.between(0, 3) * 5
        made.append(
            Visit(kind, area, second, standard, also, line, who, starts_at, minutes, number)
        )
    return made


def _kind(area: str, standard: Standard, number: int, turn: int) -> str:
    """Return what kind of visit it is: a third are lessons, many are books, others as expected."""
    if number % 3 == 0 and area not in SEEN_ON_PAPER:
        return ActivityKind.LESSON_VISIT
    if number % 4 == 1 and area in SUBJECT_AREAS:
        return ActivityKind.BOOK_SCRUTINY
    return str(standard.expected_kinds[(turn + number) % len(standard.expected_kinds)])


def _of(book: Rulebook, area: str, turn: int) -> Standard:
    listed = book.standards[area]
    return listed[turn % len(listed)]


def rotated(people: Sequence[User], turn: int) -> list[User]:
    """Return the same people, starting with another one each turn."""
    start = turn % len(people)
    return [*people[start:], *people[:start]]
