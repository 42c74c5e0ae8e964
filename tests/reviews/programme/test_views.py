"""Asking for a proposal through the browser's door."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from tests.factories import AcademicYearFactory, person
from tests.reviews.programme.trusts import SmallTrust
from trigpoint.people.roles import Role
from trigpoint.reviews.models import Programme

pytestmark = pytest.mark.django_db
URL = "reviews:programme-propose"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2025, 11, 12, 10, 0, tzinfo=dt.UTC), tick=False):
        yield


def test_propose_queues_the_work_and_goes_back_to_the_year(client):
    small = SmallTrust()
    client.force_login(small.lead)

    answer = client.post(reverse(URL), {"year": small.year.name})

    assert answer.url == reverse("reviews:charts-show")
    task = DBTaskResult.objects.get()
    assert task.args_kwargs["args"] == [str(Programme.objects.get().pk), str(small.lead.pk)]
    assert client.post(reverse(URL), {"year": small.year.name}).status_code == 409


def test_propose_of_a_year_that_is_not_known_is_not_found(client):
    small = SmallTrust()
    AcademicYearFactory.create(name="1999-00")
    client.force_login(small.lead)

    assert client.post(reverse(URL), {"year": "1999-00"}).status_code == 404


def test_propose_is_not_for_a_reviewer(client):
    client.force_login(person(Role.REVIEWER, at=SmallTrust().trust))

    assert client.post(reverse(URL)).status_code == 403
