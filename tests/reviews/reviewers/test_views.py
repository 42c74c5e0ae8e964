"""Reviewers through the browser's door."""

import pytest
from django.urls import reverse

from tests.factories import (
    AcademyFactory,
    AreaFactory,
    ConflictOfInterestFactory,
    PersonFactory,
    PolicyVersionFactory,
    PostFactory,
    ReviewerProfileFactory,
    person,
)
from trigpoint.people.models import Person
from trigpoint.people.roles import Role
from trigpoint.reviews.models import ReviewerProfile

pytestmark = pytest.mark.django_db


@pytest.fixture(name="lead")
def _lead(client):
    version = PolicyVersionFactory.create(in_force=True)
    AreaFactory.create(version=version, lineage="welfare", name="Welfare")
    user = person(Role.QA_LEAD, at=version.trust)
    client.force_login(user)
    return user


def text(answer):
    return answer.content.decode()


def test_index_says_what_to_do_while_there_is_nobody(client, lead):
    assert "Add those who review for the trust" in text(
        client.get(reverse("reviews:reviewers-index"))
    )


def test_index_costs_the_same_however_long_it_is(client, lead, assert_flat):
    def add_row():
        ReviewerProfileFactory.create(person__trust=lead.person.trust, areas=["welfare"])

    assert_flat(reverse("reviews:reviewers-index"), add_row=add_row, at_most=9)


def test_index_shows_days_and_areas(client, lead):
    ReviewerProfileFactory.create(person__trust=lead.person.trust, areas=["welfare"], days_a_term=7)
    ReviewerProfileFactory.create(person__trust=lead.person.trust, is_available=False)
    ReviewerProfileFactory.create(
        person__trust=lead.person.trust, person__kind=Person.Kind.EXTERNAL
    )

    shown = text(client.get(reverse("reviews:reviewers-index")))

    assert "12, as the policy says" in shown
    assert ">7<" in shown
    assert "Welfare" in shown
    assert "Not proposed now" in shown
    assert "From outside the trust" in shown


def test_show_lists_declared_conflicts_and_those_of_posts(client, lead):
    row = ReviewerProfileFactory.create(person__trust=lead.person.trust)
    academy = AcademyFactory.create(trust=lead.person.trust, name="Saltwyke")
    PostFactory.create(person=row.person, academy=academy, title="Deputy")
    ConflictOfInterestFactory.create(person=row.person, academy=academy, words="Their sister")
    ConflictOfInterestFactory.create(
        person=row.person, academy=academy, ended_on="2025-10-01", ended_because="Moved away"
    )

    shown = text(client.get(reverse("reviews:reviewers-show", args=[row.person_id])))

    assert "Their sister" in shown
    assert "Moved away" in shown
    assert "works there as Deputy" in shown


def test_show_says_from_when_a_conflict_to_come_counts(client, lead):
    row = ReviewerProfileFactory.create(person__trust=lead.person.trust)
    academy = AcademyFactory.create(trust=lead.person.trust)
    ConflictOfInterestFactory.create(person=row.person, academy=academy, starts_on="2099-01-05")

    shown = text(client.get(reverse("reviews:reviewers-show", args=[row.person_id])))

    assert "Counts from Monday 5 January 2099" in shown
    assert "Too long ago" not in shown


def test_show_is_one_s_own_or_the_lead_s(client, lead):
    row = ReviewerProfileFactory.create(person__trust=lead.person.trust)
    reviewer = person(Role.REVIEWER, at=lead.person.trust)
    ReviewerProfileFactory.create(person=reviewer.person)
    client.force_login(reviewer)

    own = client.get(reverse("reviews:reviewers-show", args=[reviewer.person_id]))

    assert "You as a reviewer" in text(own)
    assert client.get(reverse("reviews:reviewers-show", args=[row.person_id])).status_code == 404
    assert client.get(reverse("reviews:reviewers-index")).status_code == 403


def test_add_offers_those_with_a_role_who_are_none_yet(client, lead):
    url = reverse("reviews:reviewers-add")
    reviewer = person(Role.REVIEWER, at=lead.person.trust)
    PersonFactory.create(trust=lead.person.trust, name="Nobody Inparticular")

    asked = text(client.get(url))
    facts = {"person": reviewer.person_id, "areas": ["welfare"], "is_available": "on"}
    answer = client.post(url, {**facts, "days_a_term": 8})

    assert reviewer.person.name in asked
    assert "Nobody Inparticular" not in asked
    assert answer.status_code == 302
    assert ReviewerProfile.objects.get(person=reviewer.person).areas == ["welfare"]
    assert client.post(url, facts).status_code == 422  # not on offer a second time


def test_add_says_when_everybody_is_listed(client, lead):
    ReviewerProfileFactory.create(person=lead.person)

    assert "is listed already" in text(client.get(reverse("reviews:reviewers-add")))


def test_change_keeps_what_is_typed(client, lead):
    row = ReviewerProfileFactory.create(person__trust=lead.person.trust)
    url = reverse("reviews:reviewers-change", args=[row.person_id])

    assert client.get(url).status_code == 200
    assert client.post(url, {"days_a_term": 900}).status_code == 422
    assert client.post(url, {"days_a_term": 9, "is_available": "on"}).status_code == 302
    row.refresh_from_db()
    assert row.days_a_term == 9


def test_own_opens_one_s_page_or_says_whom_to_ask(client, lead):
    url = reverse("reviews:reviewers-own")

    assert "Ask the trust’s QA lead to add you" in text(client.get(url))
    ReviewerProfileFactory.create(person=lead.person)
    assert client.get(url).url == reverse("reviews:reviewers-show", args=[lead.person_id])
