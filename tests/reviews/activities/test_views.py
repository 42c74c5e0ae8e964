"""The timetable through the browser's door."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    ActivityFactory,
    InstrumentVersionFactory,
    LineOfEnquiryFactory,
    PersonFactory,
    PostFactory,
    ReviewFactory,
    TeamFactory,
    person,
)
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.reviews.models import Activity

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2025, 11, 11, 10, 0, tzinfo=dt.UTC), tick=False):
        yield


class World:
    """A review with its lead signed in, an instrument and a line."""

    def __init__(self, client):
        self.review = ReviewFactory.create()
        self.lead = person(Role.REVIEWER, at=self.review)
        self.review.lead = self.lead.person
        self.review.save()
        self.instrument = InstrumentVersionFactory.create(
            instrument__trust=self.review.trust, number=2
        )
        self.line = LineOfEnquiryFactory.create(review=self.review)
        self.url = reverse("reviews:activities-schedule", args=[self.review.pk])
        client.force_login(self.lead)

    def answers(self, **different):
        """Answer everything the form must know."""
        return {
            "title": "Year 4 lesson",
            "instrument_version": self.instrument.pk,
            "day": "2025-11-12",
            "starts": "09:40",
            "ends": "10:10",
            "place": "Room 6",
            "reviewers": [self.lead.person_id],
            "lines": [self.line.pk],
            **different,
        }


@pytest.fixture(name="world")
def _world(client):
    return World(client)


def text(answer):
    return answer.content.decode()


def test_schedule_puts_an_activity_on_the_timetable(client, world):
    teacher = PostFactory.create(academy=world.review.academy).person
    team = TeamFactory.create(academy=world.review.academy)

    answer = client.post(world.url, world.answers(observed=teacher.pk, team=team.pk))

    activity = Activity.objects.get()
    assert answer.url == world.url
    assert activity.starts_at == dt.datetime(2025, 11, 12, 9, 40, tzinfo=dt.UTC)
    assert (activity.observed, activity.team) == (teacher, team)
    assert list(activity.lines.all()) == [world.line]
    assert "Year 4 lesson" in text(client.get(world.url))


def test_schedule_keeps_what_was_typed_when_it_is_refused(client, world):
    answer = client.post(world.url, world.answers(day="2025-11-15"))

    assert answer.status_code == 409
    assert "is a Saturday" in text(answer)
    assert "Room 6" in text(answer)


def test_schedule_takes_no_title_that_names_a_member_of_staff(client, world):
    teacher = PersonFactory.create(trust=world.review.trust, name="Ada Fell")
    PostFactory.create(academy=world.review.academy, person=teacher)

    answer = client.post(world.url, world.answers(title="Maths with Miss Fell"))

    assert answer.status_code == 409
    assert "Take out: Ada Fell. Say what is visited" in text(answer)
    assert "Maths with Miss Fell" in text(answer)
    assert not Activity.objects.exists()


@pytest.mark.parametrize("field", ["instrument_version", "reviewers", "lines", "team", "observed"])
def test_schedule_takes_no_row_from_elsewhere(client, world, field):
    foreign = AcademyFactory.create()
    rows = {
        "instrument_version": InstrumentVersionFactory.create(),
        "reviewers": PersonFactory.create(trust=world.review.trust),
        "lines": LineOfEnquiryFactory.create(),
        "team": TeamFactory.create(academy=foreign),
        "observed": PostFactory.create(academy=foreign).person,
    }

    answer = client.post(world.url, world.answers(**{field: [rows[field].pk]}))

    assert answer.status_code == 422
    assert not Activity.objects.exists()


def test_schedule_takes_the_workspaces_advice(client, world):
    query = {"kind": "LESSON_VISIT", "from": "14:00", "line": world.line.pk}

    form = client.get(world.url, query).context["form"]

    assert form.initial["day"] == dt.date(2025, 11, 12)
    assert (form.initial["starts"], form.initial["ends"]) == (dt.time(14), dt.time(14, 30))
    assert form.initial["lines"] == [str(world.line.pk)]


@pytest.mark.parametrize("odd", [{"from": "25:99"}, {"kind": "SPYING"}, {"line": "x"}])
def test_schedule_ignores_an_odd_address(client, world, odd):
    assert client.get(world.url, odd).status_code == 200


def test_schedule_names_nobody_on_a_learning_walk_unless_asked(client, world):
    walk = {"kind": "LEARNING_WALK"}

    assert "observed" not in client.get(world.url, walk).context["form"].fields
    assert "observed" in client.get(world.url, {**walk, "named": "1"}).context["form"].fields


def test_schedule_never_offers_a_name_where_the_form_names_nobody(client, world):
    InstrumentVersionFactory.create(
        instrument__trust=world.review.trust,
        instrument__kind="STAFF_VOICE",
        content={"naming": "OFF", "sections": []},
    )

    answer = client.get(world.url, {"kind": "STAFF_VOICE", "named": "1"})

    assert "observed" not in answer.context["form"].fields
    assert "names nobody" in answer.content.decode()


def test_schedule_shows_what_became_of_each_activity(client, world):
    ActivityFactory.create(review=world.review, title="Planned one")
    ended = dt.datetime(2025, 11, 11, 9, 0, tzinfo=dt.UTC)
    begun = {"starts_at": ended - dt.timedelta(hours=1), "ends_at": ended}
    ActivityFactory.create(review=world.review, **begun)
    ActivityFactory.create(review=world.review, status="OFF", missed_because="Flood")
    ActivityFactory.create(review=world.review, status="DONE")
    ActivityFactory.create(review=world.review, status="MISSED", missed_because="Snow")

    shown = text(client.get(world.url))

    for words in ("Change", "Call off", "Did not happen", "Snow", "Called off", "Flood"):
        assert words in shown


def test_schedule_is_not_found_for_another_reviews_external(client, world):
    client.force_login(person(Role.REVIEWER, at=ReviewFactory.create()))

    assert client.get(world.url).status_code == 404


def test_finish_and_miss_say_what_became_of_it(client, world):
    done, missed = ActivityFactory.create_batch(2, review=world.review)
    miss = reverse("reviews:activities-miss", args=[missed.pk])

    client.post(reverse("reviews:activities-finish", args=[done.pk]))
    assert client.get(miss).status_code == 200
    assert client.post(miss, {"because": ""}).status_code == 422
    client.post(miss, {"because": "The class was out."})

    found = {it.pk: (it.status, it.missed_because) for it in Activity.objects.all()}
    assert found == {done.pk: ("DONE", ""), missed.pk: ("MISSED", "The class was out.")}


def test_change_asks_what_is_planned_and_keeps_why(client, world):
    activity = ActivityFactory.create(review=world.review, title="Year 4 lesson")
    activity.reviewers.add(world.lead.person)
    url = reverse("reviews:activities-change", args=[activity.pk])
    asked = client.get(url).context["form"]
    moved = world.answers(starts="11:00", ends="11:30", because="The class is out at ten.")

    assert client.post(url, {**moved, "because": ""}).status_code == 422
    assert client.post(url, moved).url == world.url

    activity.refresh_from_db()
    assert asked.initial["reviewers"] == [world.lead.person_id]
    assert (activity.starts_at.hour, activity.place) == (11, "Room 6")
    detail = HistoryEntry.objects.get(subject_id=activity.pk, verb="changed").detail
    assert detail["because"] == "The class is out at ten."
    assert detail["before"]["title"] == "Year 4 lesson"


def test_change_keeps_a_named_persons_budget_and_the_reviewers_other_visits(client, world):
    world.review.academy.trust.visit_budget_count = 1
    world.review.academy.trust.save()
    teacher = PostFactory.create(academy=world.review.academy).person
    activity = ActivityFactory.create(review=world.review, observed=teacher)
    busy = ActivityFactory.create(
        review=world.review,
        starts_at=dt.datetime(2025, 11, 12, 13, 0, tzinfo=dt.UTC),
        ends_at=dt.datetime(2025, 11, 12, 14, 0, tzinfo=dt.UTC),
    )
    busy.reviewers.add(world.lead.person)
    url = reverse("reviews:activities-change", args=[activity.pk])
    said = world.answers(observed=teacher.pk, because="Later suits her.")

    clash = client.post(url, {**said, "starts": "13:30", "ends": "14:00"})
    client.post(url, said)

    assert clash.status_code == 409
    activity.refresh_from_db()
    assert (activity.observed, activity.budget_reason) == (teacher, "")


def test_call_off_says_why_and_frees_the_reviewer(client, world):
    teacher = PostFactory.create(academy=world.review.academy).person
    activity = ActivityFactory.create(review=world.review, observed=teacher)
    activity.reviewers.add(world.lead.person)
    url = reverse("reviews:activities-call_off", args=[activity.pk])

    assert client.post(url, {"because": ""}).status_code == 422
    assert client.post(url, {"because": "She is away."}).url == world.url

    activity.refresh_from_db()
    assert (activity.status, activity.missed_because) == ("OFF", "She is away.")
    again = client.post(world.url, world.answers(starts="11:00", ends="12:00"))
    assert again.status_code == 302


@pytest.mark.parametrize("verb", ["change", "call_off"])
def test_change_and_call_off_are_refused_once_it_has_begun(client, world, verb):
    begun = dt.datetime(2025, 11, 11, 9, 59, tzinfo=dt.UTC)
    activity = ActivityFactory.create(
        review=world.review, starts_at=begun, ends_at=begun + dt.timedelta(hours=1)
    )
    url = reverse(f"reviews:activities-{verb}", args=[activity.pk])

    assert "has begun" in text(client.get(url))
    assert client.post(url, world.answers(because="Too late.")).status_code == 409


def test_finish_is_not_found_for_a_stranger(client, world):
    activity = ActivityFactory.create()

    url = reverse("reviews:activities-finish", args=[activity.pk])

    assert world.review
    assert client.post(url).status_code == 404


def test_miss_is_refused_once_it_is_done(client, world):
    activity = ActivityFactory.create(review=world.review, status="DONE")

    answer = client.post(reverse("reviews:activities-miss", args=[activity.pk]), {"because": "x"})

    assert answer.status_code == 409


def test_schedule_shows_that_a_visit_is_paired(client, world):
    second = PersonFactory.create(trust=world.review.trust)
    world.review.members.create(trust=world.review.trust, person=second)
    both = world.answers(is_paired="on", reviewers=[world.lead.person_id, second.pk])

    answer = client.post(world.url, both, follow=True)

    assert Activity.objects.get().is_paired
    assert "Paired visit</span>" in text(answer)


def test_schedule_offers_nobody_to_be_observed_in_a_conversation(client, world):
    InstrumentVersionFactory.create(
        instrument__trust=world.review.trust, instrument__kind="STUDENT_VOICE"
    )

    assert "Who is observed" not in text(client.get(world.url, {"kind": "STUDENT_VOICE"}))
