import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    ActionFactory,
    ActivityFactory,
    DevelopmentNeedFactory,
    EvidenceRecordFactory,
    FindingFactory,
    NoteFactory,
    PostFactory,
    ReplyFactory,
    ReviewFactory,
    person,
)
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
ME = "insight:practice-show"
NOW = dt.datetime(2025, 11, 20, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def teacher(client):
    academy = AcademyFactory.create()
    user = person(Role.STAFF, at=academy)
    PostFactory.create(academy=academy, person=user.person)
    client.force_login(user)
    return user


def home_of(user):
    return user.person.posts.get().academy


def test_show_costs_the_same_for_any_number_of_records(client, teacher, assert_flat):
    review = ReviewFactory.create(academy=home_of(teacher))

    def add_record():
        record = EvidenceRecordFactory.create(review=review, observed=teacher.person, shared=True)
        NoteFactory.create(record=record, kind="WWW")
        ReplyFactory.create(record=record)

    assert_flat(reverse(ME), add_row=add_record, at_most=15)


def test_show_gives_what_was_shared_and_nothing_else(client, teacher):
    review = ReviewFactory.create(academy=home_of(teacher))
    for text, fields in (
        ("Clear modelling", {"shared": True, "observed": teacher.person}),
        ("Not shared yet", {"submitted": True, "observed": teacher.person}),
        ("About somebody else", {"shared": True}),
    ):
        NoteFactory.create(
            record=EvidenceRecordFactory.create(review=review, **fields), kind="WWW", text=text
        )

    answer = client.get(reverse(ME)).content.decode()

    assert "Clear modelling" in answer
    assert "Not shared yet" not in answer
    assert "About somebody else" not in answer


def test_show_tells_who_comes_and_what_is_left_of_the_budget(client, teacher):
    review = ReviewFactory.create(academy=home_of(teacher), title="Reading deep dive")
    EvidenceRecordFactory.create(review=review, observed=teacher.person, submitted=True, minutes=30)
    visit = ActivityFactory.create(
        review=review,
        observed=teacher.person,
        starts_at=NOW + dt.timedelta(days=19),
        ends_at=NOW + dt.timedelta(days=19, minutes=20),
    )
    visit.reviewers.add(review.lead)

    answer = client.get(reverse(ME))

    budget = answer.context["budget"]
    assert (budget.used, budget.booked, budget.left, budget.minutes_used) == (1, 1, 1, 30)
    assert review.lead.name in answer.content.decode()
    assert "Tuesday 9 December" in answer.content.decode()


def test_show_begins_with_one_next_step(client, teacher):
    need = DevelopmentNeedFactory.create(
        academy=home_of(teacher), person=teacher.person, next_step="Ask every pupil to answer."
    )
    FindingFactory.create(
        review__academy=home_of(teacher),
        scope="INDIVIDUAL",
        person=teacher.person,
        published=True,
        title="Check before moving on",
    )
    ActionFactory.create(
        finding=FindingFactory.create(review__academy=home_of(teacher), published=True),
        owner=teacher.person,
        title="Lead a book look",
    )

    answer = client.get(reverse(ME)).content.decode()

    for expected in ("Ask every pupil to answer.", "Check before moving on", "Lead a book look"):
        assert expected in answer
    assert f'href="{reverse("improvement:practices-index")}?theme={need.theme_id}"' in answer


def test_show_names_everybody_who_can_read_it(client, teacher):
    academy = home_of(teacher)
    head = person(Role.HEADTEACHER, at=academy)
    lead = person(Role.QA_LEAD, at=academy.trust)
    person(Role.TRUSTEE, at=academy.trust)
    person(Role.HEADTEACHER, at=AcademyFactory.create(trust=academy.trust))
    gone = person(Role.HEADTEACHER, at=academy)
    gone.is_switched_on = False
    gone.save()

    watchers = client.get(reverse(ME)).context["watchers"]

    assert {name for watcher in watchers for name in watcher.names} == {
        head.person.name,
        lead.person.name,
    }


def test_show_says_so_when_there_is_nothing(client, teacher):
    answer = client.get(reverse(ME)).content.decode()

    assert "Nothing has been shared with you yet" in answer
    assert "Nobody is booked to visit you" in answer


def test_show_tells_the_person_that_a_visit_to_them_is_called_off(client, teacher):
    ahead = {
        "starts_at": NOW + dt.timedelta(days=1),
        "ends_at": NOW + dt.timedelta(days=1, hours=1),
    }
    review = ReviewFactory.create(academy=home_of(teacher))
    off = {"status": "OFF", "missed_because": "The trip is that day.", "review": review, **ahead}
    ActivityFactory.create(observed=teacher.person, **off)
    ActivityFactory.create(observed=PostFactory.create().person, **off | {"missed_because": "No."})

    page = client.get(reverse(ME))

    assert [visit.missed_because for visit in page.context["called_off"]] == [
        "The trip is that day."
    ]
    assert "The trip is that day." in page.content.decode()
