"""An academy's calendar through the browser's door."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import AcademyFactory, ClosureFactory, TermFactory, person
from trigpoint.people.roles import Role
from trigpoint.records.models import HistoryEntry
from trigpoint.trusts.models import Closure

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def test_show_counts_each_terms_working_days(client):
    term = TermFactory.create()
    ClosureFactory.create(academy=term.academy)
    client.force_login(person(Role.HEADTEACHER, at=term.academy))

    answer = client.get(reverse("trusts:calendars-show", args=[term.academy_id]))

    assert [row["days"] for row in answer.context["terms"]] == [74]
    assert "Half term" in text(answer)
    assert "Import term dates" not in text(answer)


def test_show_says_what_to_do_without_terms(client):
    academy = AcademyFactory.create()
    client.force_login(person(Role.ADMINISTRATOR, at=academy.trust))

    shown = text(client.get(reverse("trusts:calendars-show", args=[academy.pk])))

    assert "No terms yet" in shown
    assert "every weekday" in shown
    assert "Import term dates" in shown


def test_show_costs_the_same_for_any_number_of_closures(client, assert_flat):
    academy = AcademyFactory.create()
    client.force_login(person(Role.HEADTEACHER, at=academy))
    days = iter(range(1, 9))

    def add_row():
        day = dt.date(2026, 6, next(days))
        ClosureFactory.create(academy=academy, starts_on=day, ends_on=day)

    assert_flat(reverse("trusts:calendars-show", args=[academy.pk]), add_row=add_row, at_most=8)


def test_show_is_not_found_for_a_stranger(client):
    client.force_login(person(Role.ADMINISTRATOR, at=AcademyFactory.create().trust))

    answer = client.get(reverse("trusts:calendars-show", args=[AcademyFactory.create().pk]))

    assert answer.status_code == 404


def closing(**different):
    return {
        "kind": "INSET",
        "name": "Staff training",
        "starts_on": "2025-11-27",
        "ends_on": "2025-11-27",
        **different,
    }


def test_close_days_enters_an_inset_day(client):
    academy = AcademyFactory.create()
    client.force_login(person(Role.ADMINISTRATOR, at=academy.trust))
    url = reverse("trusts:calendars-close_days", args=[academy.pk])

    assert client.get(url).status_code == 200
    answer = client.post(url, closing())

    assert answer.url == reverse("trusts:calendars-show", args=[academy.pk])
    assert Closure.objects.get().kind == "INSET"


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"ends_on": "2025-11-26"}, "Swap the two dates"),
        ({"starts_on": "2025-10-27"}, "already closes some of these days"),
    ],
)
def test_close_days_refuses_in_words_and_keeps_what_was_typed(client, answers, sentence):
    academy = AcademyFactory.create()
    ClosureFactory.create(academy=academy)
    client.force_login(person(Role.ADMINISTRATOR, at=academy.trust))
    url = reverse("trusts:calendars-close_days", args=[academy.pk])

    answer = client.post(url, closing(**answers))

    assert answer.status_code == 409
    assert sentence in text(answer)
    assert "Staff training" in text(answer)


def test_close_days_is_not_for_a_headteacher(client):
    academy = AcademyFactory.create()
    client.force_login(person(Role.HEADTEACHER, at=academy))

    answer = client.post(reverse("trusts:calendars-close_days", args=[academy.pk]), closing())

    assert answer.status_code == 403


def test_open_days_takes_a_closure_out_for_the_administrator_alone(client):
    closure = ClosureFactory.create(name="Snow")
    url = reverse("trusts:calendars-open_days", args=[closure.pk])
    shown = reverse("trusts:calendars-show", args=[closure.academy_id])
    client.force_login(person(Role.HEADTEACHER, at=closure.academy))
    assert "Take out" not in text(client.get(shown))
    assert client.post(url).status_code == 403

    client.force_login(person(Role.ADMINISTRATOR, at=closure.trust))
    assert 'Take out<span class="visually-hidden"> Snow of ' in text(client.get(shown))
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 404

    assert not Closure.objects.exists()
    entry = HistoryEntry.objects.get(subject_id=closure.pk)
    assert (entry.verb, entry.detail["name"]) == ("opened_days", "Snow")
