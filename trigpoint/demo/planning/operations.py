"""Planning the story's year: reviewers and their conflicts, a proposal, and what is agreed of it."""

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from trigpoint.demo.cast.rules import Place
from trigpoint.demo.programme.rules import AREAS
from trigpoint.demo.stage.rules import Story
from trigpoint.people.models import Post, User
from trigpoint.people.staff import operations as staff
from trigpoint.people.staff.rules import PostFacts
from trigpoint.records.refusals import Refused
from trigpoint.reviews.conflicts import operations as conflicts
from trigpoint.reviews.conflicts.rules import Declared, Kind
from trigpoint.reviews.models import Programme, ProgrammeSlot, Review
from trigpoint.reviews.programme import operations as programmes
from trigpoint.reviews.programme import queries
from trigpoint.reviews.reviewers import operations as reviewers
from trigpoint.reviews.reviewers.rules import ProfileFacts
from trigpoint.reviews.reviews import operations as reviews
from trigpoint.reviews.reviews.operations import ReviewPlan
from trigpoint.reviews.slots import operations as slots

KNOWN = 3  # areas each reviewer knows well
DAYS = (8, 36, 36, 34, 34, None)  # a term; None is the policy's number
AGREED_FOR = timedelta(days=70)  # what is nearer than this is agreed
LEFT_OUT = "The academy was looked at from outside in spring; the committee agreed to wait a year."


def plan(story: Story) -> Programme | None:
    """Plan the school year that runs, as the QA lead would."""
    cast = story.cast
    people = [cast.lead, *cast.reviewers, *cast.externals]
    for number, user in enumerate(people):
        _add(story, user, number)
    _declare(story, people)
    row = queries.system_school_year(cast.trust.pk, on=story.today)
    if row is None:
        return None
    at = timezone.make_aware(datetime.combine(story.today, time(8, 40)))
    programme = programmes.ask(year=row, by=cast.lead, at=at, on=story.today)
    programmes.propose(programme=programme, by=cast.lead, on=story.today, at=at)
    _decide(story, programme)
    return programme


def _add(story: Story, user: User, number: int) -> None:
    areas = tuple(AREAS[(number + step * 2) % len(AREAS)] for step in range(KNOWN))
    days = DAYS[number % len(DAYS)]
    facts = ProfileFacts(days_a_term=days, areas=areas)
    reviewers.add(person=user.person, facts=facts, by=story.cast.lead, on=story.today)


def _declare(story: Story, people: list[User]) -> None:
    """Let three of them keep away from an academy: a former post, a relation, a line of management."""
    places = story.cast.places
    last_day = date(story.today.year - 2, 8, 31)
    facts = PostFacts(
        title="Assistant headteacher",
        academy=places[-1].academy,
        category=Post.Category.LEADER,
        starts_on=date(last_day.year - 5, 9, 1),
        ends_on=last_day,
    )
    staff.appoint(person=people[1].person, facts=facts, by=None)
    told = (
        (2, 0, Kind.RELATED, "Their sister teaches there."),
        (3, 1, Kind.MANAGES, "They line-manage the leader of mathematics there."),
    )
    for who, where, kind, words in told:
        declared = Declared(academy=places[where % len(places)].academy, kind=kind, words=words)
        person = people[who % len(people)].person
        conflicts.declare(person=person, declared=declared, by=story.cast.lead, on=story.today)


def _decide(story: Story, programme: Programme) -> None:
    """Agree what is near, leave one out, and leave the rest to be decided."""
    proposed = ProgrammeSlot.objects.filter(programme=programme).order_by("starts_on", "id")
    far = proposed.filter(starts_on__gt=story.today + AGREED_FOR)
    if last := far.filter(kind="DEEP_DIVE").last():
        slots.drop(slot=last, because=LEFT_OUT, by=story.cast.lead, on=story.today)
    _plan_by_hand(story, far.exclude(status="DROPPED"))
    for slot in proposed.filter(starts_on__lte=story.today + AGREED_FOR):
        try:
            slots.agree(slot=slot, by=story.cast.lead, on=story.today)
        except Refused:  # it clashes with what the story has planned by hand: still to be moved
            continue


def _plan_by_hand(story: Story, proposed: "QuerySet[ProgrammeSlot]") -> None:
    """Let two heads agree on a peer review in a week for which something is proposed: a clash."""
    slot = proposed.filter(kind="TRUST").first() or proposed.first()
    if slot is None:
        return
    places = story.cast.places
    here = next(it for it in places if it.academy.pk == slot.academy_id)
    other: Place = places[(here.index + 1) % len(places)]
    monday = slot.starts_on - timedelta(days=slot.starts_on.weekday())
    day = here.calendar.add(monday + timedelta(days=4), -1)
    reviews.plan(
        plan=ReviewPlan(
            academy=slot.academy,
            kind=Review.Kind.PEER,
            title="Peer review: reading together",
            lead=other.head.person,
            fieldwork_starts_on=day,
            fieldwork_ends_on=day,
            reason=f"Agreed between the heads of {here.academy.name} and {other.academy.name}.",
            areas=tuple(story.book.areas[name] for name in AREAS[:1]),
            staff_hours_budget=4,
        ),
        by=story.cast.lead,
        on=story.today,
    )
