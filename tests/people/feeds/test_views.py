import re

import pytest

from tests.factories import AcademyFactory, FeedFactory, person
from trigpoint.people.models import Feed
from trigpoint.people.roles import Role

pytestmark = pytest.mark.django_db
SHOW, MAKE, REVOKE = "/people/calendar/", "/people/calendar/make/", "/people/calendar/revoke/"
ADDRESS = re.compile(r"http://testserver(/reviews/feeds/[\w-]{43}\.ics)")


@pytest.fixture
def owner(client):
    user = person(Role.HEADTEACHER, at=AcademyFactory.create())
    client.force_login(user)
    return user


def test_show_says_whether_there_is_one_and_how_to_use_it(client, owner):
    FeedFactory.create()

    without = client.get(SHOW).content.decode()
    FeedFactory.create(person=owner.person)
    having = client.get(SHOW).content.decode()

    assert "No address yet" in without
    assert all(name in without for name in ("Outlook", "Google Calendar", "Apple Calendar"))
    assert "No calendar program has read it yet." in having


def test_make_shows_the_address_this_once(client, owner):
    made = client.post(MAKE)

    text = made.content.decode()
    address = ADDRESS.search(text)[1]
    assert f"webcal://testserver{address}" in text
    assert "no-store" in made.headers["Cache-Control"]
    assert client.get(address).status_code == 200
    assert not ADDRESS.search(client.get(SHOW).content.decode())


def test_revoke_shuts_the_address(client, owner):
    address = ADDRESS.search(client.post(MAKE).content.decode())[1]

    answer = client.post(REVOKE, follow=True)

    assert "opens nothing any more" in answer.content.decode()
    assert client.get(address).status_code == 404
    assert not Feed.objects.exists()
    assert client.post(REVOKE).status_code == 409
