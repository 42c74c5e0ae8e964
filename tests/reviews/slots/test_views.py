"""A proposed review through the browser's door."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from tests.factories import ConflictOfInterestFactory
from tests.reviews.programme.test_operations import propose
from tests.reviews.programme.trusts import SmallTrust
from trigpoint.reviews.models import Review

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2025, 11, 12, 10, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture(name="small")
def _small(client):
    small = SmallTrust()
    small.programme = propose(small)
    small.slot = small.programme.slots.order_by("academy__name").first()
    client.force_login(small.lead)
    return small


def url(verb, small):
    return reverse(f"reviews:slots-{verb}", args=[small.slot.pk])


def text(answer):
    return answer.content.decode()


def test_show_explains_it_as_a_page_and_beside_the_year(client, small):
    whole, piece = client.get(url("show", small)), client.get(url("show", small), **HTMX)

    for shown in (text(whole), text(piece)):
        assert "Deep dive, Dunlow Vale" in shown
        assert "Policy version 3 promises" in shown
        assert f"{small.slot.lead.name} leads" in shown
    assert "<html" not in text(piece)


@pytest.mark.parametrize("verb", ["agree", "drop"])
def test_show_says_what_became_of_it(client, small, verb):
    client.post(url(verb, small), {"because": "Not this year."})

    shown = text(client.get(url("show", small)))

    assert ("Open the review" if verb == "agree" else "Not this year.") in shown


def test_move_offers_the_weeks_ahead_and_the_reviewers(client, small):
    asked = text(client.get(url("move", small)))

    assert "from 17 November" in asked
    assert "from 10 November" not in asked
    assert "Simone" in asked


def test_move_by_the_form_goes_back_to_the_year(client, small):
    answer = client.post(url("move", small), {"week": "2026-01-12"})

    assert answer.url == reverse("reviews:charts-show")
    small.slot.refresh_from_db()
    assert small.slot.starts_on == dt.date(2026, 1, 12)


def test_move_by_hand_wakes_the_year_or_says_why_not(client, small):
    moved = client.post(url("move", small), {"week": "2026-01-12"}, **HTMX)
    refused = client.post(url("move", small), {"week": "2025-11-17"}, **HTMX)

    assert moved.status_code == 204
    assert "programme-changed" in moved["HX-Trigger"]
    assert refused.status_code == 409
    assert "less than its notice" in text(refused)
    assert refused["HX-Retarget"] == "#messages"


def test_move_says_why_not_above_the_form_and_asks_for_something(client, small):
    refused = client.post(url("move", small), {"starts_on": "2025-11-15"})

    assert refused.status_code == 409
    assert "does not work with pupils" in text(refused)
    assert "Choose a week or a day" in text(client.post(url("move", small), {}))


def test_move_gives_it_other_people(client, small):
    slot = small.slot
    other = next(it for it in small.reviewers if it not in {slot.lead, *slot.team.all()})

    assert client.post(url("move", small), {"lead": other.pk}).status_code == 302
    slot.refresh_from_db()
    assert slot.lead == other


def test_move_of_an_academy_s_own_review_asks_for_no_reviewers(client):
    small = SmallTrust(cadence=("SELF",))
    small.add_head(small.academies[0])
    small.slot = propose(small).slots.get()
    client.force_login(small.lead)

    assert "Lead" not in text(client.get(url("move", small))).partition("<form method")[2]
    assert client.post(url("move", small), {"week": "2026-01-12"}).status_code == 302


def test_agree_plans_it(client, small):
    answer = client.post(url("agree", small))

    assert answer.url == reverse("reviews:charts-show")
    assert Review.objects.get().academy == small.slot.academy


def test_agree_all_says_what_it_could_not(client, small):
    ConflictOfInterestFactory.create(person=small.slot.lead, academy=small.slot.academy)
    address = reverse("reviews:slots-agree_all", args=[small.programme.pk])

    opened = client.get(address)
    asked, seen = text(opened), {"seen": opened.context["seen"]}
    unread = client.post(address, {"seen": "something else"})
    assert unread.status_code == 409
    assert "What is proposed has changed" in text(unread)
    assert not Review.objects.exists()
    some = client.post(address, seen)
    small.programme.slots.filter(status="PROPOSED").delete()

    assert "Agree all 2 that are proposed?" in asked
    assert "1 agreed, 1 not" in text(some)
    nothing = {"seen": client.get(address).context["seen"]}
    assert client.post(address, nothing).status_code == 302


def test_drop_asks_why(client, small):
    assert "Leave a deep dive out" in text(client.get(url("drop", small)))
    assert client.post(url("drop", small), {}).status_code == 422
    assert client.post(url("drop", small), {"because": "Not now."}).status_code == 302
    assert client.post(url("drop", small), {"because": "Not now."}).status_code == 409


def test_restore_takes_it_up_again(client, small):
    client.post(url("drop", small), {"because": "Not now."})

    assert client.post(url("restore", small)).status_code == 302
    small.slot.refresh_from_db()
    assert small.slot.status == "PROPOSED"
