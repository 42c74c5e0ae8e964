"""Putting activities on the timetable through the public door."""

import datetime as dt

import pytest

from tests.factories import (
    AcademicYearFactory,
    AcademyFactory,
    ActivityFactory,
    ClosureFactory,
    InstrumentVersionFactory,
    LineOfEnquiryFactory,
    PersonFactory,
    ReviewFactory,
    TeamFactory,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused
from trigpoint.reviews.activities import operations
from trigpoint.reviews.activities.operations import ActivityPlan
from trigpoint.reviews.models import Activity

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 11, 12)


def at(clock, day=DAY):
    return dt.datetime.combine(day, dt.time.fromisoformat(clock), tzinfo=dt.UTC)


class World:
    """A review with its lead, two reviewers and a teacher to visit."""

    def __init__(self):
        self.academy = AcademyFactory.create(name="Thornmere")
        self.trust = self.academy.trust
        self.lead = person(Role.QA_LEAD, at=self.trust)
        self.review = ReviewFactory.create(academy=self.academy, lead=self.lead.person)
        self.instrument = InstrumentVersionFactory.create(instrument__trust=self.trust)
        self.nuala, self.simone, self.teacher = (
            PersonFactory.create(trust=self.trust, name=name)
            for name in ("Nuala Brisco", "Simone Achebe", "Ada Fell")
        )

    def plan(self, **facts):
        """Plan half an hour in Room 6 with whatever is different."""
        return ActivityPlan(
            **{
                "review": self.review,
                "kind": "LESSON_VISIT",
                "instrument_version": self.instrument,
                "title": "Year 4 reading lesson",
                "starts_at": at("09:40"),
                "ends_at": at("10:10"),
                "reviewers": (self.nuala,),
                "place": "Room 6",
                **facts,
            }
        )

    def schedule(self, **facts):
        """Put that plan on the timetable as the lead."""
        return operations.schedule(plan=self.plan(**facts), by=self.lead)

    def visited(self, times, *, day=DAY, minutes=30, **facts):
        """Have the teacher visited so many times, a day apart."""
        for n in range(times):
            ActivityFactory.create(
                review=facts.get("review", self.review),
                observed=self.teacher,
                status=facts.get("status", "DONE"),
                missed_because=facts.get("missed_because", ""),
                starts_at=at("08:00", day) + dt.timedelta(days=n),
                ends_at=at("08:00", day) + dt.timedelta(days=n, minutes=minutes),
            )


@pytest.fixture(name="world")
def _world():
    return World()


def test_schedule_keeps_everything_said(world):
    line = LineOfEnquiryFactory.create(review=world.review)
    team = TeamFactory.create(academy=world.academy)

    activity = world.schedule(
        lines=(line,), reviewers=(world.nuala, world.simone), observed=world.teacher, team=team
    )

    assert activity.status == Activity.Status.PLANNED
    assert set(activity.reviewers.all()) == {world.nuala, world.simone}
    assert list(activity.lines.all()) == [line]
    assert (activity.observed, activity.team, activity.budget_reason) == (world.teacher, team, "")
    assert HistoryEntry.objects.get(subject_id=activity.pk).verb == "scheduled"


def test_schedule_is_refused_on_a_closed_day(world):
    ClosureFactory.create(academy=world.academy, starts_on=DAY, ends_on=DAY, kind="INSET")

    with pytest.raises(Refused, match="12 November 2025 is an INSET day at Thornmere"):
        world.schedule()


def test_schedule_refuses_a_reviewer_who_is_elsewhere(world):
    elsewhere = ActivityFactory.create(
        review__academy__trust=world.trust,
        title="Book look",
        starts_at=at("10:00"),
        ends_at=at("10:30"),
    )
    elsewhere.reviewers.add(world.nuala)

    with pytest.raises(Refused) as refusal:
        world.schedule()

    assert refusal.value.reason == (
        "Nuala Brisco is at “Book look” from 10:00 to 10:30. "
        "Choose another time or another reviewer."
    )


def test_schedule_never_tells_where_to_somebody_who_may_not_know(world):
    elsewhere = ActivityFactory.create(
        review__academy__trust=world.trust, starts_at=at("09:00"), ends_at=at("10:00")
    )
    elsewhere.reviewers.add(world.nuala)
    external = person(Role.REVIEWER, at=world.review)

    with pytest.raises(Refused, match="^Nuala Brisco is on another review from 09:00 to 10:00"):
        operations.schedule(plan=world.plan(), by=external)


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"starts_at": at("10:10"), "ends_at": at("10:40")}, id="straight after"),
        pytest.param({"status": "MISSED", "missed_because": "Snow"}, id="it was missed"),
        pytest.param(
            {"review__status": "CANCELLED", "review__cancelled_because": "Snow"},
            id="its review is cancelled",
        ),
    ],
)
def test_schedule_allows_a_reviewer_who_is_free(world, facts):
    times = {"starts_at": at("09:40"), "ends_at": at("10:10")}
    other = ActivityFactory.create(review__academy__trust=world.trust, **{**times, **facts})
    other.reviewers.add(world.nuala)

    assert world.schedule().pk


def test_schedule_lets_at_most_two_into_a_room(world):
    three = (world.nuala, world.simone, world.lead.person)

    with pytest.raises(Refused, match="3 visitors are too many for one room"):
        world.schedule(reviewers=three)


def test_schedule_counts_everybody_who_goes_to_one_person_whatever_the_room_is_called(world):
    world.schedule(reviewers=(world.nuala, world.simone), observed=world.teacher)

    with pytest.raises(Refused, match="already has 2 visitors, and at most 2 may be there"):
        world.schedule(reviewers=(world.lead.person,), observed=world.teacher, place="The hall")
    another = PersonFactory.create(trust=world.trust)
    assert world.schedule(reviewers=(world.lead.person,), observed=another).pk


def test_schedule_lets_at_most_two_in_where_the_policy_says_nothing(world):
    world.review.policy_version.settings = {}
    world.review.policy_version.save()

    with pytest.raises(Refused, match="at most 2 may be there"):
        world.schedule(reviewers=(world.nuala, world.simone, world.lead.person))


def test_schedule_lets_a_team_talk_together(world):
    talk = InstrumentVersionFactory.create(
        instrument__trust=world.trust, instrument__kind="STAFF_VOICE"
    )

    assert world.schedule(
        kind="STAFF_VOICE",
        instrument_version=talk,
        reviewers=(world.nuala, world.simone, world.lead.person),
    ).pk


def test_schedule_past_the_budget_needs_a_reason_which_is_logged(world):
    elsewhere = ReviewFactory.create(academy__trust=world.trust)
    world.visited(2)
    world.visited(1, review=elsewhere, day=dt.date(2025, 9, 10))

    with pytest.raises(Refused, match="Ada Fell has 3 visits of 3 this year, 90 of 180 minutes"):
        world.schedule(observed=world.teacher)
    activity = world.schedule(observed=world.teacher, budget_reason="She asked for it.")

    assert activity.budget_reason == "She asked for it."
    detail = HistoryEntry.objects.get(subject_id=activity.pk).detail
    assert detail == {"past_budget": True, "because": "She asked for it."}


def test_schedule_keeps_no_reason_that_was_not_needed(world):
    assert world.schedule(observed=world.teacher, budget_reason="Just in case").budget_reason == ""


@pytest.mark.parametrize(
    ("day", "named_year"),
    [
        pytest.param(dt.date(2025, 7, 10), True, id="last year, by the year's own dates"),
        pytest.param(dt.date(2025, 7, 10), False, id="last year, by the trust's first month"),
    ],
)
def test_schedule_counts_this_academic_year_only(world, day, named_year):
    if named_year:
        AcademicYearFactory.create(trust=world.trust)
    world.visited(3, day=day)

    assert world.schedule(observed=world.teacher).pk


def test_schedule_counts_a_spring_visit_with_the_autumn_before_it(world):
    world.visited(3)

    with pytest.raises(Refused, match="3 visits of 3"):
        world.schedule(
            observed=world.teacher,
            starts_at=at("09:00", dt.date(2026, 3, 3)),
            ends_at=at("09:30", dt.date(2026, 3, 3)),
        )


def test_schedule_counts_no_visit_that_was_missed(world):
    world.visited(3, status="MISSED", missed_because="Snow")

    assert world.schedule(observed=world.teacher).pk


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        pytest.param({"ends_at": at("09:00")}, "before it starts", id="ends first"),
        pytest.param({"ends_at": at("09:40") + dt.timedelta(days=1)}, "on one day", id="two days"),
        pytest.param({"reviewers": ()}, "Somebody has to go", id="nobody"),
    ],
)
def test_schedule_refuses_a_time_nobody_can_keep(world, facts, sentence):
    with pytest.raises(Refused, match=sentence):
        world.schedule(**facts)


def test_schedule_never_mixes_trusts_or_reviews(world):
    with pytest.raises(ValueError, match="own trust"):
        world.schedule(observed=PersonFactory.create())
    with pytest.raises(ValueError, match="own trust"):
        world.schedule(team=TeamFactory.create())
    with pytest.raises(ValueError, match="own review"):
        world.schedule(lines=(LineOfEnquiryFactory.create(),))


def test_schedule_is_for_the_team_only(world):
    head = person(Role.HEADTEACHER, at=world.academy)

    with pytest.raises(Refused, match="Only the review's team"):
        operations.schedule(plan=world.plan(), by=head)


def test_finish_and_miss_are_said_once(world):
    done, missed = ActivityFactory.create_batch(2, review=world.review)

    operations.finish(activity=done, by=world.lead, on=DAY)
    told = operations.miss(activity=missed, because="The class was out.", by=world.lead, on=DAY)

    assert Activity.objects.get(pk=done.pk).status == Activity.Status.DONE
    assert (told.status, told.missed_because) == ("MISSED", "The class was out.")
    with pytest.raises(Refused, match="done"):
        operations.miss(activity=done, because="No", by=world.lead, on=DAY)


def test_witness_is_said_by_the_first_and_changes_nothing_afterwards(world):
    activity = ActivityFactory.create(review=world.review)
    first, second = (person(Role.REVIEWER, at=world.trust) for _ in range(2))

    operations.witness(activity=activity, by=first, on=DAY)
    again = operations.witness(activity=activity, by=second, on=DAY)

    assert again.status == Activity.Status.DONE
    told = HistoryEntry.objects.filter(subject_id=activity.pk)
    assert [(entry.verb, entry.actor) for entry in told] == [("witness", first)]


def test_witness_corrects_what_was_put_down_as_missed(world):
    activity = ActivityFactory.create(
        review=world.review, status="MISSED", missed_because="The class was out."
    )

    told = operations.witness(activity=activity, by=world.lead, on=DAY)

    assert (told.status, told.missed_because) == ("DONE", "")


def test_witness_is_for_whoever_may_view_the_review_while_it_is_open(world):
    stranger = person(Role.REVIEWER, at=ReviewFactory.create())
    activity = ActivityFactory.create(review=world.review)
    over = ActivityFactory.create(
        review__academy=world.academy, review__status="CANCELLED", review__cancelled_because="Snow"
    )

    with pytest.raises(Refused, match="a review you don't work with"):
        operations.witness(activity=activity, by=stranger, on=DAY)
    with pytest.raises(Refused, match="This review is over"):
        operations.witness(activity=over, by=world.lead, on=DAY)


@pytest.mark.parametrize(("kind", "fits"), [("STAFF_VOICE", False), ("LEARNING_WALK", True)])
def test_schedule_names_somebody_with_a_form_that_names_nobody_on_a_walk_only(world, kind, fits):
    form = InstrumentVersionFactory.create(
        instrument__trust=world.trust,
        instrument__kind=kind,
        content={"naming": "OFF", "sections": []},
    )
    about = {"kind": kind, "instrument_version": form, "observed": world.teacher}

    if fits:
        assert world.schedule(**about).observed == world.teacher
    else:
        with pytest.raises(Refused, match="names nobody"):
            world.schedule(**about)


def test_schedule_pairs_two_observers_and_no_other_number(world):
    two = (world.nuala, world.simone)

    assert world.schedule(is_paired=True, reviewers=two).is_paired
    with pytest.raises(Refused, match="takes two observers"):
        world.schedule(is_paired=True, starts_at=at("11:00"), ends_at=at("11:30"))


def test_schedule_pairs_nobody_where_the_room_takes_one(world):
    world.review.policy_version.settings = {"capture": {"max_visitors": 1}}
    world.review.policy_version.save()

    with pytest.raises(Refused, match="too many for one room"):
        world.schedule(is_paired=True, reviewers=(world.nuala, world.simone))


def test_change_can_pair_a_visit_before_it_begins(world):
    activity = world.schedule()

    plan = world.plan(is_paired=True, reviewers=(world.nuala, world.simone))
    operations.change(
        activity=activity, plan=plan, because="A second pair of eyes", by=world.lead, at=at("08:00")
    )

    activity.refresh_from_db()
    assert activity.is_paired


def test_schedule_names_nobody_in_a_conversation_whatever_its_form_says(world):
    form = InstrumentVersionFactory.create(
        instrument__trust=world.trust, instrument__kind="STUDENT_VOICE"
    )

    with pytest.raises(Refused, match="recorded as a group"):
        world.schedule(kind="STUDENT_VOICE", instrument_version=form, observed=world.teacher)
