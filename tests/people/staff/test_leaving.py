"""Somebody who has left reaches nothing from the day after, whatever nobody has ended yet."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import AcademyFactory, PersonFactory, PostFactory, grant, person
from trigpoint.people import access
from trigpoint.people.grants import operations as grants
from trigpoint.people.models import Person
from trigpoint.people.roles import Role
from trigpoint.people.staff import operations, rules
from trigpoint.people.staff.rules import PostFacts
from trigpoint.records.models import HistoryEntry
from trigpoint.records.refusals import Refused

pytestmark = pytest.mark.django_db
LAST_DAY = dt.date(2026, 8, 31)
DAY_AFTER = LAST_DAY + dt.timedelta(days=1)
LONG_AGO = dt.date(2026, 1, 5)
SIGN_IN, PASSWORD = "/people/sign-in/", "three contour lines"


@pytest.fixture
def academy():
    return AcademyFactory.create()


@pytest.mark.parametrize(
    ("ends", "last"),
    [
        pytest.param([], None, id="no post"),
        pytest.param([None], None, id="open"),
        pytest.param([LAST_DAY, None], None, id="one still open"),
        pytest.param([LAST_DAY, DAY_AFTER], DAY_AFTER, id="the later of two"),
    ],
)
def test_last_day_is_the_end_of_the_last_post(ends, last):
    assert rules.last_day(ends) == last


def test_the_end_of_the_last_post_is_somebodys_last_day_and_a_new_one_brings_them_back(academy):
    by = person(Role.ADMINISTRATOR, at=academy.trust)
    ann = PersonFactory.create(trust=academy.trust)
    first = operations.appoint(person=ann, facts=PostFacts("Teacher", academy), by=by)
    second = operations.appoint(
        person=ann, facts=PostFacts("Coach", academy, ends_on=LAST_DAY), by=by
    )
    stays = Person.objects.get(pk=ann.pk).left_on

    operations.revise_post(post=first, changes={"ends_on": dt.date(2026, 7, 1)}, by=by)
    leaves = Person.objects.get(pk=ann.pk)
    leaves_on = leaves.left_on
    operations.appoint(person=leaves, facts=PostFacts("Governor", academy), by=by)

    assert (stays, leaves_on) == (None, second.ends_on)
    assert Person.objects.get(pk=ann.pk).left_on is None
    verbs = HistoryEntry.objects.filter(subject_id=ann.pk).values_list("verb", flat=True)
    assert set(verbs) == {"leaves", "stays"}


@pytest.mark.parametrize(("day", "counts"), [(LAST_DAY, True), (DAY_AFTER, False)])
def test_access_ends_with_the_last_day(academy, day, counts, django_assert_max_num_queries):
    user = person(Role.HEADTEACHER, at=academy)
    grant(user, Role.STAFF, at=academy.trust)
    held = user.person.grants.first()
    user.person.left_on = LAST_DAY
    user.person.save()
    held.refresh_from_db()

    with django_assert_max_num_queries(2):
        reach = access.of(user.person, on=day)

    assert bool(reach.roles) == counts
    assert held.is_in_force(on=day) == counts
    assert user.person.has_left(on=day) is not counts
    assert Person.objects.here(on=day).filter(pk=user.person_id).exists() == counts


def test_a_live_session_of_somebody_who_left_ends_with_the_next_request(client, academy):
    user = person(Role.HEADTEACHER, at=academy)
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user)
    before = client.get("/people/account/").status_code

    PostFactory.create(person=user.person, academy=academy)
    operations.revise_post(post=user.person.posts.get(), changes={"ends_on": LONG_AGO}, by=None)
    page, data = client.get("/people/account/"), client.get("/api/v1/actions/")
    again = client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})

    assert (before, page.status_code, data.status_code) == (200, 302, 401)
    assert page.url.startswith(SIGN_IN)
    assert "switched-off" in again.url
    assert client.get("/people/account/").status_code == 302


def test_give_refuses_a_role_that_would_never_count(academy):
    by = person(Role.ADMINISTRATOR, at=academy.trust)
    ann = PersonFactory.create(trust=academy.trust, left_on=LAST_DAY)

    given = grants.give(person=ann, role=Role.STAFF, place=academy, starts_on=LAST_DAY, by=by)
    with pytest.raises(Refused, match="last day is 31 August 2026"):
        grants.give(person=ann, role=Role.STAFF, place=academy, starts_on=DAY_AFTER, by=by)

    assert given.is_in_force(on=LAST_DAY)


def test_the_screens_say_that_somebody_leaves_or_left(client, academy):
    client.force_login(person(Role.ADMINISTRATOR, at=academy.trust))
    ann = person(Role.STAFF, at=academy).person
    show = reverse("people:staff-show", args=[ann.pk])

    def said(left_on):
        Person.objects.filter(pk=ann.pk).update(left_on=left_on)
        places = (show, f"{show}account/", "/people/grants/")
        return "\n".join(client.get(place).content.decode() for place in places)

    soon, gone = said("2099-08-31"), said(LONG_AGO)

    assert "leaves on 31 Aug 2099. From the day after they cannot sign in" in soon
    assert "They cannot sign in, and no role they hold counts" in gone
    assert ("Closed, as they left" in soon, "Closed, as they left" in gone) == (False, True)
    assert ("Left, so it does not count" in soon, "Left, so it does not count" in gone) == (
        False,
        True,
    )
