"""The calendar as programs read it: by the library that writes it and by another one."""

import datetime as dt
import logging
from io import StringIO

import pytest
import time_machine
import vobject
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from tests.factories import (
    AcademyFactory,
    ActivityFactory,
    DeadlineFactory,
    PersonFactory,
    ReviewFactory,
    ReviewTeamMemberFactory,
    grant,
    person,
)
from trigpoint.config import logs
from trigpoint.people.accounts import operations as accounts
from trigpoint.people.feeds import operations as feeds
from trigpoint.people.grants import operations as grants
from trigpoint.people.roles import Role
from trigpoint.reviews.activities import operations as activities
from trigpoint.reviews.models import Activity, Deadline, Review
from trigpoint.reviews.reviews import operations as reviews
from trigpoint.reviews.reviews.rules import Dates

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 11, 3)
NOW = dt.datetime(2025, 11, 3, 9, tzinfo=dt.UTC)
LATER = {"fieldwork_starts_on": dt.date(2025, 11, 18), "fieldwork_ends_on": dt.date(2025, 11, 19)}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def academy():
    return AcademyFactory.create(name="Ash Lane Primary")


@pytest.fixture
def lead(academy):
    return person(Role.QA_LEAD, at=academy.trust)


def address_of(user):
    return reverse("reviews:feeds-show", args=[feeds.make(by=user, at=NOW)])


def read(client, where):
    """Return the calendar's entries by uid, as both libraries read them."""
    answer = client.get(where)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    by_uid = {str(it["UID"]): it for it in Calendar.from_ical(answer.content).walk("VEVENT")}
    other = vobject.readOne(answer.content.decode())
    theirs = {it.uid.value: it for it in getattr(other, "vevent_list", [])}
    assert set(theirs) == set(by_uid)
    for uid, event in by_uid.items():
        assert theirs[uid].summary.value == str(event["SUMMARY"])
        assert theirs[uid].dtstart.value == event.decoded("DTSTART")
        assert theirs[uid].dtend.value == event.decoded("DTEND")
    return by_uid


def titles(client, user):
    return {str(it["SUMMARY"]) for it in read(client, address_of(user)).values()}


def test_show_is_a_calendar_of_what_one_leads(client, academy, lead):
    review = ReviewFactory.create(academy=academy, lead=lead.person, title="Reading", **LATER)
    ReviewFactory.create(academy=academy, title="Somebody else’s", **LATER)
    step = DeadlineFactory.create(review=review, step=Deadline.Step.DRAFT)
    for done in ({"step": Deadline.Step.NOTICE, "done_on": TODAY}, {"step": Deadline.Step.ACTIONS}):
        DeadlineFactory.create(review=review, **done)

    found = read(client, address_of(lead))

    whole = found[f"review-{review.pk}@trigpoint"]
    draft = found[f"deadline-{review.pk}-draft@trigpoint"]
    assert set(found) == {str(whole["UID"]), str(draft["UID"])}
    assert str(whole["SUMMARY"]) == "Reading, Ash Lane Primary"
    assert whole.decoded("DTSTART") == dt.date(2025, 11, 18)
    assert whole.decoded("DTEND") == dt.date(2025, 11, 20)  # the end is not included
    assert str(whole["STATUS"]) == "CONFIRMED"
    assert str(draft["SUMMARY"]) == "Draft report due: Reading, Ash Lane Primary"
    assert draft.decoded("DTEND") - draft.decoded("DTSTART") == dt.timedelta(days=1)
    assert draft.decoded("DTSTART") == step.due_on


def test_show_holds_reviews_one_is_on_receives_or_is_head_for(client, academy):
    head = person(Role.HEADTEACHER, at=academy)
    member = person(Role.REVIEWER, at=academy.trust)
    here = {"academy": academy, **LATER}
    joined = ReviewFactory.create(title="Joined", **here)
    ReviewTeamMemberFactory.create(review=joined, person=member.person)
    sibling = AcademyFactory.create(trust=academy.trust)
    ReviewFactory.create(title="At a sibling", academy=sibling, **LATER)
    documents = DeadlineFactory.create(review=joined, step=Deadline.Step.DOCUMENTS)
    DeadlineFactory.create(review=joined, step=Deadline.Step.DRAFT)

    assert titles(client, member) == {"Joined, Ash Lane Primary"}
    assert titles(client, head) == {
        "Joined, Ash Lane Primary",
        f"{documents.get_step_display()} due: Joined, Ash Lane Primary",
    }


def test_show_is_right_across_the_change_of_the_clocks(client, academy, lead):
    review = ReviewFactory.create(academy=academy, lead=lead.person, **LATER)
    at = {"before": dt.datetime(2026, 3, 27, 9, tzinfo=dt.UTC)}  # Friday, GMT
    at["after"] = dt.datetime(2026, 3, 30, 8, tzinfo=dt.UTC)  # Monday, BST: 9 on the wall again
    for name, moment in at.items():
        made = ActivityFactory.create(
            review=review, title=name, starts_at=moment, ends_at=moment + dt.timedelta(hours=1)
        )
        made.reviewers.add(lead.person)

    where = address_of(lead)
    events = {str(it["SUMMARY"]): it for it in read(client, where).values()}
    raw = client.get(where).content.decode()

    assert "DTSTART;TZID=Europe/London:20260327T090000" in raw
    assert "DTSTART;TZID=Europe/London:20260330T090000" in raw
    assert events["before"].decoded("DTSTART") == at["before"]
    assert events["after"].decoded("DTSTART") == at["after"]
    zone = Calendar.from_ical(raw).walk("VTIMEZONE")[0].to_tz()
    hours = {
        day: dt.datetime(*day, 12, tzinfo=zone).utcoffset() // dt.timedelta(hours=1)
        for day in ((2026, 3, 28), (2026, 3, 29), (2026, 10, 24), (2026, 10, 25))
    }
    assert list(hours.values()) == [0, 1, 1, 0]


def test_show_never_names_who_is_observed(client, academy, lead):
    observed = person(Role.STAFF, at=academy)
    observed.person.name = "Tamsin Oakes"
    observed.person.save()
    review = ReviewFactory.create(academy=academy, lead=lead.person, **LATER)
    visit = ActivityFactory.create(
        review=review,
        observed=observed.person,
        title="Year 4 reading with Mrs Oakes",  # typed before anybody was named
        with_whom="Tamsin Oakes and 4B",
        place="Room 7",
    )
    visit.reviewers.add(lead.person)

    for user in (lead, observed):
        where = address_of(user)
        text = client.get(where).content.decode().replace("\r\n ", "")
        assert f"activity-{visit.pk}@trigpoint" in text
        assert "Room 7" in text
        assert "Oakes" not in text
        assert "Tamsin" not in text
    assert (
        reverse("reviews:reviews-show", args=[review.pk]) not in text
    )  # hers leads to her own page


def test_show_keeps_what_is_cancelled_and_counts_changes(client, academy, lead):
    review = ReviewFactory.create(academy=academy, lead=lead.person, **LATER)
    visit = ActivityFactory.create(review=review, starts_at=NOW + dt.timedelta(days=15),
                                   ends_at=NOW + dt.timedelta(days=15, hours=1))  # fmt: skip
    visit.reviewers.add(lead.person)
    where = address_of(lead)
    uids = {kind: f"{kind}-{it.pk}@trigpoint" for kind, it in
            {"review": review, "activity": visit}.items()}  # fmt: skip

    def now(kind):
        event = read(client, where)[uids[kind]]
        return int(event["SEQUENCE"]), str(event["STATUS"]), event.decoded("DTSTAMP")

    first = now("review")
    moved = Dates(dt.date(2025, 11, 25), dt.date(2025, 11, 25))
    with time_machine.travel(NOW + dt.timedelta(hours=1), tick=False):
        reviews.replan(review=review, dates=moved, by=lead, on=TODAY)
    second = now("review")
    activities.call_off(activity=visit, because="The class is out", by=lead, at=timezone.now())
    off = now("activity")
    kept = ActivityFactory.create(review=review, starts_at=NOW + dt.timedelta(days=15, hours=2),
                                  ends_at=NOW + dt.timedelta(days=15, hours=3))  # fmt: skip
    kept.reviewers.add(lead.person)
    uids["kept"] = f"activity-{kept.pk}@trigpoint"
    before = now("kept")
    reviews.cancel(review=Review.objects.get(), because="Closed for floods", by=lead, on=TODAY)

    assert (first[0], second[0]) == (0, 1)
    assert first[2] < second[2]
    assert (second[1], off[1], now("review")[1]) == ("CONFIRMED", "CANCELLED", "CANCELLED")
    assert now("review")[0] == 2
    after = now("kept")  # of a review that is cancelled: a calendar takes it over only with more
    assert (before[1], after[1]) == ("CONFIRMED", "CANCELLED")
    assert after[0] > before[0]


def test_show_answers_304_until_something_changes(client, academy, lead):
    review = ReviewFactory.create(academy=academy, lead=lead.person, **LATER)
    where = address_of(lead)
    first = client.get(where)

    same = client.get(where, headers={"If-None-Match": first.headers["ETag"]})
    review.title = "Another title"
    review.save()
    changed = client.get(where, headers={"If-None-Match": first.headers["ETag"]})

    assert (same.status_code, same.content) == (304, b"")
    assert changed.status_code == 200
    assert client.head(where).status_code == 200
    assert client.post(where).status_code == 405


def end_roles(user):
    for held in user.person.grants.all():
        grants.end(grant=held, by=person(Role.ADMINISTRATOR, at=user.person.trust), on=TODAY)


def switch_off(user):
    accounts.switch_off(account=user, by=person(Role.ADMINISTRATOR, at=user.person.trust), on=TODAY)


def leave(user):
    user.person.left_on = TODAY - dt.timedelta(days=1)
    user.person.save()


@pytest.mark.parametrize("lose", [end_roles, switch_off, leave])
def test_show_is_not_found_from_the_moment_a_right_ends(client, academy, lose):
    user = person(Role.REVIEWER, at=academy.trust)
    where = address_of(user)
    assert client.get(where).status_code == 200

    lose(user)

    assert client.get(where).status_code == 404


def test_show_leaves_out_what_one_may_see_no_more(client, academy):
    user = person(Role.REVIEWER, at=academy)
    ReviewFactory.create(academy=academy, lead=user.person, **LATER)
    grant(user, Role.STAFF, at=academy)
    where = address_of(user)
    assert len(read(client, where)) == 1

    user.person.grants.filter(role=Role.REVIEWER).update(ends_on=TODAY - dt.timedelta(days=1))

    assert read(client, where) == {}


def test_show_to_a_wrong_secret_is_not_found(client):
    assert client.get("/reviews/feeds/no-such-secret.ics").status_code == 404


def test_show_is_logged_by_its_route_and_never_by_its_secret(client, academy, lead):
    where = address_of(lead)
    said = StringIO()
    handler = logging.StreamHandler(said)
    names = ["", "django_structlog", "django.request", "django.server"]
    kept = {name: logging.getLogger(name).level for name in names}
    logs.configure(readable=False)
    for name in names:
        logging.getLogger(name).addHandler(handler)
    logging.getLogger("django_structlog").setLevel("INFO")
    client.get(where)
    client.get(where.replace(".ics", "x.ics"))
    for name in names:
        logging.getLogger(name).removeHandler(handler)
        logging.getLogger(name).setLevel(kept[name])

    assert "reviews/feeds/<str:token>.ics" in said.getvalue()
    assert where.split("/")[-1][:20] not in said.getvalue()


def test_show_costs_the_same_however_much_is_in_it(client, academy, lead, assert_flat):
    def add_row():
        review = ReviewFactory.create(academy=academy, lead=lead.person, **LATER)
        DeadlineFactory.create(review=review)
        visit = ActivityFactory.create(review=review, observed=PersonFactory.create())
        visit.reviewers.add(lead.person)

    assert_flat(address_of(lead), add_row=add_row, at_most=10)


def test_status_of_every_activity_is_known_to_the_calendar():
    from trigpoint.reviews.feeds.queries import NOT_TO_BE  # noqa: PLC0415 -- the list it is about

    assert set(Activity.Status) - set(NOT_TO_BE) == {"PLANNED", "DONE"}
