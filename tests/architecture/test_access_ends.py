"""Rights that end are gone with the very next request of a session that is already open.

Each way of losing one is done to somebody who is signed in; then every page and endpoint they had
open answers again, and none of them with anything but a refusal.
"""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from tests.architecture import routes as url_map
from tests.architecture.test_access_walk import address, targets_of
from tests.architecture.worlds import build_worlds
from tests.factories import ClusterFactory, PostFactory, person
from trigpoint.people.accounts import operations as accounts
from trigpoint.people.grants import operations as grants
from trigpoint.people.models import Post, User
from trigpoint.people.roles import Role
from trigpoint.people.staff import operations as staff


def end_role(user, by, today):
    """End the one role they hold."""
    grants.end(grant=user.person.grants.get(), by=by, on=today)


def switch_off(user, by, today):
    """Switch their sign-in off."""
    accounts.switch_off(account=user, by=by, on=today)


def end_post(user, by, today):
    """Give the last of their posts an end, as the staff list does."""
    post = Post.objects.get(person=user.person)
    staff.revise_post(post=post, changes={"ends_on": today - dt.timedelta(days=1)}, by=by)


def run_out(user, by, today):
    """Let the last day of their role go by."""
    user.person.grants.update(ends_on=today - dt.timedelta(days=1))


def move_academy(user, by, today):
    """Move the academy out of the cluster their role is held in."""
    cluster = user.person.grants.get().cluster
    cluster.academy_set.update(cluster=ClusterFactory.create(trust=cluster.trust))


WAYS = (end_role, switch_off, end_post, run_out, move_academy)


@pytest.mark.slow
@pytest.mark.django_db
def test_a_lost_right_opens_nothing_on_the_next_request(client, record_property):
    own = build_worlds()["own"]
    user = person(Role.HEADTEACHER, at=own.academy.cluster)
    PostFactory.create(person=user.person, academy=own.academy)
    by = person(Role.ADMINISTRATOR, at=own.trust)
    client.force_login(user)
    cookies = client.cookies.output(header="", sep=";")
    asked = [
        address(route, filling)
        for route in url_map.routes()
        if "GET" in route.methods and route.kwargs and route.asks("GET")
        for filling in targets_of(route, own)
    ]
    opened = [where for where in asked if client.get(where).status_code == 200]
    still = {}

    for lose in WAYS:
        with transaction.atomic():
            lose(User.objects.get(pk=user.pk), by, timezone.localdate())
            still[lose.__name__] = [one for one in opened if client.get(one).status_code < 300]
            transaction.set_rollback(True)
        client.cookies.load(cookies)  # a session that was ended is back with the rollback

    record_property("ended", len(opened) * len(WAYS))
    assert len(opened) > 40
    assert still == {lose.__name__: [] for lose in WAYS}
    assert all(client.get(one).status_code == 200 for one in opened[:3])
